"""The weeks of the year in the demonstration: offices planned actions, did them, and proved most of them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from takrim.base.clock import TEHRAN, local_date
from takrim.base.jalali import JalaliDate
from takrim.orgs.actor import Actor
from takrim.orgs.paths import province_of
from takrim.orgs.units import all_names
from takrim.programmes.actions import Plan, plan
from takrim.programmes.programme import catalogue
from takrim.proofs import actions as proofs
from takrim.proofs.actions_judge import Verdict, judge
from takrim.site.demo.staff import Staff

_FILE = Path(__file__).parents[1] / "demonstration/weeks.toml"
_PROVINCES = ("ir/alborz/", "ir/qom/")
# Three offices of a province take part in all weeks, the others are too small.
_OFFICES = 3
_PLANNED_AHEAD = timedelta(days=20)
_VERDICTS = {"proven": Verdict.ACCEPT, "returned": Verdict.RETURN}
_WHY = "عکس‌ها تاریخ و محل را نشان نمی‌دهد؛ فهرست حاضران را هم پیوست کنید."


# Something that happens beside the stories, in its own moment.
Aside = tuple[datetime, Callable[[], None]]


def weeks(staff: Staff, *, first: datetime, now: datetime) -> list[Aside]:
    """Every office in turn does what the file says, a little differently from the others; in the order of time."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["action"]
    year = JalaliDate.from_date(local_date(now)).year
    found: list[Aside] = []
    for province in _PROVINCES:
        secretary = next(iter(staff.with_role(province, "secretary")), None)
        for place, path in enumerate(_of(province, staff)):
            for number, row in enumerate(rows):
                # Each leaves one action to the others.
                if secretary and number % (_OFFICES + 1) != place:
                    one = _One(staff, path, row, year, 1 + place, staff.actors[secretary])
                    found += one.asides(first, now)
    return sorted(found, key=lambda aside: aside[0])


def _of(province: str, staff: Staff) -> list[str]:
    counties = [path for path, unit in all_names().items() if unit.kind == "county" and province_of(path) == province]
    return [path for path in counties if path in staff.seats and staff.with_role(path, "head")][-_OFFICES:]


class _One:
    """One action: planned before its day; past, it is proven as its fate says."""

    def __init__(self, staff: Staff, path: str, row: dict[str, Any], year: int, share: int, secretary: Actor) -> None:
        self.seat = staff.seats[path]["head"][0]
        self.head, self.secretary = staff.actors[self.seat.person.username], secretary
        self.week, self.year, self.fate = row["week"], year, row["fate"]
        day = catalogue()[self.week].days(year)[0] + timedelta(days=row["day"])
        starts = datetime.combine(day, time(row["hour"]), TEHRAN).astimezone(UTC)
        self.what = Plan(
            kind=row["kind"],
            title=row["title"],
            audience=row["audience"],
            starts_at=starts,
            ends_at=starts + timedelta(hours=row["hours"]),
            people=row["people"] // share,
            online=row.get("online", 0) // share,
            place=row["place"],
            is_open=row["open"],
            post=self.seat.post,
        )

    def asides(self, first: datetime, now: datetime) -> list[Aside]:
        """What happens of it between two moments; nothing of what was over before the first."""
        planned, proven = self.what.starts_at - _PLANNED_AHEAD, self.what.ends_at + timedelta(days=1)
        if planned < first:
            return []
        found: list[Aside] = [(min(planned, now), partial(self._plan, min(planned, now)))]
        if proven < now and self.fate != "nothing":
            found.append((proven, partial(self._prove, proven)))
        judged = proven + timedelta(days=2)
        if judged < now and self.fate in _VERDICTS:
            found.append((judged, partial(self._judge, judged)))
        return found

    def _plan(self, at: datetime) -> None:
        unit = self.seat.post.unit
        self.planned = plan(unit=unit, programme=self.week, year=self.year, what=self.what, by=self.head, now=at)

    def _prove(self, at: datetime) -> None:
        """Nine of ten of those expected came."""
        what = self.what
        done = proofs.Done(
            title=what.title,
            text=f"{what.title} برگزار شد. مخاطب: {what.audience}.",
            done_on=local_date(what.starts_at),
            place=what.place,
            manner="in_person" if what.place else "online",
            audience=what.audience,
            people=(what.people or what.online) * 9 // 10,
        )
        pairs = [("programme", self.planned.code)]
        self.action = proofs.begin(done=done, proves=pairs, by=self.head, now=at)
        url = f"https://news.takrim.example/{self.planned.code}"
        proofs.add_link(action=self.action, url=url, title="خبر و عکس در پایگاه اداره", by=self.head, now=at)
        proofs.send(action=self.action, by=self.head, now=at)

    def _judge(self, at: datetime) -> None:
        reason = _WHY if self.fate == "returned" else ""
        judge(action=self.action, verdict=_VERDICTS[self.fate], reason=reason, by=self.secretary, now=at)
