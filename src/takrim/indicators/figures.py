"""The figures of one office in one period, as a value; and reading them for many offices with a few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, Sum

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.indicators import scores
from takrim.indicators.grains import BLOCK, DAY, NO_DUE
from takrim.indicators.histogram import Histogram
from takrim.indicators.increments import Count, moment_of, now_slot, slot_of
from takrim.indicators.models import Awaited, CardDay, Freshness, Owed, Piece, Tally
from takrim.indicators.scores import Marks
from takrim.orgs.prepared import Prepared

_COUNTS = [str(count) for count in Count]
_COLUMNS = ("hours", "scores", *_COUNTS)
_NOTHING = dict.fromkeys(_COUNTS, 0)
# Matters received before this Jalali year do not count among what was open at the end of a past period.
_FIRST_YEAR = 1370
# Half hours within which a date is near.
_SOON = 3 * DAY
# What is owed in one grain: its grain, its slot, how many.
Cell = tuple[str, int, int]


@dataclass(frozen=True)
class Standing:
    """What is owed at a moment: open, past its due moment, due within three days."""

    open: int = 0
    overdue: int = 0
    soon: int = 0


_NONE = Standing()


# Part and whole by indicator and, where it counts sorts apart, by sort.
Pieces = Mapping[str, Mapping[str, tuple[int, int]]]


@dataclass(frozen=True)
class Figures:
    """Everything counted for an office with all below it in a period. `standing` is as of its end, or of now.

    `pieces` are there where they were asked for; most pages need none.
    """

    path: str
    counts: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    hours_text: str = ""
    scores_text: str = ""
    standing: Standing = _NONE
    pieces: Pieces | None = None

    def __getitem__(self, count: Count) -> int:
        return self.counts[count]

    @cached_property
    def hours(self) -> Histogram:
        """How long answers took."""
        return Histogram.read(self.hours_text)

    @cached_property
    def scores(self) -> dict[str, Marks]:
        """The survey's marks by dimension."""
        return scores.read(self.scores_text)

    def piece(self, code: str) -> tuple[int, int]:
        """Part and whole of an indicator, of all sorts together."""
        sorts = self.sorts(code).values()
        return sum(part for part, _ in sorts), sum(whole for _, whole in sorts)

    def sorts(self, code: str) -> Mapping[str, tuple[int, int]]:
        """Part and whole of an indicator by sort."""
        if self.pieces is None:
            raise LookupError(f"The figures of {self.path} were read without the pieces of indicators.")
        return self.pieces.get(code, {})

    @property
    def given(self) -> int:
        """Answers and reasoned refusals."""
        return self[Count.ANSWERED] + self[Count.REFUSED]

    @property
    def ended(self) -> int:
        """Given, or ended in another way."""
        return self.given + self[Count.DROPPED]


def as_of(now: datetime) -> datetime:
    """The moment that figures of the present are true of: the last half hour that is over."""
    return moment_of(now_slot(now))


def figures(paths: Collection[str], period: Period, now: datetime) -> dict[str, Figures]:
    """The figures of each office in a period; an office without any has none but zeros. Two or three queries."""
    rows = Tally.objects.filter(path__in=paths, period=period.code, by="", value="").values_list("path", *_COLUMNS)
    found = {path: _figures(path, columns) for path, *columns in rows}
    if period.end() <= local_date(now):
        standings = standing_at_end(paths, period, now)
        return {path: replace(found.get(path, Figures(path)), standing=standings.get(path, _NONE)) for path in paths}
    slot, since, ends = now_slot(now), *_to_come(period, now)
    owed = _owed(paths, slot, slot + _SOON, since, ends)
    return {
        path: replace(
            _without(found.get(path, Figures(path)), _between(owed.get(path, ()), since, ends)),
            standing=_standing(owed.get(path, ()), slot, slot + _SOON),
        )
        for path in paths
    }


def still_to_come(paths: Collection[str], period: Period, now: datetime) -> dict[str, int]:
    """How many answers fall due later in the period and are still owed: by now nobody has missed them. One query."""
    since, ends = _to_come(period, now)
    return {path: _between(cells, since, ends) for path, cells in _owed(paths, since, ends).items()}


def _to_come(period: Period, now: datetime) -> tuple[int, int]:
    """From when on, and until when, a date that lies in the period lies ahead."""
    begins, ends = (slot_of(moment) for moment in period.bounds())
    since = max(now_slot(now), begins)
    return since, max(since, ends)


