"""Papers to print: drawn as PDF from a template, kept for a while under the hash of what stands in them.

Drawing one takes some 0.3 s, so it is done while the person waits and not in the worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from takrim.base.press import pressed
from takrim.web.kept_files import folder, kept

KEPT = timedelta(days=7)


def drawn(template: str, context: Mapping[str, Any], lang: str, *, sort: str = "papers") -> bytes:
    """The paper as PDF; the same words give the same file without drawing it again. Raises NoPress.

    `sort`: the folder it is kept in; what is in another one than usual is not removed after a while.
    """
    with translation.override(lang):
        html = render_to_string(template, {**context, "lang": lang})
    return kept(sort, f"{hashlib.sha256(html.encode()).hexdigest()}.pdf", lambda: pressed(html, pdf_variant="pdf/ua-1"))


def forget(now: datetime) -> int:
    """Remove what was drawn long ago; says how many papers that were."""
    before, gone = (now - KEPT).timestamp(), 0
    for place in folder("papers").glob("*"):
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
