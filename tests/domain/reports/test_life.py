"""A report is begun, written, reviewed by another, signed and frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from takrim.reports import actions, actions_make
from takrim.reports.actions import seal_of
from takrim.reports.models import Report, State
from tests.domain.reports.conftest import HALF, counted
from tests.people import NOW, Hire

pytestmark = pytest.mark.django_db
WORDS = "در این دوره نظرآباد کندتر شد."


def write(report: Report, by: Actor, text: str = WORDS, seen: int = 0) -> None:
    actions.write(report=report, chapter="messages", lang="fa", text=text, seen=seen, by=by, now=NOW)


def signed(report: Report, writer: Actor, head: Actor) -> Report:
    write(report, writer)
    actions.review(report=report, by=head, now=NOW)
    return actions.sign(report=report, seal=seal_of(report), by=head, now=NOW)


def test_a_report_lives_from_draft_to_signed(report: Report, leyla: Actor, nima: Actor) -> None:
    signed(report, leyla, nima)
    report.refresh_from_db()
    assert report.state == State.SIGNED
    assert report.seal == seal_of(report)
    verbs = list(Entry.objects.filter(subject=report.subject).order_by("id").values_list("verb", flat=True))
    assert verbs == ["report.begun", "report.counted", "report.written", "report.reviewed", "report.signed"]
    assert Entry.objects.get(verb="report.signed").facts["seal"] == report.seal


def test_nothing_of_a_signed_report_changes(report: Report, leyla: Actor, nima: Actor) -> None:
    signed(report, leyla, nima)
    with pytest.raises(actions.NoDraft):
        write(report, leyla, "دگرگون", seen=1)
    with pytest.raises(actions.NoDraft):
        actions_make.ask_figures(report=report, by=leyla, now=NOW)
    with pytest.raises(Refusal):
        actions.send_back(report=report, why="نه", by=nima, now=NOW)
    report.refresh_from_db()
    assert report.seal == seal_of(report)


def test_the_writer_neither_reviews_nor_signs(report: Report, leyla: Actor, nima: Actor) -> None:
    write(report, nima)
    with pytest.raises(actions.ByTheWriter):
        actions.review(report=report, by=nima, now=NOW)
    actions.review(report=report, by=leyla, now=NOW)
    with pytest.raises(actions.ByTheWriter):
        actions.sign(report=report, seal=seal_of(report), by=nima, now=NOW)
    with pytest.raises(NotAllowed):
        actions.sign(report=report, seal=seal_of(report), by=leyla, now=NOW)


def test_what_was_not_looked_at_is_not_signed(report: Report, leyla: Actor, nima: Actor) -> None:
    write(report, leyla)
    actions.review(report=report, by=nima, now=NOW)
    with pytest.raises(actions.OtherSeal):
        actions.sign(report=report, seal="0" * 64, by=nima, now=NOW)


def test_a_report_goes_back_with_a_reason(report: Report, leyla: Actor, nima: Actor) -> None:
    write(report, leyla)
    actions.review(report=report, by=nima, now=NOW)
    with pytest.raises(actions.ReasonNeeded):
        actions.send_back(report=report, why="  ", by=nima, now=NOW)
    actions.send_back(report=report, why="از کرج هم بنویسید.", by=nima, now=NOW)
    assert report.remarks.get().text == "از کرج هم بنویسید."
    write(report, leyla, f"{WORDS}\nکرج خوب بود.", seen=1)


def test_what_two_write_at_once_is_not_lost(report: Report, leyla: Actor, nima: Actor) -> None:
    write(report, leyla)
    with pytest.raises(actions.WrittenMeanwhile):
        write(report, nima, "متن دیگر", seen=0)
    with pytest.raises(actions.WrittenMeanwhile):
        write(report, nima, "متن دیگر", seen=7)
    assert report.texts.get().text == WORDS


def test_a_running_period_is_written_but_not_reviewed(units: dict[str, Unit], leyla: Actor, nima: Actor) -> None:
    running = counted(actions.begin(unit=units["alborz"], period=HALF.next(), by=leyla, now=NOW))
    write(running, leyla)
    with pytest.raises(actions.NotOver):
        actions.review(report=running, by=nima, now=NOW)


def test_figures_from_before_the_end_are_not_reviewed(report: Report, leyla: Actor, nima: Actor) -> None:
    write(report, leyla)
    Report.objects.filter(pk=report.pk).update(built_at=HALF.bounds()[1] - timedelta(days=1))
    report.refresh_from_db()
    with pytest.raises(actions.NoFigures):
        actions.review(report=report, by=nima, now=NOW)


def test_only_one_report_of_a_period_is_at_work(report: Report, leyla: Actor, nima: Actor) -> None:
    with pytest.raises(actions.AlreadyBegun):
        actions.begin(unit=report.unit, period=HALF, by=nima, now=NOW)
    signed(report, leyla, nima)
    again = actions.begin(unit=report.unit, period=HALF, by=leyla, now=NOW)
    assert again.edition == 2
    assert again.texts.get().text == WORDS


def test_reports_are_of_ones_own_offices(units: dict[str, Unit], hire: Hire, leyla: Actor) -> None:
    stranger = hire("goli", "گلی رستمی", "secretary", "qom")
    with pytest.raises(actions.NotYourReport):
        actions.begin(unit=units["alborz"], period=HALF, by=stranger, now=NOW)
    with pytest.raises(actions.BadReportPeriod):
        actions.begin(unit=units["alborz"], period=Period.parse("1405-03"), by=leyla, now=NOW)
    with pytest.raises(actions.NotBegunYet):
        actions.begin(unit=units["alborz"], period=Period.parse("1406-h1"), by=leyla, now=NOW)


def test_reports_are_seen_from_below_once_they_are_signed(
    report: Report, leyla: Actor, nima: Actor, mina: Actor, omid: Actor
) -> None:
    assert not Report.objects.all().seen_by(mina).exists()
    signed(report, leyla, nima)
    assert Report.objects.all().seen_by(mina).get() == report
    assert not Report.objects.all().seen_by(omid).exists()
