"""What offices did is read from the journal and the tables as it happened, office by office."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest

from takrim.base.length import Length
from takrim.cases.actions_answer import answer_at_once, approve, deliver, draft_and_submit
from takrim.cases.actions_end import close, object_to
from takrim.cases.actions_intake import Place, final_duty, receive
from takrim.cases.actions_transfer import transfer
from takrim.cases.models import Case
from takrim.channels.channel import Intake
from takrim.duties.actions_clocks import extend
from takrim.evaluation.facts import Facts
from takrim.evaluation.reads import facts_of, mark_of, provinces_of
from takrim.evaluation.watched import watched
from takrim.orgs.actor import Actor, holder, system
from takrim.orgs.models import Unit
from tests.domain.evaluation.watch.made import DAY, END, HOUR, PERIOD, START
from tests.matters import WORDS, answered, judged
from tests.people import MakeCase

AT = START + 40 * DAY + 10 * HOUR
NAZARABAD, KARAJ = "ir/alborz/nazarabad/", "ir/alborz/karaj/"
_KEYS = count(1)


def written_down(unit: Unit, at: datetime, by: Actor, kind: str = "complaint") -> Case:
    """A member of staff writes a matter down."""
    intake = Intake(key=f"desk-{next(_KEYS)}", channel="desk", kind=kind, text="پرسش درباره حق بیمه سه ماه گذشته")
    return receive(intake=intake, place=Place(unit=unit), by=by, now=at)


def at_once(case: Case, at: datetime, by: Actor) -> None:
    answer_at_once(case=case, words=WORDS, how="phone", by=by, now=at, anyway="همه یک پرسش داشتند")


def facts(unit: str = NAZARABAD, path: str = "ir/alborz/") -> Facts:
    return next(found for found in facts_of(path, "ir/alborz/", PERIOD) if found.unit == unit)


def test_only_what_happened_in_the_period_and_the_scope_is_read(make_case: MakeCase) -> None:
    inside, before = make_case(at=AT), make_case(at=START - HOUR)
    make_case(unit="kahak", at=AT)
    answered(inside, AT + DAY)
    answered(before, AT + DAY)
    answered(make_case(unit="karaj", at=AT), END)
    found = facts()
    assert [row.code for row in found.filed] == [inside.code]
    assert [row.code for row in found.ended] == [inside.code, before.code]
    assert [one.unit for one in facts_of(KARAJ, "ir/alborz/", PERIOD)] == [KARAJ]
    assert facts(KARAJ, KARAJ).ended == []
    assert provinces_of("ir/") == ["ir/", "ir/alborz/", "ir/qom/"]
    assert provinces_of(KARAJ) == ["ir/alborz/"]


def test_an_answer_has_one_hand_or_several(units: dict[str, Unit], reza: Actor, mina: Actor) -> None:
    alone, shared = (written_down(units["nazarabad"], AT, reza) for _ in range(2))
    at_once(alone, AT + HOUR, reza)
    answer = draft_and_submit(case=shared, words=WORDS, by=mina, now=AT + HOUR)

    approve(answer=answer, by=reza, now=AT + 2 * HOUR)
    deliver(answer=answer, how="phone", by=reza, now=AT + 3 * HOUR)
    hands = {row.code: row.by for row in facts().ended}
    assert hands == {alone.code: reza.code, shared.code: ""}


def test_what_closes_by_itself_is_nobodys_doing(make_case: MakeCase, reza: Actor) -> None:
    by_itself, by_hand = answered(make_case(at=AT), AT + HOUR), answered(make_case(at=AT), AT + HOUR)
    close(case=by_itself, by=system("close"), now=AT + 11 * DAY)
    close(case=by_hand, by=reza, now=AT + 11 * DAY)
    assert [row.code for row in facts().ended if row.how == "closed"] == [by_hand.code]
    assert len(facts().given) == 2


def test_what_comes_back_after_the_period_is_read_too(make_case: MakeCase) -> None:
    case = answered(make_case(at=END - 2 * DAY), END - DAY)
    object_to(case=case, text="نه", by=holder(), now=END + 3 * DAY)
    assert [row.code for row in facts().again] == [case.code]


def test_more_time_is_read_with_the_date_it_replaced(make_case: MakeCase, reza: Actor) -> None:
    case = make_case(at=AT)
    duty = final_duty(case)
    assert duty is not None and duty.due_at is not None
    before = duty.due_at
    extend(
        duty=duty, regime="promise", length=Length.parse("7 working_days"), reason="استعلام", by=reza, now=before - HOUR
    )
    (row,) = facts().longer
    assert (row.code, row.before, row.at) == (case.code, before, before - HOUR)


def test_texts_are_alike_but_for_numbers_and_templates_are_told_apart(make_case: MakeCase) -> None:
    first, second = answered(make_case(at=AT), AT + HOUR), answered(make_case(at=AT), AT + 2 * HOUR)
    texts = facts().texts
    assert [text.code for text in texts] == [first.code, second.code]
    assert len({text.mark for text in texts}) == 1
    assert all(text.plain for text in texts)
    assert mark_of("تا ۱۴۰۵/۰۳/۰۲ واریز شد") == mark_of("تا 1405/4/12  واريز شد")
    assert mark_of("واریز شد") != mark_of("واریز نشد")


def test_twenty_of_one_hand_are_found_and_the_office_beside_is_not(
    units: dict[str, Unit], reza: Actor, make_case: MakeCase
) -> None:
    for number in range(20):
        case = written_down(units["nazarabad"], AT + number * DAY, reza)
        at_once(case, case.received_at + HOUR, reza)
        answered(make_case(unit="karaj", at=AT + number * DAY), AT + number * DAY + HOUR)
    seen = sorted((one.unit, one.watch) for one in watched("ir/", PERIOD))
    # Both offices used one text for all.
    assert seen == [(KARAJ, "same_text"), (NAZARABAD, "one_hand"), (NAZARABAD, "same_text")]


def test_late_matters_passed_on_are_charged_to_who_gave_them(
    units: dict[str, Unit], make_case: MakeCase, reza: Actor
) -> None:
    for _ in range(3):
        case = make_case(at=AT)
        duty = final_duty(case)
        assert duty is not None and duty.due_at is not None
        transfer(case=case, to=units["kahak"], reason="کارگاه در قم است", by=reza, now=duty.due_at + HOUR)
    transfer(case=make_case(at=AT), to=units["karaj"], reason="کارگاه در کرج است", by=reza, now=AT + HOUR)
    (one,) = watched(NAZARABAD, PERIOD)
    assert (one.unit, one.watch, one.found.numbers["many"]) == (NAZARABAD, "late_passed_on", 3)
    assert watched("ir/qom/", PERIOD) == []


def test_seven_equal_replies_in_ten_minutes_are_found(make_case: MakeCase) -> None:
    for number in range(7):
        judged(answered(make_case(at=AT), AT + number * HOUR), 5, AT + DAY + number * timedelta(minutes=1))
    seen = {one.watch: one.found for one in watched("ir/alborz/", PERIOD)}
    assert set(seen) == {"one_device"}
    assert seen["one_device"].numbers == {"many": 7, "whole": 7}


def test_kinds_are_compared_with_the_period_before(units: dict[str, Unit], reza: Actor) -> None:
    written_down(units["nazarabad"], START - 20 * DAY, reza, kind="complaint")
    written_down(units["nazarabad"], AT, reza, kind="request")
    written_down(units["karaj"], AT, reza, kind="request")
    found = facts()
    assert found.kinds_before == {"complaint": 1}
    assert found.around == {"request": 1}
    assert found.around_before == {}


@pytest.mark.parametrize("path", ["ir/", "ir/alborz/"])
def test_nothing_happened_and_nothing_is_found(units: dict[str, Unit], path: str) -> None:
    assert watched(path, PERIOD) == []
