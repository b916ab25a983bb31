"""The rights of citizens a case concerns: suggested, named by a deed, counted where and when the case came."""

from __future__ import annotations

from datetime import timedelta

import pytest

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.cards.queries import valid_cards
from takrim.cases import facets
from takrim.cases.actions_rights import UnknownRight, name_rights
from takrim.cases.actions_shield import keep_from
from takrim.cases.actions_transfer import hand_back, transfer
from takrim.cases.conflict import Subject
from takrim.cases.kind import KINDS
from takrim.cases.models import Case
from takrim.cases.models_rights import rights_of
from takrim.cases.moves import NotYours
from takrim.cases.rights import _raw, rights, suggested
from takrim.indicators.exact import By, figures_by
from takrim.indicators.figures import breakdown
from takrim.indicators.follow import rebuild
from takrim.indicators.increments import RIGHT, Count
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, holder
from takrim.orgs.models import Unit
from tests.people import NOW, MakeCase

MONTH = Period.containing(local_date(NOW), PeriodKind.MONTH)
HERE, ABOVE = "ir/alborz/nazarabad/", "ir/alborz/"


def counted(path: str) -> dict[str, int]:
    rebuild()
    found = breakdown(path, RIGHT, MONTH)
    return {right: of[Count.RECEIVED] for right, of in found.items() if of[Count.RECEIVED]}


def test_there_are_the_eleven_rights_of_the_decree_in_both_languages() -> None:
    assert list(rights()) == [f"R{number:02}" for number in range(1, 12)]
    assert all(right.fa and right.en for right in rights().values())


def test_only_what_exists_is_suggested(db: None) -> None:
    found = _raw()["suggested"]
    cards = {version.card.code for version in valid_cards(local_date(NOW))}
    assert set(found["kinds"]) <= {code for code, _kind in KINDS}
    assert {code for codes in (*found["kinds"].values(), *found["cards"].values()) for code in codes} <= set(rights())
    assert set(found["cards"]) <= cards or not cards


def test_the_service_is_suggested_before_the_kind() -> None:
    assert suggested("complaint", "office-conduct") == ("R01", "R10")
    assert suggested("suggestion", "thanks-suggestion") == ("R07",)
    assert suggested("thanks", "") == ()


def test_naming_replaces_what_was_named_before(case: Case, mina: Actor) -> None:
    name_rights(case=case, chosen=["R10", "R01"], by=mina, now=NOW)
    name_rights(case=case, chosen=["R04", "R10"], by=mina, now=NOW)
    assert rights_of(case) == ["R04", "R10"]
    last = Entry.objects.filter(verb="case.rights_named").latest("id")
    assert (last.facts["before"], last.facts["rights"]) == (["R01", "R10"], ["R04", "R10"])
    name_rights(case=case, chosen=["R10", "R04"], by=mina, now=NOW)
    assert Entry.objects.filter(verb="case.rights_named").count() == 2, "the same again is nothing new"


def test_strangers_and_people_outside_name_nothing(case: Case, hadi: Actor, mina: Actor) -> None:
    with pytest.raises(NotYours):
        name_rights(case=case, chosen=["R01"], by=hadi, now=NOW)
    with pytest.raises(NotAllowed):
        name_rights(case=case, chosen=["R01"], by=holder(), now=NOW)
    with pytest.raises(UnknownRight):
        name_rights(case=case, chosen=["R01", "R12"], by=mina, now=NOW)
    assert rights_of(case) == []


def test_figures_charge_the_month_in_which_the_case_came(make_case: MakeCase, mina: Actor) -> None:
    case, old = make_case(), make_case(at=NOW - timedelta(days=60))
    for one in (case, old):
        name_rights(case=one, chosen=["R10", "R06"], by=mina, now=NOW)
    assert counted(HERE) == {"R06": 1, "R10": 1}
    name_rights(case=case, chosen=["R10"], by=mina, now=NOW)
    assert counted(HERE) == counted(ABOVE) == {"R10": 1}


def test_a_case_that_goes_elsewhere_takes_its_rights_along(
    case: Case, make_case: MakeCase, units: dict[str, Unit], mina: Actor, hadi: Actor, nima: Actor
) -> None:
    name_rights(case=case, chosen=["R01"], by=mina, now=NOW)
    transfer(case=case, to=units["karaj"], reason="کارگاه در کرج است.", by=mina, now=NOW)
    assert (counted(HERE), counted("ir/alborz/karaj/")) == ({}, {"R01": 1})
    hand_back(case=case, reason="کارگاه در نظرآباد است.", by=hadi, now=NOW)
    assert (counted(HERE), counted("ir/alborz/karaj/")) == ({"R01": 1}, {})
    keep_from(case=case, subject=Subject(path=HERE), by=nima, now=NOW)
    assert (counted(HERE), counted(ABOVE)) == ({}, {"R01": 1})


def test_a_case_of_two_rights_stands_in_the_line_of_each(make_case: MakeCase, mina: Actor) -> None:
    name_rights(case=make_case(), chosen=["R10", "R06"], by=mina, now=NOW)
    name_rights(case=make_case(), chosen=["R10"], by=mina, now=NOW)
    make_case()
    lines, total = figures_by(ABOVE, By.RIGHT, NOW)
    assert [(line.key, line.received) for line in lines] == [("R06", 1), ("R10", 2)]
    assert total.received == 3


def test_the_facet_counts_each_right_and_what_has_none(make_case: MakeCase, mina: Actor) -> None:
    both, one, none = make_case(), make_case(), make_case()
    name_rights(case=both, chosen=["R10", "R06"], by=mina, now=NOW)
    name_rights(case=one, chosen=["R10"], by=mina, now=NOW)
    unit = Unit.objects.get(path=HERE)

    def found(**chosen: str) -> facets.Found:
        return facets.find("", chosen, Case.objects.all().seen_by(mina), unit_id=unit.pk, before=None, by=mina)

    assert found().counts["right"] == {"R10": 2, "R06": 1, "": 1}
    assert {head["id"] for head in found(right="R10").heads} == {both.pk, one.pk}
    assert found(right="R06").counts["right"] == {"R10": 2, "R06": 1, "": 1}, "a facet does not narrow itself"
    assert [head["id"] for head in found(right="").heads] == [none.pk]
