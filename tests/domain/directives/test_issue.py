"""A directive reaches those it means: readings, duties, newcomers, and what a newer one ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from takrim.directives.actions import Terms, To, WhyChanged, relate
from takrim.directives.actions_issue import NobodyNew, NoReason, cancel, change_issued, issue, join, newcomers
from takrim.directives.actions_work import NotYourReading, ReadAlready, read
from takrim.directives.models import ClauseKind, Demand, Directive, How, Reading, State, Whom
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.jobs.catalogue import join_directives
from takrim.journal.models import Entry
from takrim.journal.tell import timeline
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from tests.directives import MakeDirective, due_day, once, owed, words
from tests.people import NOW, Hire


def test_every_county_office_owes_each_clause_and_is_asked_to_read(make_directive: MakeDirective) -> None:
    directive = make_directive(once(), once(kind=ClauseKind.ALWAYS, length=""))
    assert directive.state == State.ISSUED
    owing = Demand.objects.filter(directive=directive).order_by("code").values_list("unit_path", "duty__kind")
    assert sorted(owing) == sorted([("ir/alborz/karaj/", "clause"), ("ir/alborz/nazarabad/", "clause")] * 2)
    assert Reading.objects.unread().filter(directive=directive).count() == 2
    dated, always = owed(directive, "karaj").duty, owed(directive, "karaj", 2).duty
    assert due_day(dated) == date(2026, 12, 8)
    assert (dated.rung_at is not None, always.due_at, dated.judge_path) == (True, None, "ir/alborz/")
    assert [line.verb for line in timeline(directive.code)][-3:] == [
        "directive.asked",
        "directive.asked",
        "directive.issued",
    ]


def test_one_that_the_ministry_issues_reaches_the_counties_of_every_province(
    make_directive: MakeDirective, tara: Actor
) -> None:
    directive = make_directive(by=tara)
    paths = Demand.objects.filter(directive=directive).values_list("unit_path", flat=True)
    assert sorted(paths) == ["ir/alborz/karaj/", "ir/alborz/nazarabad/", "ir/qom/kahak/"]
    chains = Entry.objects.filter(verb="duty.opened").values_list("chain", flat=True).distinct()
    assert sorted(chains) == ["ir/alborz/", "ir/qom/"]


def test_a_post_is_asked_and_owes_by_itself(
    make_directive: MakeDirective, units: dict[str, Unit], mina: Actor, reza: Actor
) -> None:
    post = Post.objects.get(pk=mina.post_id)
    directive = make_directive(to=[To(Whom.POST, units["nazarabad"], post), To(Whom.UNIT, units["nazarabad"])])
    demands = Demand.objects.filter(directive=directive)
    assert demands.count() == 2
    assert Duty.objects.get(assignee=post).about == demands.get(post=post).code
    reading = Reading.objects.get(directive=directive, post=post)
    with pytest.raises(NotYourReading):
        read(reading=reading, by=reza, now=NOW)
    read(reading=reading, by=mina, now=NOW)


def test_the_head_reads_it_once(make_directive: MakeDirective, reza: Actor, mina: Actor) -> None:
    directive = make_directive()
    reading = Reading.objects.get(directive=directive, unit_path=reza.unit_path)
    with pytest.raises(NotYourReading):
        read(reading=reading, by=mina, now=NOW)
    read(reading=reading, by=reza, now=NOW)
    assert (reading.read_by_name, reading.read_at) == ("رضا کریمی", NOW)
    with pytest.raises(ReadAlready):
        read(reading=reading, by=reza, now=NOW)


def test_an_office_that_is_opened_later_joins_on_command(make_directive: MakeDirective, leila: Actor) -> None:
    directive = make_directive(once(length="", due_on=date(2026, 11, 30)))
    with pytest.raises(NobodyNew):
        join(directive=directive, by=leila, now=NOW)
    fields = dict.fromkeys(("name_fa", "name_en", "short_fa", "short_en"), "طالقان")
    taleqan = Unit.objects.create(path="ir/alborz/taleqan/", kind="county", **fields)
    later = NOW + timedelta(days=20)
    assert [target.unit for targets in newcomers(directive, later).values() for target in targets] == [taleqan]
    assert join(directive=directive, by=leila, now=later) == 1
    assert due_day(owed(directive, "taleqan").duty) > date(2026, 12, 20)
    assert Reading.objects.filter(directive=directive, unit=taleqan).count() == 1
    with pytest.raises(NobodyNew):
        join(directive=directive, by=leila, now=later)


def test_an_office_that_is_opened_later_joins_by_night_with_a_time_of_its_own(
    make_directive: MakeDirective, tara: Actor
) -> None:
    """Whatever the clause says of its day, nobody who has just come is late or has less than the usual time."""
    clauses = [
        once(length="", due_on=date(2026, 11, 26)),
        once(length="10 working days"),
        Terms(text="هر ماه گزارش شود.", kind=ClauseKind.PERIODIC, every="month"),
        Terms(text="همیشه رعایت شود.", kind=ClauseKind.ALWAYS),
    ]
    directive = make_directive(*clauses, by=tara)
    assert join_directives.run(NOW) == 0
    fields = dict.fromkeys(("name_fa", "name_en", "short_fa", "short_en"), "طالقان")
    taleqan = Unit.objects.create(path="ir/alborz/taleqan/", kind="county", **fields)
    # The last day of Azar: what is owed for the month would be over this evening.
    coming = datetime(2026, 12, 21, 5, tzinfo=UTC)
    assert join_directives.run(coming) == 1
    usual = date(2027, 1, 20)
    assert due_day(owed(directive, "taleqan", 1).duty) == usual
    assert due_day(owed(directive, "taleqan", 2).duty) < usual
    assert due_day(owed(directive, "taleqan", 3).duty) == usual
    assert owed(directive, "taleqan", 4).duty.due_at is None
    assert not Demand.objects.filter(unit=taleqan, duty__due_at__lt=coming).exists()
    assert join_directives.run(coming) == 0


def test_the_ministry_means_whole_provinces_and_each_sees_its_own(
    make_directive: MakeDirective, tara: Actor, leila: Actor, reza: Actor, omid: Actor, units: dict[str, Unit]
) -> None:
    of_alborz = make_directive(by=tara, to=[To(Whom.PROVINCE, units["alborz"])], number="1")
    both = make_directive(by=tara, to=[To(Whom.PROVINCE, units["alborz"]), To(Whom.PROVINCE, units["qom"])], number="2")
    here = set(Unit.objects.under("ir/alborz/").values_list("path", flat=True))
    assert set(Demand.objects.filter(directive=of_alborz).values_list("unit_path", flat=True)) == here
    assert {"ir/alborz/", "ir/alborz/nazarabad/"} < here
    # Leila keeps the directives of Alborz, Omid leads the office of Qom.
    seen = Demand.objects.filter(directive=both).seen_by(leila)
    assert set(seen.values_list("unit_path", flat=True)) == here
    assert set(Demand.objects.filter(directive=both).seen_by(omid).values_list("unit__path", flat=True)) <= {
        "ir/qom/",
        "ir/qom/kahak/",
    }
    assert not Directive.objects.filter(pk=of_alborz.pk).seen_by(omid).exists()
    assert Directive.objects.filter(pk=of_alborz.pk).seen_by(reza).exists()


def test_a_newer_one_ends_what_is_still_owed_and_the_older_shows_it(
    make_directive: MakeDirective, leila: Actor, reza: Actor
) -> None:
    older = make_directive(once(length="", kind=ClauseKind.PERIODIC, every="month"), once())
    reported = owed(older, "nazarabad", 2)
    Duty.objects.filter(pk=reported.duty_id).update(state=DutyState.ANSWERED, answered_at=NOW)
    newer = make_directive(issued=False, number="2")
    relate(directive=newer, older=older, how=How.SUPERSEDES, by=leila, now=NOW)
    issue(directive=newer, by=leila, now=NOW)
    older.refresh_from_db()
    assert (older.state, older.ended_at) == (State.SUPERSEDED, NOW)
    states = Demand.objects.filter(directive=older).values_list("duty__state", flat=True)
    assert sorted(states) == [DutyState.ANSWERED, *[DutyState.WITHDRAWN] * 3]
    assert older.later.get().newer == newer
    assert not Reading.objects.unread().filter(directive=older).exists()


def test_one_that_amends_ends_nothing(make_directive: MakeDirective, leila: Actor) -> None:
    older = make_directive()
    newer = make_directive(issued=False, number="2")
    relate(directive=newer, older=older, how=How.AMENDS, by=leila, now=NOW)
    issue(directive=newer, by=leila, now=NOW)
    older.refresh_from_db()
    assert older.state == State.ISSUED
    assert Duty.objects.owed().filter(about__in=older.demands.values("code")).count() == 2


def test_it_is_cancelled_with_a_reason(make_directive: MakeDirective, leila: Actor) -> None:
    directive = make_directive()
    with pytest.raises(NoReason):
        cancel(directive=directive, why=" ", by=leila, now=NOW)
    cancel(directive=directive, why="به دستور وزارت", by=leila, now=NOW)
    assert directive.state == State.CANCELLED
    assert not Duty.objects.owed().exists()


def test_new_words_of_one_in_force_are_read_anew(make_directive: MakeDirective, leila: Actor, reza: Actor) -> None:
    directive = make_directive()
    first = Reading.objects.get(directive=directive, unit_path=reza.unit_path)
    read(reading=first, by=reza, now=NOW)
    with pytest.raises(WhyChanged):
        change_issued(directive=directive, words=words(), seen=1, why="", by=leila, now=NOW)
    directive = Directive.objects.get(pk=directive.pk)
    change_issued(directive=directive, words=words(text="متن تازه"), seen=1, why="اصلاح غلط تایپی", by=leila, now=NOW)
    assert directive.version == 2
    assert Reading.objects.unread().filter(directive=directive, version=2).count() == 2
    assert Reading.objects.unread().filter(directive=directive).count() == 2


def test_who_sees_which(
    make_directive: MakeDirective, leila: Actor, mina: Actor, omid: Actor, tara: Actor, hire: Hire
) -> None:
    draft = make_directive(issued=False, number="1")
    issued = make_directive(number="2")
    national = make_directive(number="3", by=tara, to=[To(Whom.UNIT, Unit.objects.get(path="ir/qom/"))])

    def seen(actor: Actor) -> set[int]:
        return set(Directive.objects.seen_by(actor).values_list("pk", flat=True))

    assert seen(leila) == {draft.pk, issued.pk}
    assert seen(mina) == {issued.pk}
    assert seen(omid) == {national.pk}
    assert seen(tara) == {issued.pk, national.pk}
    assert seen(hire("sara", "سارا", "desk_officer", "alborz")) == set()


@pytest.fixture(autouse=True)
def _db(db: None) -> None:
    """Every test here needs its offices."""
