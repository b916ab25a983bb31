"""A matter comes in: once, findable, owed by one office until a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from takrim.base.codes import read_code
from takrim.base.workdays import Length
from takrim.cards.models import CardVersion
from takrim.cases import actions_intake, search
from takrim.cases.actions_intake import (
    EmptyMatter,
    NothingAsked,
    Place,
    ask_completion,
    complete,
    final_duty,
    receive,
    secret_of,
)
from takrim.cases.models import Case, Party, State
from takrim.cases.moves import CaseCannotMove
from takrim.channels.channel import Intake, Sender
from takrim.duties.actions import Term
from takrim.duties.models import Duty
from takrim.journal.models import Entry
from takrim.journal.tell import timeline
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Unit
from tests.people import SENDER, TEXT, MakeCase

INTAKE = Intake(channel="desk", kind="complaint", key="one", text=TEXT, sender=SENDER)


@pytest.fixture
def place(units: dict[str, Unit]) -> Place:
    return Place(unit=units["nazarabad"])


def test_a_matter_is_owed_by_its_office_in_the_time_of_its_kind(
    case: Case, units: dict[str, Unit], now: datetime
) -> None:
    duty = Duty.objects.get(about=case.code)
    assert (duty.kind, duty.unit, duty.unit_path) == ("final_answer", units["nazarabad"], "ir/alborz/nazarabad/")
    assert duty.length == "15 working days"
    assert duty.due_at == calendar_of(duty.unit_path).due(now, Length.parse("15 working_days"))
    assert case.state == State.REGISTERED


def test_a_card_promises_the_time_and_names_the_matter(make_case: MakeCase, card: CardVersion) -> None:
    case = make_case(card=card)
    assert Duty.objects.get(about=case.code).length == "10 working days"
    assert case.subject == "بیمه بیکاری"


def test_a_given_term_goes_before_the_card(place: Place, card: CardVersion, sara: Actor, now: datetime) -> None:
    fixed = now + timedelta(days=3)
    case = receive(intake=INTAKE, place=replace(place, card=card, term=Term(fixed=fixed)), by=sara, now=now)
    assert Duty.objects.get(about=case.code).due_at == fixed
    undated = receive(
        intake=replace(INTAKE, key="two", channel="imported"), place=replace(place, term=Term()), by=sara, now=now
    )
    assert Duty.objects.get(about=undated.code).due_at is None


def test_the_number_can_be_read_aloud_and_the_secret_is_not_stored(case: Case) -> None:
    assert read_code(case.code) == case.code
    assert case.code.startswith("05"), "the Jalali year 1405"
    assert secret_of(case) not in str(vars(case))
    assert secret_of(case) == secret_of(Case.objects.get(pk=case.pk))


def test_the_same_key_twice_is_one_case(place: Place, sara: Actor, now: datetime) -> None:
    first = receive(intake=INTAKE, place=place, by=sara, now=now)
    again = receive(intake=replace(INTAKE, text="متن دیگر"), place=place, by=sara, now=now)
    assert again == first
    assert Case.objects.count() == Duty.objects.count() == 1
    assert Entry.objects.filter(verb="case.received").count() == 1


def test_sent_twice_at_the_same_moment_is_one_case(
    place: Place, sara: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other request registers between our look and our writing."""
    register = actions_intake._register

    def both(**given: Any) -> Case:
        register(**given)
        return register(**given)

    monkeypatch.setattr(actions_intake, "_register", both)
    case = receive(intake=INTAKE, place=place, by=sara, now=now)
    assert Case.objects.filter(key="one").get() == case


def test_a_matter_without_words_is_refused(place: Place, sara: Actor, now: datetime) -> None:
    with pytest.raises(EmptyMatter):
        receive(intake=replace(INTAKE, text=" \n "), place=place, by=sara, now=now)


