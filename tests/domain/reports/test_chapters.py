"""Chapters about what was decided, ordered and proven: measured from the meetings, demands and proofs themselves."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.utils import translation

from takrim.councils.models import Body
from takrim.councils.models_meetings import Invitation, Meeting, State
from takrim.decisions.models import Decision, Share
from takrim.directives.models import Clause, Demand, Directive
from takrim.duties.actions import Term, accept, answer, open_duty
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from takrim.proofs import actions as proofs
from takrim.proofs.actions_judge import Verdict, judge
from takrim.reports.build import build, rows_of
from takrim.reports.cells import Row
from takrim.reports.chapter import suggested
from tests.domain.reports.conftest import HALF, SUMMER
from tests.people import NOW

pytestmark = pytest.mark.django_db


def rows(chapter: str, table: str) -> list[Row]:
    return rows_of(build("ir/alborz/", HALF, NOW).figures, chapter, table)


def said(chapter: str) -> list[str]:
    with translation.override("en"):
        return suggested(chapter, build("ir/alborz/", HALF, NOW).figures, HALF, "en")


@pytest.fixture
def committee(units: dict[str, Unit]) -> Body:
    """It must meet every month; in the half-year it met twice, once without a quorum, and half of its members came."""
    body = Body.objects.create(
        code="c1",
        kind="committee",
        name_fa="کمیته صیانت",
        name_en="Rights committee",
        unit=units["alborz"],
        unit_path="ir/alborz/",
        since=date(2025, 3, 21),
        rhythm_period="month",
    )
    for number, state in enumerate((State.ISSUED, State.HELD, State.NOT_CONSTITUTED, State.CANCELLED), 1):
        at = SUMMER - timedelta(days=20 * number)
        meeting = Meeting.objects.create(
            code=f"m{number}",
            body=body,
            unit_path=body.unit_path,
            number=number,
            state=state,
            starts_at=at,
            planned_at=at - timedelta(days=9),
            planned_by="system:test",
            opened_at=at,
            door_nonce="0",
            cancelled_at=at if state == State.CANCELLED else None,
            cancelled_why="تعطیلی" if state == State.CANCELLED else "",
        )
        for place, attendance in enumerate(("present", "absent")):
            Invitation.objects.create(meeting=meeting, name=f"عضو {place}", place=place, attendance=attendance)
    return body


def test_bodies_are_told_by_how_often_they_met(committee: Body) -> None:
    (row,) = rows("bodies", "bodies")
    assert row.cells == (6, 2, 1, 1, Fraction(1, 3), Fraction(1, 2))
    lines = said("bodies")
    assert "1 committee or council held 2 meetings; 6 had to be held." in lines
    assert "“Rights committee” met 33.3% of the times it must." in lines
    Body.objects.filter(pk=committee.pk).update(rhythm_period="")
    assert "1 committee or council held 2 meetings." in said("bodies"), "none had to be held"


def test_the_annex_lists_what_was_accepted(reza: Actor, leyla: Actor, units: dict[str, Unit]) -> None:
    for number, verdict in enumerate((Verdict.ACCEPT, Verdict.RETURN)):
        done = proofs.Done(
            title=f"نشست {number}",
            text="برگزار شد",
            done_on=date(2026, 7, 6),
            place="نظرآباد",
            audience="کارگران",
            people=40,
        )
        action = proofs.begin(done=done, proves=[("right", "R01")], by=reza, now=SUMMER)
        proofs.add_link(action=action, url="https://example.ir/", title="خبر", by=reza, now=SUMMER)
        proofs.send(action=action, by=reza, now=SUMMER)
        judge(action=action, verdict=verdict, reason="ناقص", by=leyla, now=SUMMER + timedelta(days=1))
    (office,) = rows("proofs", "offices")
    assert office.cells == (2, 1, 1, 0, 0)
    (listed,) = rows("proofs", "list")
    assert listed.fa == "نشست 0 (نظرآباد)"
    assert listed.cells[1:] == ("2026-07-06", "کارگران", 40, 1)
    assert said("proofs") == ["The offices handed in 2 proofs of what they did; accepted so far: 1."]


def demand(number: int, unit: Unit, directive: Directive, by: Actor, *, late: bool) -> Demand:
    """A clause of the directive that an office owes by a summer's day."""
    clause = Clause.objects.create(
        directive=directive, number=number, text="نصب تابلوی حقوق شهروندی", kind="once", due_on=date(2026, 7, 20)
    )
    due = SUMMER + timedelta(days=14)
    duty = open_duty(kind="clause", about=f"clause:{number}", unit=unit, by=by, now=SUMMER, term=Term(fixed=due))
    row = Demand.objects.create(
        code=f"clause:{number}", clause=clause, directive=directive, unit=unit, unit_path=unit.path, duty=duty
    )
    if not late:
        answer(duty=duty, text="نصب شد", by=by, now=SUMMER + timedelta(days=3))
        accept(duty=duty, by=by, now=SUMMER + timedelta(days=4))
    return row


def test_directives_are_told_by_what_was_confirmed(units: dict[str, Unit]) -> None:
    directive = Directive.objects.create(
        unit_path="ir/alborz/",
        source="internal",
        number="۱۲/ب",
        dated=date(2026, 7, 1),
        issuer="اداره کل",
        subject="تکریم ارباب رجوع",
        state="issued",
        issued_at=SUMMER,
        changed_at=SUMMER,
        registered_at=SUMMER,
        registered_by="system:test",
    )
    by = system("test")
    demand(1, units["nazarabad"], directive, by, late=False)
    demand(2, units["karaj"], directive, by, late=True)
    (row,) = rows("directives", "directives")
    assert row.fa == "تکریم ارباب رجوع"
    assert row.cells == ("۱۲/ب", "2026-07-01", 2, 1, Fraction(1, 2), Fraction(1), 1)
    late = {one.key: one.cells[-1] for one in rows("directives", "offices")}
    assert late == {"ir/alborz/nazarabad/": 0, "ir/alborz/karaj/": 1}
    assert said("directives") == [
        "1 directive demanded 2 things of the offices in this period; 50% is confirmed.",
        "1 of them is overdue, in Karaj.",
    ]


def test_nothing_is_told_before_anything_is_ordered(units: dict[str, Unit]) -> None:
    assert rows("directives", "directives") == []
    assert said("directives") == []


def test_decisions_are_told_by_what_was_fulfilled(committee: Body, units: dict[str, Unit]) -> None:
    by, due = system("test"), SUMMER + timedelta(days=14)
    for number, (unit, state) in enumerate((("nazarabad", "fulfilled"), ("karaj", "issued")), 1):
        settled = SUMMER if state == "fulfilled" else None
        decision = Decision.objects.create(
            code=f"d{number}",
            number=f"{number}",
            body=committee,
            unit_path=committee.unit_path,
            text="راه‌اندازی میز خدمت",
            state=state,
            decided_on=date(2026, 7, 6),
            issued_at=SUMMER,
            issued_by="system:test",
            settled_at=settled,
        )
        duty = open_duty(
            kind="decision", about=decision.subject, unit=units[unit], by=by, now=SUMMER, term=Term(fixed=due)
        )
        Share.objects.create(
            decision=decision,
            place=1,
            body=committee,
            unit=units[unit],
            unit_path=units[unit].path,
            duty=duty,
            state=state,
            settled_at=settled,
        )
    (row,) = rows("decisions", "bodies")
    assert row.cells == (2, 1, 0, 0, 1, 1, Fraction(1, 2))
    assert said("decisions") == [
        "2 decisions were taken; 50% are fulfilled.",
        "1 of them is overdue, with Karaj.",
    ]
