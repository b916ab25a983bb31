"""Findings are kept once, whatever is killed in between, and decided by somebody with a reason; no score moves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from takrim.base.period import Period
from takrim.evaluation import actions_watch, watch_run
from takrim.evaluation.actions_watch import FindingReasonUnsaid, PeriodToCome, explain, look_into, uphold
from takrim.evaluation.models import Finding, State, Watching
from takrim.evaluation.moves import FindingCannotMove, OwnOfficeFound
from takrim.evaluation.reads import provinces_of
from takrim.evaluation.watched import watched_in
from takrim.indicators.models import Tally
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.tasks.models import Work
from takrim.tasks.result import Context
from tests.domain.evaluation.watch.made import DAY, HOUR, PERIOD, START
from tests.matters import answered, judged
from tests.people import MakeCase


@pytest.fixture
def burst(make_case: MakeCase) -> None:
    """Seven equal replies within minutes in Nazarabad, and as many in Kahak."""
    for unit in ("nazarabad", "kahak"):
        for number in range(7):
            case = answered(make_case(unit=unit, at=START + DAY), START + 2 * DAY)
            judged(case, 5, START + 3 * DAY + number * HOUR / 60)


def run(watching: Watching, now: datetime) -> None:
    watch_run.run.func(Context(None), watching.pk, now=now)
    watching.refresh_from_db()


@pytest.fixture
def finding(burst: None, tara: Actor, now: datetime) -> Finding:
    run(watch_run.ask(period=PERIOD, by=tara, now=now), now)
    return Finding.objects.get(unit_path="ir/alborz/nazarabad/")


@pytest.mark.usefixtures("burst")
def test_the_ministry_has_the_whole_country_looked_at(tara: Actor, now: datetime) -> None:
    watching = watch_run.ask(period=PERIOD, by=tara, now=now)
    assert (watching.path, watching.total) == ("ir/", 3)
    run(watching, now)
    assert (watching.done, watching.found, watching.finished_at) == (3, 2, now)
    assert list(Finding.objects.order_by("unit_path").values_list("unit_path", "watch", "state")) == [
        ("ir/alborz/nazarabad/", "one_device", "new"),
        ("ir/qom/kahak/", "one_device", "new"),
    ]
    one = Finding.objects.get(unit_path="ir/qom/kahak/")
    assert (one.unusual, one.thousandths, one.limits, len(one.cases)) == ("7/6", 1166, {"minutes": 10, "least": 6}, 7)
    kept = Entry.objects.get(verb="finding.kept", chain="ir/qom/")
    assert kept.facts == {"unit": "ir/qom/kahak/", "watch": "one_device", "period": "1405-h1", "many": 7}


@pytest.mark.usefixtures("burst")
def test_a_directorate_has_its_own_province_looked_at(nima: Actor, now: datetime) -> None:
    run(watch_run.ask(period=PERIOD, by=nima, now=now), now)
    assert list(Finding.objects.values_list("unit_path", flat=True)) == ["ir/alborz/nazarabad/"]


def test_nobody_else_may_have_figures_watched(reza: Actor, leila: Actor, kian: Actor, now: datetime) -> None:
    for actor in (reza, leila, kian):
        with pytest.raises(NotAllowed):
            watch_run.ask(period=PERIOD, by=actor, now=now)


def test_a_period_to_come_has_no_figures(tara: Actor, now: datetime) -> None:
    with pytest.raises(PeriodToCome):
        watch_run.ask(period=Period.parse("1406-h1"), by=tara, now=now)
    assert not Work.objects.exists()


def test_asked_twice_it_runs_once(tara: Actor, now: datetime) -> None:
    first, second = (watch_run.ask(period=PERIOD, by=tara, now=now + number * HOUR) for number in (0, 1))
    assert first.pk == second.pk
    assert Work.objects.count() == 1
    assert Entry.objects.filter(verb="watch.asked").count() == 1


@pytest.mark.usefixtures("burst")
def test_killed_in_between_it_goes_on_and_finds_nothing_twice(
    tara: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = watch_run.ask(period=PERIOD, by=tara, now=now)
    looked: list[str] = []

    def dies(path: str, province: str, period: Period) -> Any:
        looked.append(province)
        if looked == ["ir/", "ir/alborz/", "ir/qom/"]:
            raise KeyboardInterrupt
        return watched_in(path, province, period)

    monkeypatch.setattr(watch_run, "watched_in", dies)
    with pytest.raises(KeyboardInterrupt):
        run(watching, now)
    watching.refresh_from_db()
    assert (watching.done, watching.cursor, watching.finished_at) == (2, "ir/alborz/", None)
    run(watching, now)
    assert looked == ["ir/", "ir/alborz/", "ir/qom/", "ir/qom/"]
    assert (watching.done, watching.found) == (3, 2)
    assert Entry.objects.filter(verb="finding.kept").count() == 2


@pytest.mark.usefixtures("burst")
def test_two_workers_keep_a_province_once(tara: Actor, now: datetime) -> None:
    watching = watch_run.ask(period=PERIOD, by=tara, now=now)
    other = Watching.objects.get(pk=watching.pk)
    province = provinces_of("ir/")[0]
    by = system("watch")
    assert actions_watch.keep(watching=watching, province=province, seen=[], by=by, now=now)
    assert not actions_watch.keep(watching=other, province=province, seen=[], by=by, now=now)


def test_looked_at_again_it_is_the_same_finding_with_the_numbers_of_today(
    finding: Finding, make_case: MakeCase, tara: Actor, now: datetime
) -> None:
    judged(answered(make_case(at=START + DAY), START + 2 * DAY), 5, START + 3 * DAY + HOUR / 15)
    run(watch_run.ask(period=PERIOD, by=tara, now=now + DAY), now + DAY)
    finding.refresh_from_db()
    assert (finding.numbers["many"], len(finding.cases), finding.found_at) == (8, 8, now)
    assert Finding.objects.filter(watch="one_device").count() == 2


def test_a_decided_finding_stays_as_it_was_decided(
    finding: Finding, make_case: MakeCase, tara: Actor, now: datetime
) -> None:
    explain(finding=finding, reason="گروهی از یک کارگاه", by=tara, now=now)
    judged(answered(make_case(at=START + DAY), START + 2 * DAY), 5, START + 3 * DAY + HOUR / 15)
    run(watch_run.ask(period=PERIOD, by=tara, now=now + DAY), now + DAY)
    finding.refresh_from_db()
    assert (finding.numbers["many"], finding.state) == (7, State.EXPLAINED)


def test_it_is_looked_into_then_decided_with_a_reason(finding: Finding, nima: Actor, now: datetime) -> None:
    look_into(finding=finding, by=nima, now=now)
    assert (finding.state, finding.looked_name) == (State.LOOKED_AT, nima.name)
    with pytest.raises(FindingCannotMove):
        look_into(finding=finding, by=nima, now=now)
    with pytest.raises(FindingReasonUnsaid):
        uphold(finding=finding, reason="  ", by=nima, now=now)
    uphold(finding=finding, reason="یک نفر پر کرده است", by=nima, now=now + HOUR)
    explain(finding=finding, reason="دفتر توضیح داد", by=nima, now=now + DAY)
    finding.refresh_from_db()
    assert (finding.state, finding.reason, finding.decided_name) == (State.EXPLAINED, "دفتر توضیح داد", nima.name)
    verbs = Entry.objects.filter(subject=f"finding:{finding.pk}").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["finding.kept", "finding.looked_at", "finding.upheld", "finding.explained"]


def test_whose_it_is_not_decides_nothing(finding: Finding, reza: Actor, leila: Actor, hire: Any, now: datetime) -> None:
    stranger = hire("ali", "علی", "director_general", "qom")
    for actor in (reza, leila, stranger):
        with pytest.raises(NotAllowed):
            uphold(finding=finding, reason="نه", by=actor, now=now)


def test_nobody_judges_their_own_office(finding: Finding, nima: Actor, tara: Actor, now: datetime) -> None:
    Finding.objects.filter(pk=finding.pk).update(unit_path="ir/alborz/")
    finding.refresh_from_db()
    with pytest.raises(OwnOfficeFound):
        explain(finding=finding, reason="ما بودیم", by=nima, now=now)
    explain(finding=finding, reason="بررسی شد", by=tara, now=now)


def test_no_figure_changes_by_a_finding(finding: Finding, tara: Actor, now: datetime) -> None:
    before = list(Tally.objects.order_by("pk").values())
    uphold(finding=finding, reason="پابرجا است", by=tara, now=now)
    assert list(Tally.objects.order_by("pk").values()) == before
