"""The call-back sample: drawn the same way again, office by office, and called by nobody of the judged office."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from takrim.base.period import Period
from takrim.cases import actions_calls
from takrim.cases.actions_calls import CallNotYours, NobodyToCall, calls_for, draw_calls, next_try, seed_of, take_next
from takrim.cases.actions_end import object_to
from takrim.cases.actions_shield import keep_from
from takrim.cases.conflict import Subject
from takrim.cases.models import Case
from takrim.cases.models_judged import Call, CallDraw, Outcome
from takrim.channels.channel import Sender
from takrim.jobs.catalogue.draw_calls import run
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.surveys.actions import SurveyIncomplete
from takrim.surveys.calls import calls, drawn
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire
from tests.matters import answered, judged
from tests.people import NOW, Hire, MakeCase

pytestmark = pytest.mark.django_db
AZAR = Period.parse("1405-09")
# After the month is over: 2 Dey 1405, nine in the morning.
LATER = datetime(2026, 12, 23, 5, 30, tzinfo=UTC)
OVERALL = questionnaire().overall


@pytest.fixture
def pari(hire: Hire) -> Actor:
    """Calls people, from the directorate's neighbour of Nazarabad."""
    return hire("pari", "پری کاظمی", "caller", "karaj")


@pytest.fixture
def many(make_case: MakeCase) -> list[Case]:
    """Thirty answers of Nazarabad and three of Karaj in Azar."""
    units = ["nazarabad"] * 30 + ["karaj"] * 3
    return [answered(_case(make_case, unit, number), NOW) for number, unit in enumerate(units)]


def _case(make_case: MakeCase, unit: str, number: int = 0) -> Case:
    return make_case(unit=unit, sender=Sender(name=f"زهرا {number}", mobile=f"0912000{number:04}"))


def draw(now: datetime = LATER) -> CallDraw:
    found = draw_calls(period=AZAR, by=system("draw_calls"), now=now)
    assert found is not None
    return found


def codes() -> list[str]:
    return list(Call.objects.order_by("id").values_list("case__code", flat=True))


def test_each_office_is_heard(many: list[Case]) -> None:
    found = draw()
    assert found.offices == {"ir/alborz/karaj/": [3, 2], "ir/alborz/nazarabad/": [30, 3]}
    assert Call.objects.count() == 5


def test_the_same_month_gives_the_same_sample(many: list[Case]) -> None:
    draw()
    first = codes()
    Call.objects.all().delete()
    CallDraw.objects.all().delete()
    draw()
    assert codes() == first
    names = [f"{case.code}:1" for case in many if case.unit_path == "ir/alborz/nazarabad/"]
    again = [name.split(":")[0] for name in drawn(names, seed_of(AZAR), 3)]
    assert again == [code for code in first if Case.objects.get(code=code).unit_path == "ir/alborz/nazarabad/"]


def test_another_month_or_another_key_gives_another(settings: Any) -> None:
    seed = seed_of(AZAR)
    assert seed != seed_of(AZAR.next())
    settings.SECRET_KEY = "another"
    assert seed != seed_of(AZAR)


def test_a_month_is_drawn_once(many: list[Case]) -> None:
    draw()
    assert draw_calls(period=AZAR, by=system("draw_calls"), now=LATER) is None
    assert run(LATER) == 0


def test_the_job_draws_the_month_that_is_over(many: list[Case]) -> None:
    assert run(LATER) == 5
    assert CallDraw.objects.get().period == "1405-09"


@pytest.mark.parametrize(("candidates", "size"), [(0, 0), (1, 1), (5, 2), (21, 3), (100, 10), (5000, 12)])
def test_the_size_is_data(candidates: int, size: int) -> None:
    assert calls().size(candidates) == size


def test_who_judged_objected_or_left_no_telephone_is_not_drawn(make_case: MakeCase, zahra: Actor, nima: Actor) -> None:
    done = answered(_case(make_case, "nazarabad", 1), NOW)
    judged(done, 4, NOW)
    objected = answered(_case(make_case, "nazarabad", 2), NOW)
    object_to(case=objected, text="سند من را ندیدند.", by=zahra, now=NOW)
    answered(make_case(sender=Sender(name="بی‌تلفن")), NOW)
    answered(make_case(channel="imported", sender=Sender(name="دور", mobile="09120009999")), NOW)
    kept = answered(_case(make_case, "nazarabad", 3), NOW)
    keep_from(case=kept, subject=Subject(path="ir/alborz/nazarabad/"), by=nima, now=NOW)
    draw()
    assert codes() == []


def test_who_declined_once_is_never_drawn_again(many: list[Case], pari: Actor, make_case: MakeCase) -> None:
    draw()
    call = take_next(by=pari, now=LATER)
    actions_calls.declined(call=call, by=pari, now=LATER)
    mobile = call.case.party.mobile
    answered(make_case(sender=Sender(name=call.case.party.name, mobile=mobile)), LATER)
    draw_calls(period=AZAR.next(), by=system("draw_calls"), now=LATER + timedelta(days=30))
    assert not Call.objects.filter(draw__period="1405-10").exists()


