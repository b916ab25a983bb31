"""Parts and wholes of the indicators that follow the journal: who is charged, in which month, and what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from takrim.base.period import Period
from takrim.cards.models import CardVersion
from takrim.cases.actions_end import mark_duplicate, object_to
from takrim.cases.actions_merge import separate
from takrim.cases.actions_objection import refuse_objection, uphold
from takrim.cases.actions_rights import name_rights
from takrim.cases.actions_route import Addressee, refer_to
from takrim.cases.actions_transfer import hand_back, transfer
from takrim.cases.models import Case
from takrim.councils.actions_attendance import note_attendance, open_meeting
from takrim.councils.actions_meetings import When, invite, plan_meeting
from takrim.councils.actions_rhythm import owe_meeting
from takrim.councils.models import Body
from takrim.councils.models_meetings import Attendance, Invitation
from takrim.decisions import actions_confirm as deeds
from takrim.decisions.actions_do import report
from takrim.duties.actions import answer
from takrim.duties.models import Duty
from takrim.indicators.follow import READER, rebuild
from takrim.indicators.indicator import INDICATORS, Ratio
from takrim.indicators.models import Awaited, Piece
from takrim.indicators.sums import Sums
from takrim.indicators.values import introduce, is_on, values_of, why_off
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from tests.deciding import DUE, Decide, part
from tests.matters import answered, judged
from tests.people import NOW, MakeCase

NAZARABAD, KARAJ, ALBORZ, ALL = "ir/alborz/nazarabad/", "ir/alborz/karaj/", "ir/alborz/", "ir/"
DAY = timedelta(days=1)
YEAR = "1405"
# Long after everything here has fallen due.
LATE = NOW + timedelta(days=200)


def of(code: str, path: str = NAZARABAD, *, period: str = YEAR, now: datetime = LATE) -> tuple[int, int] | None:
    """Part and whole of an indicator, as everybody reads them."""
    catch_up(READER)
    measured = values_of([path], [code], Period.parse(period), now)[path, code]
    assert measured is None or isinstance(measured, Ratio)
    return (measured.part, measured.whole) if measured and measured.whole else None


def rows() -> list[Any]:
    tables = (
        Piece.objects.order_by("path", "period", "code", "value"),
        Awaited.objects.order_by("path", "code", "day"),
    )
    return [row[1:] for table in tables for row in table.values_list()]


def nothing_is_lost() -> None:
    """Reading the journal again gives the same to the last integer."""
    catch_up(READER)
    before = rows()
    rebuild()
    assert rows() == before


def test_day_75_counts_once_it_has_come(make_case: MakeCase) -> None:
    quick, slow, open_still = make_case(), make_case(), make_case()
    answered(quick, NOW + DAY)
    assert of("past_day_75", now=NOW + 10 * DAY) == (0, 1), "two wait, nothing is missing yet"
    answered(slow, NOW + 80 * DAY)
    assert of("past_day_75") == (2, 3)
    assert of("past_day_75", ALL) == (2, 3)
    transferred = Duty.objects.get(about=open_still.code, kind="final_answer")
    assert transferred.opened_at == NOW
    nothing_is_lost()


def test_what_is_still_ahead_in_a_running_period_is_not_missing(make_case: MakeCase) -> None:
    make_case()
    day = NOW + 75 * DAY
    assert of("past_day_75", now=day - DAY) is None
    assert of("past_day_75", now=day) is None, "the day is not over"
    assert of("past_day_75", now=day + DAY) == (1, 1)


def test_who_takes_a_matter_over_is_charged_with_its_day_75(
    make_case: MakeCase, units: dict[str, Unit], mina: Actor
) -> None:
    case = make_case()
    transfer(case=case, to=units["karaj"], reason="مربوط به کرج است.", by=mina, now=NOW + DAY)
    assert of("past_day_75") is None
    assert of("past_day_75", KARAJ) == of("past_day_75", ALBORZ) == (1, 1)
    nothing_is_lost()


def test_what_was_joined_by_mistake_waits_again(make_case: MakeCase, mina: Actor) -> None:
    original, repeat = make_case(), make_case()
    mark_duplicate(case=repeat, original=original, by=mina, now=NOW + DAY)
    assert of("past_day_75") == (1, 2)
    repeat.refresh_from_db()
    separate(case=repeat, by=mina, now=NOW + 2 * DAY)
    assert of("past_day_75") == of("overdue_20_days") == (2, 2)
    nothing_is_lost()


def test_twenty_days_behind_its_date_something_is_long_overdue(make_case: MakeCase) -> None:
    late, very_late = make_case(), make_case()
    due = Duty.objects.get(about=late.code, kind="final_answer").due_at
    assert due is not None
    answered(late, due + 19 * DAY)
    answered(very_late, due + 21 * DAY)
    assert of("overdue_20_days") == (1, 2)


def test_a_transfer_charges_whoever_had_it_and_a_return_whoever_got_it(
    make_case: MakeCase, units: dict[str, Unit], mina: Actor, hadi: Actor
) -> None:
    make_case()
    case = make_case()
    transfer(case=case, to=units["karaj"], reason="مربوط به کرج است.", by=mina, now=NOW + DAY)
    assert (of("first_routing"), of("first_routing", KARAJ), of("first_routing", ALBORZ)) == ((1, 2), (1, 1), (2, 3))
    assert (of("transferred"), of("transferred", KARAJ)) == ((1, 1), (0, 1))
    case.refresh_from_db()
    hand_back(case=case, reason="مربوط به نظرآباد است.", by=hadi, now=NOW + 2 * DAY)
    assert (of("first_routing"), of("first_routing", KARAJ), of("first_routing", ALBORZ)) == ((2, 3), (0, 1), (2, 4))
    assert of("transferred", ALBORZ) == (2, 2)
    nothing_is_lost()


def test_an_objection_is_upheld_or_refused(make_case: MakeCase, nima: Actor) -> None:
    for decide in (uphold, refuse_objection):
        case = answered(make_case(), NOW + DAY)
        object_to(case=case, text="قبول ندارم", by=system("test"), now=NOW + 2 * DAY)
        case.refresh_from_db()
        decide(case=case, why="دلیل نوشته شد.", by=nima, now=NOW + 3 * DAY)
    assert of("objections_upheld") == of("objections_upheld", ALL) == (1, 2)


def test_a_reply_to_a_referral_is_in_time_or_not(
    make_case: MakeCase, units: dict[str, Unit], mina: Actor, hadi: Actor
) -> None:
    for days in (1, 90):
        case = make_case()
        to = [Addressee(units["karaj"])]
        asked = refer_to(case=case, to=to, task="نظر بدهید.", length=None, by=mina, now=NOW)[0]
        answer(duty=asked, text="انجام شد.", by=hadi, now=NOW + days * DAY)
    assert of("referrals_on_time", KARAJ) == (1, 2)


def test_visits_are_avoided_where_nobody_had_to_come(make_case: MakeCase) -> None:
    for channel in ("web", "desk", "phone", "internal"):
        answered(make_case(channel=channel), NOW + DAY)
    assert of("remote_share") == of("visits_avoided") == (2, 3)
    assert of("undelivered") == (0, 4)


def test_complaints_are_counted_for_each_service(make_case: MakeCase, card: CardVersion) -> None:
    for kind, about in (("complaint", card), ("complaint", card), ("request", card), ("complaint", None)):
        make_case(kind=kind, card=about)
    assert of("complaints_per_cause") == of("complaints_per_cause", ALL) == (2, 1)


def test_rights_are_counted_once_a_matter(make_case: MakeCase, mina: Actor) -> None:
    case = make_case()
    make_case()
    name_rights(case=case, chosen=["R01", "R04"], by=mina, now=NOW + DAY)
    assert of("rights_concerned") == (1, 2)
    name_rights(case=case, chosen=[], by=mina, now=NOW + 2 * DAY)
    assert of("rights_concerned") == (0, 2)


def test_marks_are_means_of_what_people_said(make_case: MakeCase) -> None:
    judged(answered(make_case(), NOW), 4, NOW + DAY, steps_known=2)
    assert of("marks_overall") == (4, 1)
    assert of("marks_transparency") == (2, 1)
    assert of("marks_mastery") is None


def test_a_decision_counts_when_it_was_reported_in_time_and_confirmed(
    decide: Decide, mina: Actor, leila: Actor, now: datetime
) -> None:
    in_time, partly, refused, nobody = (part(decide("nazarabad")) for _ in range(4))
    for share in (in_time, partly):
        report(share=share, text="تابلو نصب شد.", by=mina, now=now + DAY)
    assert of("decisions_on_time", now=now + DAY) is None, "all of them may still come"
    assert nobody.duty.due_at is not None and nobody.duty.due_at.date() >= DUE
    deeds.confirm(share=in_time, by=leila, now=now + 2 * DAY)
    deeds.confirm_partly(share=partly, why="یک تابلو مانده است.", by=leila, now=now + 2 * DAY)
    deeds.refuse(share=refused, why="انجام نشد.", by=leila, now=now + 2 * DAY)
    assert of("decisions_on_time") == (1, 4)
    deeds.question(share=partly, cause="proofs:1", by=leila, now=now + 3 * DAY)
    assert of("decisions_on_time") == (1, 4)
    deeds.question(share=in_time, cause="proofs:1", by=leila, now=now + 3 * DAY)
    assert of("decisions_on_time") == (0, 4)
    deeds.stop(share=nobody, why="بودجه نیست.", by=leila, now=now + 3 * DAY)
    assert of("decisions_on_time") == (0, 3)
    nothing_is_lost()


def test_a_body_meets_when_it_must_and_has_its_quorum(committee: Body, leila: Actor) -> None:
    autumn = datetime(2026, 9, 23, 5, 30, tzinfo=UTC)
    Body.objects.filter(pk=committee.pk).update(rhythm_period="season")
    committee.refresh_from_db()
    assert owe_meeting(body=committee, by=leila, now=autumn) is not None
    assert of("meetings_held", ALBORZ, now=autumn + DAY) is None, "the season has begun only now"
    assert of("meetings_held", ALBORZ) == (0, 1)
    when = When(starts_at=NOW + 5 * DAY, place="سالن")
    meeting = plan_meeting(body=committee, when=when, by=leila, now=NOW)
    invite(meeting=meeting, by=leila, now=NOW)
    for invitation in Invitation.objects.filter(meeting=meeting):
        note_attendance(
            invitation=invitation, attendance=Attendance.PRESENT, by=leila, now=when.starts_at + timedelta(minutes=5)
        )
    open_meeting(meeting=meeting, by=leila, now=when.starts_at + timedelta(minutes=10))
    assert of("quorum", ALBORZ) == (1, 1)
    assert of("meetings_held", ALBORZ) == (1, 1)
    nothing_is_lost()


def test_duties_of_a_kind_are_charged_to_the_month_of_their_date(db: None) -> None:
    due, answered_at = NOW + 40 * DAY, NOW + 5 * DAY
    facts: dict[str, Any] = {"kind": "clause", "unit": NAZARABAD, "due": due.isoformat()}
    judged_facts = {**facts, "answered": answered_at.isoformat()}
    later = {"owed": "clause", "unit": NAZARABAD, "before": due.isoformat(), "due": (due + 30 * DAY).isoformat()}
    written(("duty.opened", facts), ("duty.accepted", judged_facts))
    assert of("directives_proven") == (1, 1)
    written(("duty.questioned", judged_facts))
    assert of("directives_proven") == (0, 1)
    written(("duty.extended", later), ("duty.accepted", {**judged_facts, "due": later["due"]}))
    assert of("directives_proven") == (1, 1)
    assert of("directives_proven", period="1405-10") is None
    assert of("directives_proven", period="1405-11") == (1, 1)
    written(("duty.opened", facts), ("duty.withdrawn", facts), ("duty.opened", {**facts, "kind": "referral"}))
    assert of("directives_proven") == (1, 1)
    assert not Awaited.objects.exists()


def written(*entries: tuple[str, dict[str, Any]]) -> None:
    sums = Sums()
    for verb, facts in entries:
        sums.add(verb, facts, NOW, NAZARABAD)
    sums.write()


def test_cards_are_whole_and_new_or_not(card: CardVersion) -> None:
    assert of("cards_current", ALL, now=NOW) == (0, 1)
    needed = ("description", "documents", "steps", "laws", "access", "complaint_route", "responsible")
    CardVersion.objects.filter(pk=card.pk).update(
        content={name: ["…"] for name in needed}, valid_from=(NOW - DAY).date()
    )
    assert of("cards_current", ALL, now=NOW) == (1, 1)
    assert of("cards_current", NAZARABAD, now=NOW) is None


def test_what_is_off_says_why_and_what_is_declared_has_no_value_here(units: dict[str, Unit]) -> None:
    period = Period.parse(YEAR)
    codes = [code for code, _ in INDICATORS if not is_on(code)]
    assert {"article_154", "people_served", "charter_posted"} <= set(codes)
    assert all(value is None for value in values_of([ALL], codes, period, NOW).values())
    assert why_off("article_154")
    assert not why_off("charter_posted")
    assert not why_off("received")


def test_a_folder_above_may_say_the_values_of_an_indicator(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr("takrim.indicators.values._INTRODUCED", {})

    def read(paths: Iterable[str], period: Period, now: datetime) -> dict[str, Ratio]:
        return {path: Ratio(1, 4) for path in paths if path == ALL}

    introduce("improvement", read)
    assert is_on("improvement") and not why_off("improvement")
    found = values_of([ALL, ALBORZ], ["improvement"], Period.parse(YEAR), NOW)
    assert found[ALL, "improvement"] == Ratio(1, 4)
    assert found[ALL, "improvement"].value == Fraction(1, 4)
    assert found[ALBORZ, "improvement"] is None


def test_values_of_many_offices_ask_as_much_as_those_of_one(
    case: Case, units: dict[str, Unit], django_assert_num_queries: Callable[..., Any]
) -> None:
    catch_up(READER)
    codes = [code for code, _ in INDICATORS]
    alborz = [unit.path for unit in units.values() if unit.path.startswith("ir/alborz/")]
    for paths in (alborz[:1], alborz):
        with django_assert_num_queries(7):
            found = values_of(paths, codes, Period.parse(YEAR), NOW)
        assert len(found) == len(paths) * len(codes)
