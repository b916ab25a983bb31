"""PDF for people and for their readers' programs: tagged, by the rules of PDF/UA."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.base.press import FONT_URL, pressed
from takrim.reports.document import Document
from takrim.reports.form import Form
from takrim.reports.forms.html import written


def make(document: Document) -> bytes:
    """The page, pressed."""
    return pressed(written(document, font=FONT_URL), pdf_variant="pdf/ua-1")


PLUGIN = Form(title=_("PDF"), content_type="application/pdf", make=make, place=1)
