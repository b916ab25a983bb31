"""One page in HTML that needs nothing beside it."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.reports.document import Document
from takrim.reports.form import Form


def written(document: Document, *, font: str = "") -> str:
    """The page; with a font it is for paper."""
    with translation.override(document.lang):
        given = {"of": document, "font": font, "paper": bool(font), "widths": _widths(document)}
        return render_to_string("reports/document.html", given)


def _widths(document: Document) -> list[int]:
    """How long the bars are: a rule of the style sheet for each."""
    tables = [table for part in document.parts for table in part.tables]
    return sorted({bar.width for table in tables if table.picture for bar in table.picture.bars})


PLUGIN = Form(
    title=_("Web page"),
    content_type="text/html; charset=utf-8",
    make=lambda document: written(document).encode(),
    place=4,
    quick=True,
)
