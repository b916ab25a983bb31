"""What is unusual in the demonstration: stories that a watch finds in the figures of the last season that is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.cases.actions_end import OBJECTION_TIME
from takrim.evaluation import actions_watch
from takrim.evaluation.models import Finding, Watching
from takrim.evaluation.reads import provinces_of
from takrim.evaluation.watched import watched_in
from takrim.orgs.actor import system
from takrim.orgs.calendars import calendar_of
from takrim.site.demo import hours
from takrim.site.demo.scenario import Scenario
from takrim.site.demo.staff import Staff
from takrim.site.demo.steps import CLOSER, HOLDER, Do, Opening, Step

_DAY = timedelta(days=1)
# A small office that ends what has been lying there within the last days of a season, six of it with more time at the
# last moment; and one that hands late matters over to its neighbour.
_RUSHING, _SAVED_UP, _LONGER = "ir/alborz/eshtehard/", 16, 6
_PASSING, _NEIGHBOUR, _PASSED = "ir/alborz/savojbolagh/", "ir/alborz/fardis/", 4
_MORE_TIME = "برای تکمیل بررسی به زمان بیشتری نیاز است."
_NOT_OURS = "محل کارگاه در حوزه شهرستان همسایه است."
_EXPLAINED = "پرونده‌ها پس از پیگیری متقاضیان به اداره همسایه رسید؛ نشانی کارگاه در درخواست‌ها نادرست بود."


def last_season(now: datetime) -> Period:
    """The season that was over last: its figures are all there."""
    return Period.containing(local_date(now), PeriodKind.SEASON).previous()


class Unusual:
    """Draws these stories; their openings are numbered behind those of the scenario."""

    def __init__(self, random: Random, scenario: Scenario, staff: Staff, now: datetime) -> None:
        self.random, self.scenario, self.staff, self.now = random, scenario, staff, now
        self.end = last_season(now).bounds()[1]

    def stories(self) -> Iterator[list[Step]]:
        """One list of steps for each matter. None where an office has nobody for them."""
        if self.staff.signers(_RUSHING):
            for place in range(_SAVED_UP):
                yield self._ended_in_a_rush(longer=place < _LONGER)
        if self.staff.signers(_PASSING) and self.staff.signers(_NEIGHBOUR):
            for place in range(_PASSED):
                yield self._passed_on(self.end - (12 + 9 * place) * _DAY)

    def _ended_in_a_rush(self, *, longer: bool) -> list[Step]:
        *_, first, last = self._open_days(_RUSHING, self.end - 5 * _DAY, self.end)
        head, hours_of = self._head(_RUSHING), calendar_of(_RUSHING)
        due = hours_of.closing(first) if longer else self.end + 9 * _DAY
        opening = self._due_by(_RUSHING, due, at_least=(8 if longer else 18) * _DAY)
        steps = [self._received(opening)]
        if longer:
            at = min(opening.due, hours_of.closing(first)) - timedelta(minutes=self.random.randrange(20, 90))
            steps.append(self._step(opening, Do.EXTEND, at, head, reason=_MORE_TIME))
        steps.append(self._answered(opening, hours.at_the_desk(self.random, hours_of, last), head))
        return [*steps, self._closed(opening, steps[-1].at)]

    def _passed_on(self, around: datetime) -> list[Step]:
        opening = self._due_by(_PASSING, around, at_least=8 * _DAY)
        at = opening.due - timedelta(minutes=self.random.randrange(15, 120))
        steps = [
            self._received(opening),
            self._step(opening, Do.TRANSFER, at, self._head(_PASSING), path=_NEIGHBOUR, reason=_NOT_OURS),
        ]
        taken, answered, *_ = self._open_days(_NEIGHBOUR, at + _DAY, at + 12 * _DAY)
        there, hours_of = self._head(_NEIGHBOUR), calendar_of(_NEIGHBOUR)
        steps.append(self._step(opening, Do.TAKE_OVER, hours.at_the_desk(self.random, hours_of, taken), there))
        steps.append(self._answered(opening, hours.at_the_desk(self.random, hours_of, answered), there))
        return [*steps, self._closed(opening, steps[-1].at)]

    def _due_by(self, path: str, moment: datetime, *, at_least: timedelta) -> Opening:
        opening = self.scenario.due_by(path, moment, at_least=at_least)
        self.scenario.openings.append(opening)
        return opening

    def _open_days(self, path: str, since: datetime, until: datetime) -> list[date]:
        """The days on which an office is open between two moments."""
        first, last = local_date(since), local_date(until - timedelta(seconds=1))
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if calendar_of(path).is_open(day)]

    def _head(self, path: str) -> str:
        return self.staff.signers(path)[0]

    def _received(self, opening: Opening) -> Step:
        said = {"opening": opening, "paper": None, "subject": opening.voice.subject, "text": opening.voice.text()}
        return Step(opening.received, opening.number, Do.RECEIVE, HOLDER, said)

    def _answered(self, opening: Opening, at: datetime, by: str) -> Step:
        return self._step(opening, Do.AT_ONCE, at, by, words=opening.voice.answer(), how="phone")

    def _closed(self, opening: Opening, answered: datetime) -> Step:
        return self._step(opening, Do.CLOSE, answered + OBJECTION_TIME + timedelta(minutes=5), CLOSER)

    def _step(self, opening: Opening, do: Do, at: datetime, by: str, **data: Any) -> Step:
        return Step(at, opening.number, do, by, data)


def look_at_figures(staff: Staff, now: datetime) -> None:
    """The ministry has the last season looked at; one finding is explained already, into another somebody looks."""
    by = next((actor for actor in staff.actors.values() if actor.role == "national_officer"), None)
    if by is None:
        return
    period = last_season(now)
    watching = actions_watch.ask(period=period, by=by, now=now)
    _look(watching, period, now)
    passed = Finding.objects.filter(watch="late_passed_on", unit_path=_PASSING).first()
    rushed = Finding.objects.filter(watch="rush_at_end", unit_path=_RUSHING).first()
    if passed is not None:
        actions_watch.explain(finding=passed, reason=_EXPLAINED, by=by, now=now)
    if rushed is not None:
        actions_watch.look_into(finding=rushed, by=by, now=now)


def _look(watching: Watching, period: Period, now: datetime) -> None:
    """What the worker does when it is asked for."""
    by = system("watch")
    for province in provinces_of(watching.path):
        seen = list(watched_in(watching.path, province, period))
        actions_watch.keep(watching=watching, province=province, seen=seen, by=by, now=now)
    actions_watch.finish(watching=watching, by=by, now=now)
