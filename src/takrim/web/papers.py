"""Papers to print: drawn as PDF from a template, kept for a while under the hash of what stands in them.

Drawing one takes some 0.3 s, so it is done while the person waits and not in the worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from takrim.base.press import pressed

KEPT = timedelta(days=7)


def drawn(template: str, context: Mapping[str, Any], lang: str) -> bytes:
    """The paper as PDF; the same words give the same file without drawing it again. Raises NoPress."""
    with translation.override(lang):
        html = render_to_string(template, {**context, "lang": lang})
    place = _folder() / f"{hashlib.sha256(html.encode()).hexdigest()}.pdf"
    with suppress(OSError):
        return place.read_bytes()
    pdf = pressed(html, pdf_variant="pdf/ua-1")
    _keep(place, pdf)
    return pdf


def _folder() -> Path:
    data: Path = settings.DATA
    return data / "papers"


def _keep(place: Path, pdf: bytes) -> None:
    """A full disk only means that it is drawn again."""
    new = place.with_suffix(f".{hashlib.sha256(pdf).hexdigest()[:8]}.new")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, exist_ok=True)
        new.write_bytes(pdf)
        new.replace(place)


def forget(now: datetime) -> int:
    """Remove what was drawn long ago; says how many papers that were."""
    before, gone = (now - KEPT).timestamp(), 0
    for place in _folder().glob("*"):
        with suppress(OSError):
            if place.stat().st_mtime < before:
                place.unlink()
                gone += 1
    return gone


def answer_with(pdf: bytes, name: str) -> HttpResponse:
    """The paper as a download that no cache on the way keeps."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.pdf"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
