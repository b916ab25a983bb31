"""What the bodies of the demonstration have decided in its half-year, and how far each decision has come."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property, partial
from itertools import cycle
from typing import Any, NamedTuple

from takrim.base.clock import TEHRAN, local_date
from takrim.councils.actions_bodies import Terms, found_body
from takrim.councils.actions_members import Seat, give_seat
from takrim.councils.models import Body, Role
from takrim.decisions import actions_confirm as deeds
from takrim.decisions.actions_do import report, take_up
from takrim.decisions.actions_links import link, open_case
from takrim.decisions.actions_write import Owner, Wording, add_part, issue, until
from takrim.decisions.links import Target, Thing
from takrim.decisions.models import Decision, Relation, Share
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.site.demo.staff import HIRED, Staff
from takrim.site.demo.texts import FOLDER
from takrim.site.demo.weeks import Aside

Do = Callable[[datetime], object]
Step = tuple[datetime, Do]
_DAY = timedelta(days=1)
# The body of each province, where nobody has set one up before.
_BODIES = {
    "ir/alborz/": ("committee", "کمیته صیانت از حقوق شهروندی و تکریم ارباب رجوع", "Committee for citizens' rights"),
    "ir/qom/": ("council", "شورای هماهنگی", "Coordination council"),
}
# So many decisions of each, the last a week ago, one in so many days, each with so much time.
_MANY, _EVERY, _TIME = 24, timedelta(days=7), timedelta(days=30)
# How they end, in turn; what is new has not come so far yet.
_ENDS = (
    "fulfilled", "fulfilled", "returned", "fulfilled", "partly", "fulfilled", "stopped", "fulfilled", "late",
    "fulfilled", "refused", "fulfilled", "fulfilled", "cancelled", "fulfilled", "late",
)  # fmt: skip
_NEW = ("reported", "late", "reported", "issued", "issued")
_REPORTED = frozenset({"fulfilled", "partly", "returned", "reported"})
_JUDGED: dict[str, Callable[..., object]] = {
    "fulfilled": deeds.confirm,
    "partly": deeds.confirm_partly,
    "returned": deeds.send_back,
}
_ENDED: dict[str, Callable[..., object]] = {"refused": deeds.refuse, "stopped": deeds.stop, "cancelled": deeds.cancel}


@dataclass(frozen=True)
class Texts:
    """The file decisions.toml."""

    decisions: list[dict[str, Any]]
    reasons: dict[str, Iterator[str]]

    @classmethod
    def read(cls) -> Texts:
        said = tomllib.loads((FOLDER / "decisions.toml").read_text("utf-8"))
        return cls(said["decision"], {name: cycle(texts) for name, texts in said["reasons"].items()})


class Cast(NamedTuple):
    """Who is who around a body: chair and secretary, and in each office that carries something out who reports."""

    province: str
    chair: Actor
    secretary: Actor
    posts: tuple[Post, Post]
    doers: dict[str, Actor]


def decided(staff: Staff, *, first: datetime, now: datetime) -> list[Aside]:
    """What happens beside the stories of cases, in the order of time."""
    texts, found = Texts.read(), list[Aside]()
    for number, province in enumerate(_BODIES):
        known = _cast(province, staff)
        if known is not None:
            story = _Story(known, texts, number, now)
            found.append((first, partial(story.found, first)))
            found += [(at, partial(_happen, do, at)) for at, do in story.steps() if first < at < now]
    return sorted(found, key=lambda aside: aside[0])


def _happen(do: Do, at: datetime) -> None:
    do(at)


def _cast(province: str, staff: Staff) -> Cast | None:
    """None in a demonstration so small that nobody is there."""
    seats = [next(iter(staff.seats[province][role]), None) for role in ("director_general", "secretary")]
    doers = {path: staff.actors[staff.experts(path)[0]] for path in sorted(staff.below(province))}
    held = [seat for seat in seats if seat is not None]
    if len(held) < 2 or len(doers) < 3:
        return None
    chair, secretary = (staff.actors[seat.person.username] for seat in held)
    return Cast(province, chair, secretary, (held[0].post, held[1].post), doers)


def _at(day: datetime, hour: int) -> datetime:
    return datetime.combine(local_date(day), time(hour), TEHRAN)


class _Story:
    """A year of one body."""

    def __init__(self, cast: Cast, texts: Texts, number: int, now: datetime) -> None:
        self.cast, self.texts, self.number, self.now = cast, texts, number, now
        self.units = {unit.path: unit for unit in Unit.objects.filter(path__in=cast.doers).order_by("path")}
        self.made: dict[int, Decision] = {}

    @cached_property
    def body(self) -> Body:
        return Body.objects.filter(unit_path=self.cast.province).order_by("pk")[0]

    def found(self, at: datetime) -> None:
        """The body is set up with its chair and its secretary, unless somebody has done that before."""
        province, chair = self.cast.province, self.cast.chair
        if Body.objects.filter(unit_path=province).exists():
            return
        kind, name_fa, name_en = _BODIES[province]
        unit = Unit.objects.get(path=province)
        # Without a rhythm: that it did not meet would be said of it otherwise.
        terms = Terms.of_kind(kind, name_fa=name_fa, name_en=name_en, rhythm_period="")
        body = found_body(unit=unit, terms=terms, since=HIRED, by=chair, now=at)
        for role, post in ((Role.CHAIR, self.cast.posts[0]), (Role.SECRETARY, self.cast.posts[1])):
            seat = Seat(role=role, post=post, since=HIRED, votes=role == Role.CHAIR)
            give_seat(body=body, seat=seat, by=chair, now=at)

    def steps(self) -> list[Step]:
        """What is decided, and what becomes of it."""
        found: list[Step] = []
        for turn in range(_MANY):
            issued = _at(self.now - _EVERY * (_MANY - turn) - self.number * _DAY, 10)
            found.append((issued, self._issue(turn)))
            found += self._parts(turn, issued)
            if turn % 9 == 4:
                found.append((issued + _DAY, self._more(turn)))
        return found

    def _said(self, turn: int) -> dict[str, Any]:
        return self.texts.decisions[(turn + 5 * self.number) % len(self.texts.decisions)]

    def _owners(self, turn: int) -> list[str]:
        paths = list(self.units)
        first = turn * 3 + self.number
        return [paths[(first + step) % len(paths)] for step in range(2 if turn % 3 == 0 else 1)]

    def _issue(self, turn: int) -> Do:
        said = self._said(turn)

        def do(at: datetime) -> None:
            targets = [Target(Thing.RIGHT, code) for code in said["rights"]]
            if (before := self.made.get(turn - len(self.texts.decisions))) is not None:
                targets.append(Target(Thing.DECISION, before.code, Relation.CONTINUES))
            wording = Wording(
                text=said["text"],
                proof=said["proof"],
                decided_on=local_date(at),
                owners=[Owner(unit=self.units[path]) for path in self._owners(turn)],
                term=until(local_date(at + _TIME)),
                targets=targets,
            )
            self.made[turn] = issue(body=self.body, wording=wording, by=self.cast.secretary, now=at)

        return do

    def _parts(self, turn: int, issued: datetime) -> Iterator[Step]:
        """Taken up after three days, reported in two or three weeks, looked at a few days later."""
        old = issued + _TIME < self.now
        end = _ENDS[(turn + self.number) % len(_ENDS)] if old else _NEW[turn % len(_NEW)]
        for place, path in enumerate(self._owners(turn), 1):
            mine = end if place == 1 or not old else "fulfilled"
            if mine != "issued":
                yield _at(issued + timedelta(days=3), 9 + place), self._taken(turn, place, path)
            if mine in _REPORTED:
                yield _at(issued + timedelta(days=12 + turn % 17), 9 + place), self._reported(turn, place, path)
            if mine in _JUDGED:
                yield _at(issued + timedelta(days=15 + turn % 17), 9 + place), self._judged(turn, place, mine)
            if mine in _ENDED:
                yield _at(issued + timedelta(days=33 + turn % 5), 9 + place), self._judged(turn, place, mine)

    def _share(self, turn: int, place: int) -> Share:
        return Share.objects.select_related("decision", "duty", "unit").get(decision=self.made[turn], place=place)

    def _taken(self, turn: int, place: int, path: str) -> Do:
        return lambda at: take_up(share=self._share(turn, place), by=self.cast.doers[path], now=at)

    def _reported(self, turn: int, place: int, path: str) -> Do:
        said = self._said(turn)["reports"]
        text = said[(turn + place) % len(said)]
        return lambda at: report(share=self._share(turn, place), text=text, by=self.cast.doers[path], now=at)

    def _judged(self, turn: int, place: int, end: str) -> Do:
        deed = {**_JUDGED, **_ENDED}[end]

        def do(at: datetime) -> None:
            why = {"why": next(self.texts.reasons[end])} if end in self.texts.reasons else {}
            deed(share=self._share(turn, place), by=self.cast.secretary, now=at, **why)

        return do

    def _more(self, turn: int) -> Do:
        """Now and then a case or a part of another office comes of a decision."""
        path = next(path for path in self.units if path not in self._owners(turn))
        return self._case(turn, path) if turn % 2 == 0 else self._another(turn, path)

    def _another(self, turn: int, path: str) -> Do:
        task = "گزارش تجربهٔ اجرای این کار برای اداره‌های دیگر"

        def do(at: datetime) -> None:
            owner = Owner(unit=self.units[path], task=task, term=until(local_date(at + _TIME)))
            add_part(decision=self.made[turn], owner=owner, by=self.cast.secretary, now=at)

        return do

    def _case(self, turn: int, path: str) -> Do:
        subject, unit = "تأمین لوازم اجرای مصوبه", self.units[path]

        def do(at: datetime) -> None:
            decision, by = self.made[turn], self.cast.secretary
            text = f"لوازم و اعتبار لازم برای مصوبهٔ «{decision.title}» بررسی و نتیجه به دبیر اعلام شود."
            open_case(decision=decision, unit=unit, kind="request", subject=subject, text=text, by=by, now=at)
            link(decision=decision, target=Target(Thing.WORKPLACE, "14003217"), by=by, now=at)

        return do
