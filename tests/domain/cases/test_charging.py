"""Lateness is charged to the office that held the matter while its clock ran; the parts are the whole."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.base.length import Length
from takrim.cases.actions_answer import draft
from takrim.cases.actions_intake import ask_completion, complete
from takrim.cases.actions_route import Addressee, give_back, pass_on, refer_on
from takrim.cases.actions_transfer import hand_back, take_over, transfer
from takrim.cases.actions_work import refer, reply
from takrim.cases.charging import Charged, charged, decisive, hands, happened_to
from takrim.cases.models import Case
from takrim.duties.actions_clocks import extend, pause, resume
from takrim.duties.models import Duty
from takrim.indicators.exact import By, figures_by
from takrim.indicators.holders import late_by_holder
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.matters import WORDS, answered
from tests.people import Hire, MakeCase

DAY = timedelta(days=1)
LONG = Length.parse("50 working days")
ALBORZ, NAZARABAD, KARAJ, KAHAK = "ir/alborz/", "ir/alborz/nazarabad/", "ir/alborz/karaj/", "ir/qom/kahak/"


@pytest.fixture
def roya(hire: Hire) -> Actor:
    return hire("roya", "رویا ملکی", "head", "kahak")


@pytest.fixture
def hoda(hire: Hire) -> Actor:
    return hire("hoda", "هدی نیکو", "head", "karaj")


def of(case: Case, clock: str, now: datetime) -> Charged:
    duty = Duty.objects.filter(about=case.code, kind="final_answer").latest("id")
    found = charged(duty, happened_to([case.code])[case.code], now)
    return next(one for one in found if one.clock == clock)


def due(case: Case) -> datetime:
    at = Duty.objects.filter(about=case.code, kind="final_answer").latest("id").due_at
    assert at is not None
    return at


def whole(parts: Charged) -> bool:
    return sum(parts.ran_with.values(), timedelta()) == parts.ran and (
        sum(parts.late_with.values(), timedelta()) == parts.late
    )


def test_what_never_left_is_charged_to_its_office(case: Case, now: datetime) -> None:
    late = of(case, "promise", due(case) + 3 * DAY)
    assert (late.late, late.late_with) == (3 * DAY, {NAZARABAD: 3 * DAY})
    assert of(case, "promise", due(case)).late_with == {}
    assert of(case, "statute", due(case) + 3 * DAY).late == timedelta()


def test_while_a_referral_is_out_it_lies_with_whoever_was_asked(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, now: datetime
) -> None:
    end = due(case)
    duty = refer(case=case, to=units["karaj"], task="", length=LONG, by=mina, now=end - DAY)
    reply(case=case, duty=duty, text="دارد", by=hadi, now=end + 2 * DAY)
    late = of(case, "promise", end + 5 * DAY)
    assert late.late_with == {KARAJ: 2 * DAY, NAZARABAD: 3 * DAY}
    assert late.ran_with[KARAJ] == 3 * DAY
    assert whole(late)
    assert of(case, "statute", now + 90 * DAY).ran_with.keys() == {NAZARABAD}, "the law asks its owner"


def test_several_share_and_the_last_in_a_chain_holds(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, hoda: Actor, omid: Actor, now: datetime
) -> None:
    end = due(case)
    first = refer(case=case, to=units["karaj"], task="", length=LONG, by=mina, now=end)
    refer(case=case, to=units["qom"], task="", length=LONG, by=mina, now=end)
    refer_on(case=case, duty=first, to=Addressee(units["kahak"]), task="", length=LONG, by=hoda, now=end + 2 * DAY)
    late = of(case, "promise", end + 4 * DAY)
    assert late.late_with == {KARAJ: DAY, "ir/qom/": 2 * DAY, KAHAK: DAY}
    assert whole(late)


def test_passed_on_it_lies_with_the_other_and_given_back_with_the_owner(
    case: Case, units: dict[str, Unit], mina: Actor, hoda: Actor, roya: Actor, now: datetime
) -> None:
    end = due(case)
    first = refer(case=case, to=units["karaj"], task="", length=LONG, by=mina, now=end)
    second = pass_on(case=case, duty=first, to=Addressee(units["kahak"]), task="", by=hoda, now=end + DAY)
    told = happened_to([case.code])[case.code]
    (part,) = charged(second, told, end + 2 * DAY)
    assert part.ran_with == {KARAJ: DAY, KAHAK: DAY}, "the clock of the part began with Karaj"
    give_back(case=case, duty=second, reason="نداریم", by=roya, now=end + 3 * DAY)
    assert of(case, "promise", end + 4 * DAY).late_with == {KARAJ: DAY, KAHAK: 2 * DAY, NAZARABAD: DAY}


def test_who_goes_on_without_the_reply_holds_it_again(
    case: Case, units: dict[str, Unit], mina: Actor, now: datetime
) -> None:
    end = due(case)
    refer(case=case, to=units["karaj"], task="", length=LONG, by=mina, now=end)
    draft(case=case, words=WORDS, by=mina, now=end + DAY)
    assert of(case, "promise", end + 3 * DAY).late_with == {KARAJ: DAY, NAZARABAD: 2 * DAY}


def test_a_transfer_charges_each_with_its_own_time(
    case: Case, units: dict[str, Unit], mina: Actor, roya: Actor, now: datetime
) -> None:
    end = due(case)
    transfer(case=case, to=units["kahak"], reason="آنجاست", by=mina, now=end - 2 * DAY)
    hand_back(case=case, reason="نه", by=roya, now=end + DAY)
    late = of(case, "promise", end + 3 * DAY)
    assert late.late_with == {KAHAK: DAY, NAZARABAD: 2 * DAY}
    assert late.ran_with[KAHAK] == 3 * DAY
    assert whole(late)
    assert of(case, "statute", end).ran_with[KAHAK] == 2 * DAY, "who owes it owes the law"


def test_while_the_clock_stands_nobody_is_charged(case: Case, mina: Actor, now: datetime) -> None:
    ask_completion(case=case, what="فیش", by=mina, now=now + DAY)
    complete(case=case, text="پیوست", by=mina, now=now + 6 * DAY)
    ran = of(case, "promise", now + 10 * DAY)
    assert (ran.ran, ran.ran_with) == (5 * DAY, {NAZARABAD: 5 * DAY})
    assert of(case, "statute", now + 10 * DAY).ran == 10 * DAY


def test_a_referral_is_charged_to_whom_it_asked_wherever_it_lies_meanwhile(
    case: Case, units: dict[str, Unit], mina: Actor, hoda: Actor, now: datetime
) -> None:
    duty = refer(case=case, to=units["karaj"], task="", length=Length.parse("2 working days"), by=mina, now=now)
    refer(case=case, to=units["qom"], task="", length=LONG, by=mina, now=now)
    assert duty.due_at is not None
    to = Addressee(units["kahak"])
    refer_on(case=case, duty=duty, to=to, task="", length=LONG, by=hoda, now=duty.due_at + DAY)
    told = happened_to([case.code])[case.code]
    late = decisive(duty, told, duty.due_at + 3 * DAY)
    assert late is not None
    assert late.late_with == {KARAJ: 3 * DAY}, "its rule charges the owner"
    assert [hand.holders for hand in hands(duty.pk, told)][-1] == (KAHAK,), "what else is asked is not its part"


def test_the_figures_by_holder_add_up_to_the_whole(
    make_case: MakeCase, units: dict[str, Unit], mina: Actor, roya: Actor, now: datetime
) -> None:
    passed, own, good = make_case(), make_case(unit="karaj"), make_case()
    answered(good, now + DAY)
    end = due(passed)
    transfer(case=passed, to=units["kahak"], reason="آنجاست", by=mina, now=end + DAY)
    take_over(case=passed, by=roya, now=end + 2 * DAY)
    answered(Case.objects.get(pk=passed.pk), end + 3 * DAY)
    at = end + 5 * DAY
    parts, total = late_by_holder("ir/", at)
    assert {part.key: (part.matters, part.late) for part in parts} == {
        NAZARABAD: (1, DAY),
        KAHAK: (1, 2 * DAY),
        KARAJ: (1, at - due(own)),
    }
    assert total.late == sum((part.late for part in parts), timedelta())
    assert sum(part.late_share or 0 for part in parts) == 1
    _lines, all_ = figures_by("ir/", By.UNIT, at)
    assert total.matters == all_.late + all_.overdue == 2
    assert [part.key for part in late_by_holder(ALBORZ, at)[0]] == [KARAJ], "now it is Kahak's to answer"
    assert late_by_holder("ir/", end)[1].matters == 0


def test_an_extension_is_part_of_the_time(case: Case, reza: Actor, now: datetime) -> None:
    before = due(case)
    extend(
        duty=Duty.objects.get(), regime="promise", length=Length.parse("5 working days"), reason="x", by=reza, now=now
    )
    assert of(case, "promise", before + DAY).late_with == {}


def test_who_awaits_an_agency_is_not_charged_either(case: Case, reza: Actor, now: datetime) -> None:
    pause(duty=Duty.objects.get(), why="agency", reason="استعلام", by=reza, now=now + DAY)
    assert of(case, "promise", now + 9 * DAY).ran == DAY
    resume(duty=Duty.objects.get(), by=reza, now=now + 10 * DAY)
    assert of(case, "promise", now + 11 * DAY).ran_with == {NAZARABAD: 2 * DAY}
