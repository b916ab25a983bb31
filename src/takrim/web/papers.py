"""Papers to print: drawn as PDF from a template, kept for a while under the hash of what stands in them.

Drawing one takes some 0.3 s, so it is done while the person waits and not in the worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from PIL import ImageFile

from takrim.base.errors import Refusal

KEPT = timedelta(days=7)
_FONT = Path(__file__).parent / "static/takrim/vendor/vazirmatn-33.0.3/Vazirmatn-wght.woff2"
# The name by which the style sheet of papers asks for it; nothing else is fetched from anywhere.
FONT_URL = "font:vazirmatn"
DEBIAN_PACKAGE = "libpangoft2-1.0-0"


class NoPress(Refusal):
    code = "no_press"
    status = 503
    message = _(
        "This installation cannot draw PDF files yet: whoever runs it must install Pango. Until then print the page of "
        "the case itself; nothing is lost."
    )


@cache
def press() -> ModuleType | None:
    """WeasyPrint, or None where the libraries of Pango are missing. Read late: it takes most of a second."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):
        return None
    finally:
        # It tells Pillow, for the whole process, to take pictures whose end is missing. What people hand in is refused
        # then: half a photograph proves nothing.
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def drawn(template: str, context: Mapping[str, Any], lang: str) -> bytes:
    """The paper as PDF; the same words give the same file without drawing it again. Raises NoPress."""
    with translation.override(lang):
        html = render_to_string(template, {**context, "lang": lang})
    place = _folder() / f"{hashlib.sha256(html.encode()).hexdigest()}.pdf"
    with suppress(OSError):
        return place.read_bytes()
    pdf = _draw(html)
    _keep(place, pdf)
    return pdf


def _draw(html: str) -> bytes:
    module = press()
    if module is None:
        raise NoPress
    pdf: bytes = module.HTML(string=html, url_fetcher=_fetcher(module)).write_pdf(pdf_tags=True)
    return pdf


def _fetcher(module: ModuleType) -> Any:
    """What a paper may ask for: its font and the pictures that stand in it, and nothing from elsewhere."""
    urls = import_module(f"{module.__name__}.urls")

    class Shut(urls.URLFetcher):  # type: ignore[misc, name-defined]  # the library has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url == FONT_URL:
                return urls.URLFetcherResponse(url, _font(), {"Content-Type": "font/woff2"})
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            raise ValueError("Papers fetch nothing from elsewhere.")

    return Shut()


@cache
def _font() -> bytes:
    return _FONT.read_bytes()


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