def _without(of: Figures, ahead: int) -> Figures:
    """Less what is still to come: it is neither due nor missed yet."""
    if not ahead:
        return of
    less = {str(name): of.counts[name] - ahead for name in (Count.FELL_DUE, Count.MISSED)}
    return replace(of, counts={**of.counts, **less})


def with_pieces(
    found: Mapping[str, Figures], period: Period, now: datetime, codes: Collection[str]
) -> dict[str, Figures]:
    """The same figures with the parts and wholes of some indicators. Two queries; one for a period that has ended."""
    read = pieces_of(found.keys(), period, now, codes)
    return {path: replace(one, pieces=read.get(path, {})) for path, one in found.items()}


def pieces_of(paths: Collection[str], period: Period, now: datetime, codes: Collection[str]) -> dict[str, Pieces]:
    """Parts and wholes by office. What is still to be done and whose day has not passed counts in no whole yet."""
    months = [month.code for month in period.months()]
    rows = Piece.objects.filter(path__in=paths, period__in=months, code__in=codes).values("path", "code", "value")
    found: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    for path, code, value, part, whole in rows.annotate(p=Sum("part"), w=Sum("whole")).values_list(
        "path", "code", "value", "p", "w"
    ):
        found.setdefault(path, {}).setdefault(code, {})[value] = (part, whole)
    today = local_date(now)
    if period.end() > today:
        ahead = Awaited.objects.filter(path__in=paths, code__in=codes, day__lt=period.end())
        ahead = ahead.filter(day__gte=max(today, period.start()))
        for path, code, n in ahead.values("path", "code").annotate(n=Sum("n")).values_list("path", "code", "n"):
            sorts = found.setdefault(path, {}).setdefault(code, {})
            part, whole = sorts.get("", (0, 0))
            sorts[""] = (part, whole - n)
    return dict(found)


def _figures(path: str, columns: Sequence[Any] | None, standing: Standing = _NONE) -> Figures:
    if columns is None:
        return Figures(path, standing=standing)
    hours, marks, *counts = columns
    return Figures(path, dict(zip(_COUNTS, counts, strict=True)), hours, marks, standing)


def freshness(path: str) -> int:
    """A number that is another one whenever a figure of the office has changed. One query."""
    found = _FRESHNESS.first(path=path)
    return found.number if found else 0


_FRESHNESS = Prepared(lambda path: Freshness.objects.filter(path=path))


def trend(path: str, months: Sequence[Period]) -> list[Figures]:
    """The figures of one office month by month. One query; they stand alone, without what was open."""
    codes = [month.code for month in months]
    rows = Tally.objects.filter(path=path, period__in=codes, by="", value="").values_list("period", *_COLUMNS)
    found = {code: columns for code, *columns in rows}
    return [_figures(path, found.get(code)) for code in codes]


def breakdown(path: str, by: str, period: Period) -> dict[str, Figures]:
    """The figures of one office in a period by kind, channel or card. One query."""
    return breakdowns(path, (by,), period)[by]


def breakdowns(path: str, bys: Collection[str], period: Period) -> dict[str, dict[str, Figures]]:
    """Several breakdowns of one office in a period at once. One query."""
    codes = [month.code for month in period.months()]
    rows = Tally.objects.filter(path=path, period__in=codes, by__in=bys).values_list("by", "value", *_COLUMNS)
    parts: dict[tuple[str, str], list[Figures]] = {}
    for by, value, *columns in rows:
        parts.setdefault((by, value), []).append(_figures(path, columns))
    found: dict[str, dict[str, Figures]] = {by: {} for by in bys}
    for (by, value), several in sorted(parts.items()):
        found[by][value] = together(path, several)
    return found


def split(paths: Collection[str], by: str, period: Period, *, by_month: bool) -> dict[tuple[str, str, str], Figures]:
    """Figures by kind, channel or card of many offices: by office, period (or month of it) and sort. One query."""
    months = [month.code for month in period.months()]
    rows = Tally.objects.filter(path__in=paths, period__in=months, by=by)
    parts: dict[tuple[str, str, str], list[Figures]] = {}
    for path, month, value, *columns in rows.values_list("path", "period", "value", *_COLUMNS).iterator():
        key = (path, month if by_month else period.code, value)
        parts.setdefault(key, []).append(_figures(path, columns))
    return {key: together(key[0], several) for key, several in parts.items()}


