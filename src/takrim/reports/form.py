"""A form in which a report is handed out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from takrim.base.registry import Folder
from takrim.reports.document import Document


@dataclass(frozen=True, kw_only=True)
class Form:
    """`make` gives the file of a document; `quick` ones are made while the person waits."""

    title: str | Promise
    content_type: str
    make: Callable[[Document], bytes]
    place: int
    quick: bool = False


FORMS: Folder[Form] = Folder("takrim.reports.forms", Form)