def test_filing_needs_its_power(place: Place, kian: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        receive(intake=INTAKE, place=place, by=kian, now=now)


@pytest.mark.parametrize(("text", "subject"), [("یک خط\nو دیگر", "یک خط"), ("آ" * 200, "آ" * 119 + "…")])
def test_the_subject_is_the_first_line(text: str, subject: str, make_case: MakeCase) -> None:
    assert make_case(text=text).subject == subject


def test_the_same_person_is_found_again_and_never_overwritten(make_case: MakeCase) -> None:
    first = make_case(sender=Sender(name="زهرا اکبری", national_code="0084575948"))
    second = make_case(sender=Sender(name="ز. اکبری", national_code="0084575948", mobile="09121234567"))
    assert first.party == second.party
    party = Party.objects.get()
    assert (party.name, party.mobile) == ("زهرا اکبری", "09121234567")


def test_two_people_with_one_national_code_but_other_telephones_stay_two(make_case: MakeCase) -> None:
    make_case(sender=Sender(name="زهرا", national_code="0084575948", mobile="09121234567"))
    make_case(sender=Sender(name="زهرا", national_code="0084575948", mobile="09351234567"))
    assert Party.objects.count() == 2


def test_members_of_a_family_with_one_telephone_stay_two(make_case: MakeCase) -> None:
    make_case(sender=Sender(name="زهرا", mobile="09121234567"))
    make_case(sender=Sender(name="علی", mobile="09121234567"))
    make_case(sender=Sender(name="علی", mobile="09121234567"))
    assert Party.objects.count() == 2


def test_who_says_nothing_of_themselves_is_nobody(make_case: MakeCase) -> None:
    assert make_case(kind="report", sender=Sender()).party is None


@pytest.mark.parametrize("words", ["بیمه کارفرما", "زهرا", "09121234567", "0084575948"])
def test_a_matter_is_found_by_its_words_within_scope(words: str, case: Case, units: dict[str, Unit]) -> None:
    for unit in ("nazarabad", "alborz", "ministry"):
        assert [found for _, found in search.find(words, unit_id=units[unit].pk, limit=5)] == [case.pk], unit
    for unit in ("karaj", "qom"):
        assert search.find(words, unit_id=units[unit].pk, limit=5) == []


def test_the_newest_is_found_first_and_pages_go_on(make_case: MakeCase, units: dict[str, Unit]) -> None:
    cases = [make_case() for _ in range(3)]
    first = search.find("بیمه", unit_id=units["nazarabad"].pk, limit=2)
    assert [found for _, found in first] == [cases[2].pk, cases[1].pk]
    rest = search.find("بیمه", unit_id=units["nazarabad"].pk, limit=2, before=first[-1][0])
    assert [found for _, found in rest] == [cases[0].pk]


def test_hostile_words_find_nothing_and_break_nothing(case: Case, units: dict[str, Unit]) -> None:
    for words in ['" OR 1', "'; --", "a & b | !", "(((", "*", "", "zzu1 NEAR", "\\"]:
        search.find(words, unit_id=units["qom"].pk, limit=5)
    assert search.find(f"zzu{units['nazarabad'].pk}", unit_id=units["qom"].pk, limit=5) == []


def test_what_is_missing_is_asked_for_and_added(case: Case, mina: Actor, zahra: Actor, now: datetime) -> None:
    due = Duty.objects.get(about=case.code).due_at
    ask_completion(case=case, what="تصویر قرارداد را بفرستید.", by=mina, now=now)
    assert (case.state, case.reason) == (State.AWAITING_COMPLETION, "تصویر قرارداد را بفرستید.")
    complete(case=case, text="قرارداد شفاهی بود.", by=zahra, now=now)
    case.refresh_from_db()
    assert (case.state, case.reason) == (State.UNDER_REVIEW, "")
    assert case.text == f"{TEXT}\n\nقرارداد شفاهی بود."
    assert Duty.objects.get(about=case.code).due_at == due, "the legal clock goes on"


def test_nothing_is_asked_with_no_words_and_nothing_added(case: Case, mina: Actor, zahra: Actor, now: datetime) -> None:
    with pytest.raises(NothingAsked):
        ask_completion(case=case, what=" ", by=mina, now=now)
    ask_completion(case=case, what="قرارداد", by=mina, now=now)
    with pytest.raises(EmptyMatter):
        complete(case=case, text="\n", by=zahra, now=now)


def test_what_was_not_asked_for_is_not_added(case: Case, zahra: Actor, now: datetime) -> None:
    with pytest.raises(CaseCannotMove):
        complete(case=case, text="افزوده", by=zahra, now=now)


def test_the_story_is_told_without_personal_data(case: Case) -> None:
    said = [line.sentence for line in timeline(case.code, public_only=True)]
    assert said
    assert all("نظرآباد" in sentence for sentence in said)
    for entry in Entry.objects.filter(subject=case.code):
        for private in (SENDER.name, SENDER.mobile, SENDER.national_code, TEXT[:20]):
            assert private not in str(entry.facts)


def test_the_answer_owed_is_the_open_one(case: Case) -> None:
    duty = final_duty(case)
    assert duty is not None
    assert duty.settled_at is None
