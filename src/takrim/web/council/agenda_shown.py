"""An item of the agenda in words that are ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from takrim.councils.actions_agenda import item_subject
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.councils.source import SOURCES
from takrim.decisions.links import Thing, read_target
from takrim.decisions.models import Decision
from takrim.evidence.kinds import KINDS
from takrim.evidence.models import Evidence
from takrim.orgs.units import unit_name
from takrim.web import desk_decisions, desk_minutes
from takrim.web.council.decisions_shown import address
from takrim.web.desk_council import Reach
from takrim.web.parts.templatetags.takrim import language


def title_of(item: AgendaItem, lang: str) -> str:
    """In English where the system itself wrote it, else as it was typed."""
    return (item.title_en if lang == "en" else "") or item.title


@dataclass(frozen=True)
class Beside:
    """What stands beside items: their papers by subject, decisions taken under them, and those they are about."""

    papers: Mapping[str, Sequence[Evidence]]
    issued: Mapping[int, Sequence[Decision]]
    earlier: Mapping[str, Decision]


def beside(desk: Reach, items: Sequence[AgendaItem], now: datetime) -> Beside:
    """Three queries at most, however many items."""
    issued = desk_decisions.issued_under(desk, [item.pk for item in items], now)
    earlier = desk_decisions.linked_decisions(desk, [code for item in items if (code := _earlier(item))], now)
    return Beside(desk_minutes.papers(items), issued, earlier)


def _earlier(item: AgendaItem) -> str:
    """The code of the decision that an item is about; "" where it is about something else."""
    target = read_target(item.about)
    return target.code if target is not None and target.kind == Thing.DECISION else ""


def shown_item(item: AgendaItem, beside: Beside, meeting: Meeting) -> dict[str, Any]:
    """What a page shows of an item."""
    lang, earlier = language(), beside.earlier.get(_earlier(item))
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
        "earlier": _decision(earlier) if earlier is not None else None,
        "issued": [_decision(one) for one in beside.issued.get(item.pk, ())],
        "files": [_file(paper, item, meeting) for paper in beside.papers.get(item_subject(item), ())],
    }


def _decision(one: Decision) -> dict[str, Any]:
    return {"title": one.title, "number": one.number, "state": one.state, "url": address(one)}


def _file(paper: Evidence, item: AgendaItem, meeting: Meeting) -> dict[str, Any]:
    return {
        "name": paper.name,
        "size": paper.file.size,
        "url": reverse("council:agenda_paper", args=[meeting.code, item.pk, paper.pk]),
        "kind": "image" if KINDS[paper.file.kind].is_image else "other",
    }
