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
from takrim.directives.models import Directive
from takrim.evidence.kinds import KINDS
from takrim.evidence.models import Evidence
from takrim.orgs.units import unit_name
from takrim.web import desk_decisions, desk_directives, desk_minutes
from takrim.web.council.decisions_shown import address
from takrim.web.desk import Desk
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
    directives: Mapping[str, Directive]


def beside(desk: Reach, items: Sequence[AgendaItem], now: datetime) -> Beside:
    """Four queries at most, however many items."""
    issued = desk_decisions.issued_under(desk, [item.pk for item in items], now)
    earlier = desk_decisions.linked_decisions(desk, _about(items, Thing.DECISION), now)
    codes = _about(items, Thing.DIRECTIVE)
    directives = desk_directives.named(desk, codes) if isinstance(desk, Desk) else {}
    return Beside(desk_minutes.papers(items), issued, earlier, directives)


def _about(items: Sequence[AgendaItem], kind: Thing) -> list[str]:
    """The codes of the decisions or directives that items are about."""
    targets = [read_target(item.about) for item in items]
    return [target.code for target in targets if target is not None and target.kind == kind]


def _told_at(item: AgendaItem) -> str:
    """The minutes that an item is about, as their address; "" where it is about something else."""
    kind, _colon, code = item.about.partition(":")
    return reverse("council:minutes", args=[code]) if kind == "minutes" and code else ""


def shown_item(item: AgendaItem, beside: Beside, meeting: Meeting) -> dict[str, Any]:
    """What a page shows of an item."""
    lang, about = language(), read_target(item.about)
    earlier = beside.earlier.get(about.code) if about else None
    directive = beside.directives.get(about.code) if about else None
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
        "directive": directive,
        "minutes": _told_at(item),
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
