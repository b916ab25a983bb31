"""Offices that did what a watch looks for, each beside a twin that did nearly the same and is innocent. Seeded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from takrim.base.period import Period
from takrim.evaluation.facts import Again, Ended, Facts, Filed, Longer, Passed, Reply, Text

PERIOD = Period.parse("1405-h1")
START, END = PERIOD.bounds()
UNIT = "ir/alborz/karaj/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLERK, COLLEAGUE = "person:7", "person:8"


def some(random: Random, first: datetime, last: datetime) -> datetime:
    return first + (last - first) * random.random()


def office(**rows: Any) -> Facts:
    return Facts(unit=UNIT, start=START, end=END, **rows)


def ended(number: int, at: datetime, *, waited: timedelta = 9 * DAY, left: timedelta = 5 * DAY, by: str = "") -> Ended:
    """`left`: how long before its date it was ended."""
    return Ended(f"c{number}", at, by, "answered", at - waited, at + left)


def usual_work(random: Random) -> list[Ended]:
    """A hundred matters, evenly over the half-year until its last week."""
    return [ended(number, some(random, START, END - 6 * DAY)) for number in range(100)]


def rush_at_end(random: Random, *, waited: timedelta = 40 * DAY) -> Facts:
    rush = [ended(500 + number, some(random, END - 3 * DAY, END), waited=waited) for number in range(25)]
    return office(ended=[*usual_work(random), *rush])


def busy_at_end(random: Random) -> Facts:
    """As many in the last days, but they came in those days."""
    return rush_at_end(random, waited=DAY)


def same_text(random: Random, *, plain: bool = True) -> Facts:
    alike = [Text(f"a{number}", "same", plain) for number in range(9)]
    texts = alike + [Text(f"b{number}", str(random.random()), True) for number in range(40)]
    random.shuffle(texts)
    return office(texts=texts)


def template_used(random: Random) -> Facts:
    return same_text(random, plain=False)


def ended_at_deadline(random: Random, *, others_back: int = 2) -> Facts:
    near = [ended(200 + number, some(random, START, END - 6 * DAY), left=3 * HOUR) for number in range(12)]
    early = usual_work(random)
    back = [Again(row.code, row.at + 4 * DAY) for row in near[:6]]
    back += [Again(row.code, row.at + 4 * DAY) for row in early[:others_back]]
    return office(ended=[*early, *near], again=back)


def objected_to_alike(random: Random) -> Facts:
    """As many come back of those answered on the last day, and half of all others too."""
    return ended_at_deadline(random, others_back=50)


def _extensions(random: Random, *, early: int) -> Facts:
    last = [some(random, START, END) for _number in range(8)]
    rows = [Longer(f"l{number}", at, at + 5 * HOUR) for number, at in enumerate(last)]
    rows += [Longer(f"e{number}", at, at + 6 * DAY) for number, at in enumerate(last * 3)][:early]
    return office(longer=rows)


def extended_at_breach(random: Random) -> Facts:
    return _extensions(random, early=3)


def extended_early(random: Random) -> Facts:
    """As many on the last day, but most are asked for in time."""
    return _extensions(random, early=20)


def one_hand(random: Random, *, by: str = CLERK) -> Facts:
    filed = [Filed(f"c{number}", some(random, START, END - 6 * DAY), "request", CLERK) for number in range(200, 230)]
    at_once = [ended(int(row.code[1:]), row.at + HOUR, waited=HOUR, by=by) for row in filed]
    return office(filed=filed, ended=[*usual_work(random), *at_once])


def two_hands(random: Random) -> Facts:
    """As quick, but a colleague answered."""
    return one_hand(random, by=COLLEAGUE)


def one_device(random: Random, *, mixed: bool = False) -> Facts:
    at = some(random, START, END - DAY)
    marks = [f'{{"overall":{mark}}}' for mark in ((5, 4, 5, 3, 5, 2, 4) if mixed else [5] * 7)]
    burst = [Reply(f"t{number}", at + number * HOUR / 40, "tablet", mark) for number, mark in enumerate(marks)]
    others = [Reply(f"o{number}", START + number * DAY, "link", '{"overall":5}') for number in range(60)]
    return office(replies=[*others, *burst])


def busy_tablet(random: Random) -> Facts:
    """As many at the same tablet in as short a time, each of another mind."""
    return one_device(random, mixed=True)


def _transfers(random: Random, *, left: timedelta) -> Facts:
    at = [some(random, START, END) for _number in range(9)]
    late = [Passed(f"p{number}", moment, moment + left) for number, moment in enumerate(at[:5])]
    return office(
        passed=late + [Passed(f"q{number}", moment, moment + 15 * DAY) for number, moment in enumerate(at[5:])]
    )


def late_passed_on(random: Random) -> Facts:
    return _transfers(random, left=-DAY)


def early_passed_on(random: Random) -> Facts:
    """As many, in their first days."""
    return _transfers(random, left=12 * DAY)


def kinds_shifted(random: Random, *, around: int = 40) -> Facts:
    """Four of five are requests now, two of five were before. `around`: of a hundred elsewhere."""
    kinds = ["request"] * 64 + ["complaint"] * 16
    random.shuffle(kinds)
    filed = [Filed(f"k{number}", some(random, START, END), kind, CLERK) for number, kind in enumerate(kinds)]
    return office(
        filed=filed,
        kinds_before={"request": 30, "complaint": 45},
        around={"request": around, "complaint": 100 - around},
        around_before={"request": 40, "complaint": 60},
    )


def kinds_shifted_everywhere(random: Random) -> Facts:
    """The same change, and the other offices of the province changed with it."""
    return kinds_shifted(random, around=75)


Made = Callable[[Random], Facts]
# Watch → an office it finds, its innocent twin, how many cases the finding counts.
EXAMPLES: dict[str, tuple[Made, Made, int]] = {
    "rush_at_end": (rush_at_end, busy_at_end, 25),
    "same_text": (same_text, template_used, 9),
    "ended_at_deadline": (ended_at_deadline, objected_to_alike, 6),
    "extended_at_breach": (extended_at_breach, extended_early, 8),
    "one_hand": (one_hand, two_hands, 30),
    "one_device": (one_device, busy_tablet, 7),
    "late_passed_on": (late_passed_on, early_passed_on, 5),
    "kinds_shifted": (kinds_shifted, kinds_shifted_everywhere, 64),
}
