"""What earlier matters of the province suggest for a new one: a service, an office. A person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict

from takrim.base.words import percent
from takrim.cases.learning import guess, how_often_right
from takrim.cases.models_learned import What
from takrim.orgs.paths import province_of
from takrim.orgs.units import all_names
from takrim.web.desk import Desk
from takrim.web.staff import shown
from takrim.web.staff.matter import Matter


class Choice(NamedTuple):
    """One suggestion: its words, what is put into the field, and what an address or a button carries."""

    title: str
    value: str
    code: str


@dataclass(frozen=True)
class Suggested:
    """Suggestions for one field of the page, and how often the first of them was right when it was measured."""

    field: str
    button: str
    choices: list[Choice]
    right: str


def for_text(text: str, desk: Desk) -> list[Suggested]:
    """The service and the office that a new matter is probably about."""
    cards = {code: str(title) for code, title in shown.card_choices()}
    found = [
        _suggested(
            What.CARD, text, desk, "id_card", lambda code: Choice(cards[code], code, code) if code in cards else None
        ),
        _suggested(What.UNIT, text, desk, "id_unit", _office),
    ]
    return [suggested for suggested in found if suggested.choices]


# The steps of a case that send something to an office, and what its earlier matters say of that.
_STEPS = {"refer": What.REFERRAL, "refer_on": What.REFERRAL, "transfer": What.UNIT}


def for_step(key: str, matter: Matter) -> list[Suggested]:
    """The offices to which such matters went, without the case's own and those that have been asked."""
    if key not in _STEPS:
        return []
    asked = {matter.case.unit_path} | {duty.unit_path for duty in matter.duties if duty.owed}

    def choice(path: str) -> Choice | None:
        return None if path in asked or matter.kept_from_office(path) else _office(path)

    text = f"{matter.case.subject} {matter.case.text}"
    found = _suggested(_STEPS[key], text, matter.desk, "id_to", choice)
    return [found] if found.choices else []


def with_office(typed: QueryDict) -> dict[str, object]:
    """What was typed into the form of such a step, with the office that was chosen from the suggestions."""
    chosen = _office(typed.get("use_referral", "") or typed.get("use_unit", ""))
    return {**typed.dict(), "to": chosen.value if chosen else typed.get("to", "")}


def _suggested(what: What, text: str, desk: Desk, field: str, choice: Callable[[str], Choice | None]) -> Suggested:
    province = province_of(desk.actor.unit_path)
    found = [made for code in guess(text, province=province, what=what) if (made := choice(code)) is not None]
    measured = how_often_right(province, what)
    return Suggested(field, f"use_{what}", found, percent(measured.three_share, shown.lang(), 0) if measured else "")


def _office(path: str) -> Choice | None:
    unit = all_names().get(path)
    return Choice(unit.short(shown.lang()), unit.name(shown.lang()), path) if unit else None