def test_nobody_calls_about_their_own_office(many: list[Case], hire: Hire, pari: Actor) -> None:
    draw()
    at = {name: hire(f"caller-{name}", f"کسی {name}", "caller", name) for name in ("nazarabad", "alborz", "qom")}
    seen = {name: set(calls_for(by).values_list("unit_path", flat=True)) for name, by in at.items()}
    both = {"ir/alborz/karaj/", "ir/alborz/nazarabad/"}
    assert seen == {"nazarabad": {"ir/alborz/karaj/"}, "alborz": both, "qom": set()}
    assert set(calls_for(pari).values_list("unit_path", flat=True)) == {"ir/alborz/nazarabad/"}
    assert calls_for(hire("national", "کسی ملی", "caller", "ministry")).count() == 5


def test_only_callers_call(many: list[Case], mina: Actor, reza: Actor) -> None:
    draw()
    for by in (mina, reza):
        assert not calls_for(by).exists()
        with pytest.raises(NotAllowed):
            take_next(by=by, now=LATER)


def test_a_call_is_with_one_person_at_a_time(many: list[Case], pari: Actor, hire: Hire) -> None:
    draw()
    lida = hire("lida", "لیدا صفایی", "caller", "alborz")
    mine = take_next(by=pari, now=LATER)
    assert take_next(by=pari, now=LATER).pk == mine.pk
    assert take_next(by=lida, now=LATER).pk != mine.pk
    with pytest.raises(CallNotYours):
        actions_calls.declined(call=mine, by=lida, now=LATER)
    late = LATER + timedelta(minutes=31)
    with pytest.raises(CallNotYours):
        actions_calls.declined(call=mine, by=pari, now=late)


def test_the_answers_are_kept_as_of_a_call(many: list[Case], pari: Actor) -> None:
    draw()
    call = take_next(by=pari, now=LATER)
    actions_calls.answered(call=call, scores={OVERALL: 1, "conduct": 2}, comment="دیر شد", by=pari, now=LATER)
    response = Response.objects.get(subject=call.case.code)
    assert (response.way, response.overall, response.comment) == ("call", 1, "دیر شد")
    assert (call.outcome, call.closed_at, call.tried[0]["by"]) == (Outcome.ANSWERED, LATER, pari.code)


def test_a_bad_mark_on_the_telephone_gets_the_objection(make_case: MakeCase, pari: Actor) -> None:
    answered(_case(make_case, "nazarabad"), LATER - timedelta(days=3))
    draw()
    call = take_next(by=pari, now=LATER)
    actions_calls.answered(call=call, scores={OVERALL: 1}, comment="", by=pari, now=LATER)
    assert Letter.objects.get(kind="survey_bad").to == call.case.party.mobile


def test_without_the_question_about_the_whole_nothing_is_kept(many: list[Case], pari: Actor) -> None:
    draw()
    call = take_next(by=pari, now=LATER)
    with pytest.raises(SurveyIncomplete):
        actions_calls.answered(call=call, scores={"conduct": 2}, comment="", by=pari, now=LATER)
    call.refresh_from_db()
    assert (call.closed_at, call.tries) == (None, 0)


def test_who_has_judged_meanwhile_is_not_called(make_case: MakeCase, pari: Actor) -> None:
    case = answered(_case(make_case, "nazarabad"), NOW)
    draw()
    judged(case, 4, LATER)
    with pytest.raises(NobodyToCall):
        take_next(by=pari, now=LATER)
    assert calls_for(pari).get(case=case).outcome == "judged"


def test_three_tries_at_different_times(make_case: MakeCase, pari: Actor) -> None:
    answered(_case(make_case, "nazarabad"), NOW)
    draw()
    now, tries = LATER, []
    for _try in range(3):
        call = take_next(by=pari, now=now)
        tries.append(now)
        actions_calls.nobody_replied(call=call, by=pari, now=now)
        with pytest.raises(NobodyToCall):
            take_next(by=pari, now=now + timedelta(hours=2))
        now = call.next_at
    assert (call.outcome, call.tries) == (Outcome.NO_REPLY, 3)
    assert len({at.date() for at in tries}) == 3
    hours = [(at + timedelta(hours=3, minutes=30)).hour for at in tries]
    assert hours == [9, 12, 8]


def test_the_next_try_is_on_a_day_that_is_open(make_case: MakeCase) -> None:
    thursday = datetime(2026, 12, 24, 5, 30, tzinfo=UTC)
    assert next_try("ir/alborz/nazarabad/", thursday).date() > thursday.date() + timedelta(days=1)


def test_an_old_sample_is_called_no_more(many: list[Case], pari: Actor) -> None:
    draw()
    with pytest.raises(NobodyToCall):
        take_next(by=pari, now=LATER + calls().open_for)
