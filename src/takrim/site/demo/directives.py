"""Directives in the demonstration: circulars that are read, planned, reported, confirmed, and some left undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache, partial
from heapq import heappop, heappush
from itertools import count
from typing import Any

from takrim.base.clock import local_date
from takrim.directives import actions_work as work
from takrim.directives.actions import Terms, To, Words, keep_clause, register, relate
from takrim.directives.actions_issue import issue
from takrim.directives.actions_periods import due_clauses, open_periods, settle_one, to_settle
from takrim.directives.models import Demand, Directive, How, Reading, Whom
from takrim.duties.models import State as DutyState
from takrim.evidence.actions import Upload
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of, unit_name
from takrim.site.demo.staff import Staff
from takrim.site.demo.texts import FOLDER, read
from takrim.site.demo.weeks import Aside
from takrim.site.seeded import seeded

_HOUSES = {"alborz": "ir/alborz/", "qom": "ir/qom/", "national": ROOT}
# Of a hundred: heads who read it, offices that plan, that report, that report in time; reports that are returned, that
# wait for long.
_READ, _PLAN, _REPORT, _IN_TIME, _RETURN, _WAIT = 92, 45, 88, 80, 25, 12
_PLANS = (
    "مسئول کار تعیین و هزینه آن برآورد می‌شود؛ نتیجه پیش از پایان مهلت گزارش می‌شود.",
    "کار با همکاری دبیرخانه در دو گام انجام می‌شود.",
)
_STEPS = ("تعیین مسئول و برآورد کار", "اجرا و تهیه مستند")
_REPORTS = (
    "انجام شد. مستند پیوست است.",
    "بند در اداره اجرا و نتیجه به کارکنان ابلاغ شد. مستند پیوست است.",
    "در تاریخ یادشده انجام و از محل بازدید شد.",
)
_WHY = ("تاریخ روی مستند دیده نمی‌شود.", "مستند به همه خواسته بند پاسخ نمی‌دهد؛ کامل کنید.")


@cache
def _told() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read(FOLDER / "directives.toml")["directive"]
    return sorted(rows, key=lambda row: -int(row["days"]))


def directives(seed: int, staff: Staff, *, first: datetime, now: datetime) -> list[Aside]:
    """What of it happens on each morning between two moments."""
    year = _Year(seed, staff, now)
    mornings = (_morning(first + timedelta(days=day)) for day in range(1, (now - first).days + 1))
    return [(at, partial(year.live, at)) for at in (*(one for one in mornings if one < now), now)]


def _morning(moment: datetime) -> datetime:
    return moment.replace(hour=7, minute=0, second=0)


class _Year:
    """What is to come is kept in the order of time; each thing that happens adds what follows from it."""

    def __init__(self, seed: int, staff: Staff, now: datetime) -> None:
        self.random, self.staff, self.now = seeded(seed), staff, now
        self.keepers = {house: self._keeper(path) for house, path in _HOUSES.items()}
        self.known: dict[str, Directive] = {}
        self.last = 0
        self.coming: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.number = count()
        for row in _told():
            self.later(now - timedelta(days=int(row["days"])), partial(self._issue, row))

    def later(self, at: datetime, what: Callable[[datetime], None]) -> None:
        heappush(self.coming, (at, next(self.number), what))

    def live(self, at: datetime) -> None:
        """All that has come by a morning."""
        for pk in due_clauses(at):
            open_periods(clause_id=pk, by=system("open_clauses"), now=at)
        while self.coming and self.coming[0][0] <= at:
            heappop(self.coming)[2](at)
        self._plan_ahead()
        for pk in to_settle(at):
            settle_one(directive_id=pk, by=system("open_clauses"), now=at)

    def _keeper(self, house: str) -> Actor | None:
        """Who keeps directives in a house: its secretary, or else whoever may."""
        able = [
            one
            for one in self.staff.actors.values()
            if one.may(Power.DIRECTIVE_ISSUE) and house_of(one.unit_path) == house
        ]
        return min(able, key=lambda one: (one.role != "secretary", one.code), default=None)

    def _issue(self, row: Mapping[str, Any], at: datetime) -> None:
        by = self.keepers[row["house"]]
        if by is None:
            return
        house = house_of(by.unit_path)
        words = Words(
            source=row["source"],
            number=row["number"],
            dated=local_date(at) - timedelta(days=3),
            issuer=row.get("issuer") or unit_name(house, "fa"),
            subject=row["subject"],
            text=row["text"],
        )
        directive = register(words=words, by=by, now=at)
        self.known[row["number"]] = directive
        for told in row.get("clause", ()):
            whom = [_to(name, house) for name in told["to"]]
            keep_clause(directive=directive, clause=None, terms=_terms(told), whom=whom, by=by, now=at)
        for how in (How.SUPERSEDES, How.AMENDS):
            if how in row:
                relate(directive=directive, older=self.known[row[how]], how=how, by=by, now=at)
        if words.text:
            issue(directive=directive, by=by, now=at)
            for reading in Reading.objects.filter(directive=directive).order_by("pk"):
                self._will_read(reading, at)

    def _will_read(self, reading: Reading, at: datetime) -> None:
        names = self.staff.with_role(reading.unit_path, *work.HEADS)
        if names and self.random.randrange(100) < _READ:
            head = self.staff.actors[names[0]]
            self.later(at + timedelta(days=self.random.randint(1, 6)), partial(_say_read, reading, head))

    def _plan_ahead(self) -> None:
        """What offices will make of what they owe since today."""
        for demand in Demand.objects.filter(pk__gt=self.last).select_related("duty", "directive").order_by("pk"):
            self.last = demand.pk
            names = self.staff.with_role(demand.unit_path, "head", "expert")
            if names:
                self._fate(demand, self.staff.actors[names[0]], self.staff.actors[names[-1]])

    def _fate(self, demand: Demand, head: Actor, doer: Actor) -> None:
        """A plan or none; a report in time, late, or none."""
        random, duty = self.random, demand.duty
        due = duty.due_at or duty.opened_at + timedelta(days=30)
        if random.randrange(100) < _PLAN:
            self.later(duty.opened_at + (due - duty.opened_at) / 4, partial(self._plan, demand.pk, head, doer))
        share = random.randint(45, 95) if random.randrange(100) < _IN_TIME else random.randint(105, 140)
        if random.randrange(100) < _REPORT or _is_sure(demand):
            self.later(duty.opened_at + (due - duty.opened_at) * share / 100, partial(self._report, demand.pk, doer))

    def _plan(self, pk: int, head: Actor, doer: Actor, at: datetime) -> None:
        demand = _demand(pk)
        if demand.duty.state != DutyState.OPEN:
            return
        last = local_date(demand.duty.due_at or at + timedelta(days=20))
        days = (last - timedelta(days=8), last - timedelta(days=2))
        steps = [
            work.Step(text=text, due_on=day, responsible=doer.name) for text, day in zip(_STEPS, days, strict=True)
        ]
        work.plan(demand=demand, text=self.random.choice(_PLANS), steps=steps, by=head, now=at)
        work.step_done(step=demand.steps.earliest("number"), by=doer, now=at)

    def _report(self, pk: int, doer: Actor, at: datetime) -> None:
        demand = _demand(pk)
        if demand.duty.state not in {DutyState.OPEN, DutyState.RETURNED}:
            return
        paper = Upload("مستند.txt", [f"{demand.directive.number}: {demand.clause.proof}".encode()])
        work.report(demand=demand, text=self.random.choice(_REPORTS), uploads=[paper], by=doer, now=at)
        if self.random.randrange(100) >= _WAIT or _is_sure(demand):
            self.later(at + timedelta(days=self.random.randint(1, 6)), partial(self._judge, pk, doer))

    def _judge(self, pk: int, doer: Actor, at: datetime) -> None:
        demand = _demand(pk)
        judge = next((one for one in self.keepers.values() if one and work.may_judge(demand, one)), None)
        if judge is None or demand.duty.state != DutyState.ANSWERED:
            return
        if self.random.randrange(100) >= _RETURN or _is_sure(demand):
            work.confirm(demand=demand, by=judge, now=at)
            return
        work.return_report(demand=demand, why=self.random.choice(_WHY), by=judge, now=at)
        self.later(at + timedelta(days=self.random.randint(5, 25)), partial(self._report, pk, doer))


def _is_sure(demand: Demand) -> bool:
    """Of this directive everything is carried out."""
    return any(row.get("sure") and row["number"] == demand.directive.number for row in _told())


def _demand(pk: int) -> Demand:
    return Demand.objects.select_related("duty", "clause", "directive", "unit").get(pk=pk)


def _terms(told: Mapping[str, Any]) -> Terms:
    return Terms(**{name: value for name, value in told.items() if name != "to"})


def _to(name: str, house: str) -> To:
    if name == "counties":
        return To(Whom.COUNTIES, Unit.objects.get(path=house))
    return To(Whom.UNIT, Unit.objects.get(path=f"{house}{name}/"))


def _say_read(reading: Reading, head: Actor, at: datetime) -> None:
    reading.refresh_from_db()
    if reading.dropped_at is None and work.may_read(reading, head):
        work.read(reading=reading, by=head, now=at)
