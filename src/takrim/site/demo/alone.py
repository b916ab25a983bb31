"""Provinces of the demonstration that run alone: two are complete, one is late, one has not handed over yet.

Their matters are drawn as events of a journal that lies elsewhere; what those add up is signed with a key of their own
and taken here by the same deeds as any file.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.evaluation.actions_feeds import accept_key, take_feed
from takrim.evaluation.feed_form import Handed, Proof, write
from takrim.evaluation.feed_lines import Cells, Own
from takrim.evaluation.signing import public_pem
from takrim.indicators.increments import Increment, increments
from takrim.orgs.actor import Actor
from takrim.site.demo.staff import Staff
from takrim.site.seeded import seeded


@dataclass(frozen=True)
class Alone:
    """`missing`: so many of the last months have not come yet; None: nothing has. `good` draws how well it works."""

    path: str
    missing: int | None
    matters: int
    good: float


_PROVINCES = (
    Alone("ir/kermanshah/", 0, 11, 0.86),
    Alone("ir/markazi/", 0, 9, 0.78),
    Alone("ir/golestan/", 1, 8, 0.81),
    Alone("ir/hormozgan/", None, 0, 0.0),
)
_MONTHS = 6
_KINDS, _CHANNELS = ("complaint", "request", "question", "report"), ("web", "desk", "phone")
_DUE = timedelta(days=14)
_ASKED = 0.55


def alone(seed: int, staff: Staff, *, small: bool, now: datetime) -> None:
    """Keys accepted some months ago, and the files of each, month by month."""
    names = staff.with_role("ir/provinces-office/", "national_officer")
    if not names:
        return
    by = staff.actors[names[0]]
    this_month = Period.containing(local_date(now), PeriodKind.MONTH)
    months = [this_month.previous()]
    while len(months) < _MONTHS:
        months.insert(0, months[0].previous())
    for number, province in enumerate(_PROVINCES):
        _take(province, months, seeded(seed + 100 + number), by, small=small, now=now)


def _take(province: Alone, months: list[Period], random: Random, by: Actor, *, small: bool, now: datetime) -> None:
    # Its key was accepted when it began; then it handed over each month some days after its end.
    begun = months[0].bounds()[0] + timedelta(days=1, hours=8, minutes=12)
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"demonstration {province.path}".encode()).digest())
    accept_key(path=province.path, pem=public_pem(key), by=by, now=min(begun, now))
    if province.missing is None:
        return
    drawn = _owns(province, months, random, small=small)
    for number, month in enumerate(months[: len(months) - province.missing], 1):
        code = month.code
        made = month.next().bounds()[0] + timedelta(days=1 + random.randrange(2), hours=7, minutes=random.randrange(60))
        handed = Handed(
            province=province.path,
            months=(code,),
            begins=months[0].code,
            made=min(made, now),
            seq=40 * number,
            key="",
            own=(drawn[code],) if code in drawn else (),
            totals={code: replace(drawn.get(code, Own(province.path, code)), values={})},
            proofs=tuple(_proofs(province, [month], random)),
        )
        taken = made + timedelta(hours=1 + random.randrange(3), minutes=random.randrange(60))
        take_feed(file=write(handed, key), by=by, now=min(taken, now))


def _owns(province: Alone, months: list[Period], random: Random, *, small: bool) -> dict[str, Own]:
    """Month by month what the drawn events add to the figures."""
    sums: dict[str, dict[str, dict[tuple[Any, ...], int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for month in months:
        for _number in range(province.matters * (1 if small else 4)):
            for table, (_unit, at, *key), n in _events(province, month, random):
                if table in {"count", "hours", "score"}:
                    sums[at][table][tuple(key)] += n
    return {month: _own(province.path, month, tables) for month, tables in sums.items()}


def _own(path: str, month: str, tables: dict[str, dict[tuple[Any, ...], int]]) -> Own:
    cells: dict[tuple[str, str], Cells] = {}
    for by, value in {key[:2] for table in tables.values() for key in table}:
        scores: dict[str, list[int]] = {}
        for key, n in tables["score"].items():
            if key[:2] == (by, value):
                scores.setdefault(key[2], [0, 0])[key[3] == "sum"] += n
        cells[by, value] = Cells(
            {str(key[2]): n for key, n in tables["count"].items() if key[:2] == (by, value)},
            {key[2]: n for key, n in tables["hours"].items() if key[:2] == (by, value)},
            {name: tuple(pair) for name, pair in scores.items()},
        )
    sorts: dict[str, dict[str, Cells]] = {}
    for (by, value), one in cells.items():
        if by:
            sorts.setdefault(by, {})[value] = one
    return Own(path, month, cells.get(("", ""), Cells()), sorts)


def _events(province: Alone, month: Period, random: Random) -> Iterator[Increment]:
    """One matter: received, mostly answered, closed, sometimes judged."""
    came = month.bounds()[0] + timedelta(days=random.random() * 28, hours=5)
    sort = {"unit": province.path, "kind": random.choice(_KINDS), "channel": random.choice(_CHANNELS)}
    facts = {**sort, "due": (came + _DUE).isoformat(), "received": came.isoformat()}
    yield from increments("case.received", facts, came, province.path)
    if random.random() > 0.95:
        return
    on_time = random.random() < province.good
    took = timedelta(days=random.uniform(0.3, 13)) if on_time else timedelta(days=random.uniform(14.5, 26))
    yield from increments("case.answered", facts, came + took, province.path)
    yield from increments("case.closed", sort, came + took + timedelta(days=10), province.path)
    if random.random() < _ASKED:
        mark = random.choices((5, 4, 3, 2), weights=(6 * province.good, 3, 1.4, 0.8))[0]
        said = {**sort, "answered": (came + took).isoformat(), "overall": mark, "overall_sum": mark, "overall_items": 1}
        yield from increments("survey.answered", said, came + took, province.path)


def _proofs(province: Alone, months: list[Period], random: Random) -> Iterator[Proof]:
    for month in months:
        for number in range(3):
            day = month.start() + timedelta(days=random.randrange(28))
            yield Proof(province.path, day.isoformat(), hashlib.sha256(f"{month.code}{number}".encode()).hexdigest())
