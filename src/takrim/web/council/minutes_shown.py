"""The live minutes in words and fields that are ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from takrim.base.clock import local_date
from takrim.councils import composing, passages
from takrim.councils.composing import Sheet
from takrim.councils.doers import organisations
from takrim.councils.models_meetings import Invitation
from takrim.councils.models_minutes import DraftDecision, Minutes, OtherText, Passage
from takrim.councils.printing import CHOICES, RESULTS
from takrim.orgs.paths import province_of
from takrim.orgs.units import all_names
from takrim.web import desk_minutes
from takrim.web.council.agenda_shown import title_of
from takrim.web.parts.templatetags.takrim import language
from takrim.web.staff.shown import right_choices


@dataclass(frozen=True)
class LiveField:
    """One field as it stands: its text, its version, who wrote it last, and texts that wait beside it."""

    name: str
    text: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None
    others: Sequence[OtherText] = ()
    fault: str = ""

    @property
    def id(self) -> str:
        return self.name.replace(":", "_")

    @property
    def chosen(self) -> frozenset[str]:
        """Of a field whose text is a list of codes: those in it."""
        return frozenset(self.text.split())


@dataclass(frozen=True)
class Board:
    """What all fields of minutes are made from; `typed` is what was just sent and could not be taken."""

    rows: Mapping[str, Passage]
    others: Mapping[str, Sequence[OtherText]]
    typed: Mapping[str, str] = field(default_factory=dict)

    def field(self, name: str) -> LiveField:
        row, waiting = self.rows.get(name), self.others.get(name, ())
        if row is None:
            return LiveField(name, self.typed.get(name, ""), others=waiting)
        text = self.typed.get(name, row.text)
        fault = passages.day_fault(text) if name.endswith(":due") else ""
        return LiveField(name, text, row.version, row.by_name, row.at, waiting, fault)


def board_of(minutes: Minutes, typed: Mapping[str, str] | None = None) -> Board:
    """Two queries."""
    return Board({row.name: row for row in minutes.passages.all()}, desk_minutes.other_texts(minutes), typed or {})


def live_items(sheet: Sheet, board: Board) -> list[dict[str, Any]]:
    """The agenda with what is written about each item."""
    lang = language()
    places = {decision.pk: place for place, decision in enumerate(sheet.decisions, 1)}
    return [
        {
            "pk": item.pk,
            "title": title_of(item, lang),
            "text": (item.text_en if lang == "en" else "") or item.text,
            "length": item.length,
            "by": item.proposed_name if not item.source else "",
            "summary": board.field(passages.of_item(item.pk)),
            "carried": sheet.carried.get(item.pk, ""),
            "decisions": [_decision(sheet, board, one, places[one.pk]) for one in sheet.of(item)],
        }
        for item in sheet.items
    ]


def _decision(sheet: Sheet, board: Board, decision: DraftDecision, place: int) -> dict[str, Any]:
    fields = {part: board.field(passages.of_decision(decision.pk, part)) for part in passages.OF_DECISION}
    return {
        "pk": decision.pk,
        "place": place,
        **fields,
        "offices": _offices(sheet.minutes, fields["doers"].chosen),
        "rights_chosen": [(code, title, code in fields["rights"].chosen) for code, title in right_choices()],
        "votes": _votes(sheet, decision),
        "tally": _tally(sheet, decision),
        "dissents": [(one.pk, one.invitation.who_came, one.text) for one in decision.dissents.all()],
    }


def _offices(minutes: Minutes, chosen: frozenset[str]) -> list[tuple[str, str, bool]]:
    """Who can carry a decision out: offices of the province in the order of the tree, then members from outside."""
    lang, province = language(), province_of(minutes.unit_path)
    known = [unit for path, unit in all_names().items() if path.startswith(province) or path in chosen]
    outside = organisations(minutes.meeting.body, local_date(minutes.meeting.starts_at))
    named = [*((unit.path, unit.name(lang)) for unit in known), *outside.items()]
    return [(code, name, code in chosen) for code, name in named]


def _votes(sheet: Sheet, decision: DraftDecision) -> list[dict[str, Any]]:
    """Who votes, and what each has said."""
    if not sheet.minutes.meeting.body.votes:
        return []
    said = {vote.invitation_id: vote.choice for vote in decision.votes.all()}
    voters = [one for one in sheet.people if one.votes and one.is_here]
    return [
        {
            "name": f"vote:{decision.pk}:{one.pk}",
            "who": one.who_came,
            "choices": [(code, title, said.get(one.pk) == code) for code, title in CHOICES.items()],
        }
        for one in voters
    ]


def _tally(sheet: Sheet, decision: DraftDecision) -> dict[str, Any] | None:
    counted = composing.tally(sheet, decision)
    return {"of": counted, "title": RESULTS[counted.result]} if counted else None


def shape(sheet: Sheet) -> str:
    """Which items and decisions there are: another shape tells an open page that it is no longer whole."""
    return ",".join([*(f"i{one.pk}" for one in sheet.items), *(f"d{one.pk}" for one in sheet.decisions)])


def present(sheet: Sheet) -> list[Invitation]:
    """Who was there, for a dissent to be theirs."""
    return [one for one in sheet.people if one.is_here]