def together(path: str, several: Iterable[Figures]) -> Figures:
    """Figures of several periods added up, but for what was open in each."""
    parts = list(several)
    counts = {name: sum(part.counts[name] for part in parts) for name in _COUNTS}
    # Their readers add up what stands in a text twice.
    hours = " ".join(part.hours_text for part in parts if part.hours_text)
    return Figures(path, counts, hours, " ".join(part.scores_text for part in parts if part.scores_text))


def standing_now(paths: Collection[str], now: datetime) -> dict[str, Standing]:
    """What each office owes at the last half hour that is over. One query, some dozens of rows an office."""
    slot = now_slot(now)
    return {path: _standing(cells, slot, slot + _SOON) for path, cells in _owed(paths, slot, slot + _SOON).items()}


def _owed(paths: Collection[str], *marks: int) -> dict[str, list[Cell]]:
    """What is owed by office: all blocks, and the days and half hours that tell on which side of a mark it lies."""
    near = Q()
    for mark in marks:
        near |= Q(grain="day", slot__gte=mark // BLOCK * 32, slot__lte=mark // DAY)
        near |= Q(grain="half", slot__gte=mark // DAY * DAY, slot__lte=mark)
    rows = Owed.objects.filter(Q(grain="block") | near, path__in=paths).values_list("path", "grain", "slot", "n")
    by_path: dict[str, list[Cell]] = {}
    for path, grain, at, n in rows:
        by_path.setdefault(path, []).append((grain, at, n))
    return by_path


def _standing(cells: Iterable[Cell], slot: int, soon: int) -> Standing:
    total = sum(n for grain, _, n in cells if grain == "block")
    return Standing(total, _past(cells, slot), _past(cells, soon) - _past(cells, slot))


def _between(cells: Iterable[Cell], since: int, until: int) -> int:
    return _past(cells, until) - _past(cells, since)


def _past(cells: Iterable[Cell], mark: int) -> int:
    return sum(n for grain, at, n in cells if _is_past(grain, at, mark))


def _is_past(grain: str, at: int, slot: int) -> bool:
    """Whether a cell belongs to the sum of all that is due by `slot`, each due moment counted once."""
    if grain == "block":
        return at < slot // BLOCK and at != NO_DUE
    if grain == "day":
        return slot // BLOCK * 32 <= at < slot // DAY
    return slot // DAY * DAY <= at <= slot


def standing_at_end(paths: Collection[str], period: Period, now: datetime) -> dict[str, Standing]:
    """What was open and overdue when the period ended; for a period that has not ended, what is so now."""
    if period.end() > local_date(now):
        return standing_now(paths, now)
    months = [month.code for month in Period.parse(str(period.year)).months() if month.end() <= period.end()]
    codes = [str(year) for year in range(_FIRST_YEAR, period.year)] + months
    rows = Tally.objects.filter(path__in=paths, period__in=codes, by="", value="").values("path")
    found = rows.annotate(**{name: Sum(name) for name in _COUNTS}).values_list("path", *_COUNTS)
    return {path: _past_standing(dict(zip(_COUNTS, counts, strict=True))) for path, *counts in found}


def _past_standing(counts: Mapping[str, int]) -> Standing:
    """Open: what came in less what ended. Overdue: what missed its date less what of it ended later."""
    ended = counts[Count.ANSWERED] + counts[Count.REFUSED] + counts[Count.DROPPED]
    return Standing(
        open=counts[Count.RECEIVED] + counts[Count.REOPENED] - ended,
        overdue=counts[Count.MISSED] - counts[Count.LATE] - counts[Count.DROPPED_LATE],
    )


def ninety_days(now: datetime) -> tuple[date, date]:
    """The first and the last of the ninety days that are over, by Tehran's clock."""
    today = local_date(now)
    return today - timedelta(days=90), today - timedelta(days=1)


def card_times(path: str, now: datetime, card: str = "") -> dict[str, Histogram]:
    """How long answers really took in the last ninety days, by service card (or of one). One query."""
    rows = CardDay.objects.filter(path=path, day__range=ninety_days(now))
    found: dict[str, list[str]] = {}
    for code, hours in (rows.filter(card=card) if card else rows).values_list("card", "hours"):
        found.setdefault(code, []).append(hours)
    return {code: Histogram.read(*several) for code, several in found.items()}


def local_month(now: datetime) -> Period:
    """The Jalali month of a moment."""
    return Period.containing(local_date(now), PeriodKind.MONTH)


def last_months(last: Period, number: int) -> list[Period]:
    """So many months that end with `last`, in order."""
    months = [last]
    while len(months) < number:
        months.append(months[-1].previous())
    return months[::-1]
