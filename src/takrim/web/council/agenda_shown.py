"""An item of the agenda in words that are ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from takrim.councils.actions_agenda import item_subject
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.councils.source import SOURCES
from takrim.evidence.kinds import KINDS
from takrim.evidence.models import Evidence
from takrim.orgs.units import unit_name
from takrim.web.parts.templatetags.takrim import language


def title_of(item: AgendaItem, lang: str) -> str:
    """In English where the system itself wrote it, else as it was typed."""
    return (item.title_en if lang == "en" else "") or item.title


def shown_item(item: AgendaItem, papers: Mapping[str, Sequence[Evidence]], meeting: Meeting) -> dict[str, Any]:
    """What a page shows of an item."""
    lang = language()
    return {
        "row": item,
        "pk": item.pk,
        "title": title_of(item, lang),
        "text": (item.text_en if lang == "en" else "") or item.text,
        "length": item.length,
        "source": str(SOURCES[item.source].title) if item.source in SOURCES else "",
        "by": item.proposed_name if not item.source else "",
        "office": unit_name(item.proposed_unit, lang) if item.proposed_unit and not item.source else "",
        "from": item.carried_from.meeting if item.carried_from else None,
        "carried_why": item.carried_why,
        "declined_why": item.declined_why,
        "url": reverse("council:agenda_item", args=[meeting.code, item.pk]),
        "files": [_file(paper, item, meeting) for paper in papers.get(item_subject(item), ())],
    }


def _file(paper: Evidence, item: AgendaItem, meeting: Meeting) -> dict[str, Any]:
    return {
        "name": paper.name,
        "size": paper.file.size,
        "url": reverse("council:agenda_paper", args=[meeting.code, item.pk, paper.pk]),
        "kind": "image" if KINDS[paper.file.kind].is_image else "other",
    }
