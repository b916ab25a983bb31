"""The press: PDF files from HTML, with the font of the house, fetching nothing from anywhere."""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import ImageFile

from takrim.base.errors import Refusal
from takrim.base.press_tags import finish

_FONT = Path(__file__).parents[1] / "web/static/takrim/vendor/vazirmatn-33.0.3/Vazirmatn-wght.woff2"
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
    # They say a line for every step, and for every table of a font that is cut down.
    for name in ("fontTools", "weasyprint"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):
        return None
    finally:
        # It tells Pillow, for the whole process, to take pictures whose end is missing. What people hand in is refused
        # then: half a photograph proves nothing.
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def pressed(html: str, **options: Any) -> bytes:
    """The PDF of a whole HTML text; the options are those of WeasyPrint's `write_pdf`. Raises NoPress."""
    module = press()
    if module is None:
        raise NoPress
    page = module.HTML(string=html, url_fetcher=_fetcher(module))
    pdf: bytes = page.write_pdf(**{"pdf_tags": True, "finisher": finish, **options})
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
