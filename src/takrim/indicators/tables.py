"""Tables of figures as somebody asks for them: offices, months, kinds, channels or services against indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.indicators.figures import Figures, figures, split
from takrim.indicators.indicator import INDICATORS, Measured, nothing
from takrim.indicators.values import hidden, is_on, measure
from takrim.orgs.paths import parent_of
from takrim.orgs.units import all_names


class By(StrEnum):
    """What the rows, or the columns, are."""

    INDICATORS = auto()
    OFFICES = auto()
    COUNTIES = auto()
    MONTHS = auto()
    KINDS = auto()
    CHANNELS = auto()
    CARDS = auto()


# How the rollups name these; only one of them is kept at a time.
_SPLIT: Final = {By.KINDS: "kind", By.CHANNELS: "channel", By.CARDS: "card"}
_OF_OFFICES: Final = (By.OFFICES, By.COUNTIES)
# What is owed at a moment is not kept by kind, channel or service.
_STANDING: Final = ("open", "overdue")
_BY_DUE_DAY: Final = frozenset({"missed"})
MOST_CELLS: Final = 20_000


class NothingAsked(Refusal):
    code = "table_nothing_asked"
    status = 422
    message = _("Choose at least one indicator.")


class OneIndicator(Refusal):
    code = "table_one_indicator"
    status = 422
    message = _(
        "With rows and columns chosen the table shows one indicator: choose exactly one, or let the columns be "
        "indicators."
    )


class SameTwice(Refusal):
    code = "table_same_twice"
    status = 422
    message = _("Rows and columns are the same. Choose something else for one of them.")


class NotTogether(Refusal):
    code = "table_not_together"
    status = 422
    message = _("Kind, channel and service are counted one at a time. Choose only one of them.")


class TooLarge(Refusal):
    code = "table_too_large"
    status = 422
    message = _("The table would have {cells} cells; at most {most} are shown. Choose fewer indicators or offices.")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A table: about which office and period, what its rows and columns are, and of which indicators."""

    path: str
    period: Period
    rows: By = By.OFFICES
    columns: By = By.INDICATORS
    codes: tuple[str, ...]

    def check(self) -> None:
        """Raise what is wrong with it."""
        if not self.codes:
            raise NothingAsked
        if self.rows is self.columns or {self.rows, self.columns} == set(_OF_OFFICES):
            raise SameTwice
        if self.columns is not By.INDICATORS and len(self.codes) != 1:
            raise OneIndicator
        if self.rows in _SPLIT and self.columns in _SPLIT:
            raise NotTogether


class Place(NamedTuple):
    """Of which office, period and sort a cell is; "" is all sorts."""

    path: str
    period: str
    sort: str = ""


@dataclass(frozen=True)
class Grid:
    """The table: keys of its rows and columns in order, its cells, and the sums of all rows."""

    wanted: Wanted
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[str, str], Measured]
    totals: Mapping[str, Measured]
    # Indicators that are not kept by what the table is split by: their cells are empty.
    not_kept: Sequence[str] = ()


def grid(wanted: Wanted, now: datetime) -> Grid:
    """The table, with a number of queries that depends on the months alone. Raises what `check` and the size say."""
    wanted.check()
    by = next((_SPLIT[one] for one in (wanted.rows, wanted.columns) if one in _SPLIT), "")
    start = Place(wanted.path, wanted.period.code)
    found = _Found(wanted, by, now)
    rows = found.keys(wanted.rows)
    columns = list(wanted.codes) if wanted.columns is By.INDICATORS else found.keys(wanted.columns)
    cells = len(rows) * len(columns)
    if cells > MOST_CELLS:
        raise TooLarge(cells=cells, most=MOST_CELLS)
    places: dict[tuple[str, str], tuple[Place, str]] = {}
    sums: dict[str, tuple[Place, str]] = {}
    for column in columns:
        at, code = _along(start, wanted.columns, column), wanted.codes[0]
        if wanted.columns is By.INDICATORS:
            at, code = start, column
        sums[column] = at, code
        for row in rows:
            places[row, column] = _along(at, wanted.rows, row), code
    values = found.values([place for place, _code in (*places.values(), *sums.values())])
    return Grid(
        wanted=wanted,
        rows=rows,
        columns=columns,
        cells={key: values.get(at) for key, at in places.items()},
        totals={key: values.get(at) for key, at in sums.items()},
        not_kept=[code for code in wanted.codes if by and not _is_told(code, wanted.period, now)],
    )


def _is_told(code: str, period: Period, now: datetime) -> bool:
    """Whether it can be told by sort: of what falls due later in a period it is not kept how much is still owed."""
    return kept_by_sort(code) and (code not in _BY_DUE_DAY or period.end() <= local_date(now))


def kept_by_sort(code: str) -> bool:
    """Whether an indicator is kept by kind, channel and service as well."""
    one = INDICATORS[code]
    counted = not one.follows and one.read is None and one.of is not nothing
    return counted and code not in _STANDING and is_on(code)


def _along(start: Place, by: By, key: str) -> Place:
    if by in _OF_OFFICES:
        return start._replace(path=key)
    return start._replace(period=key) if by is By.MONTHS else start._replace(sort=key)


class _Found:
    """What has been read for one table."""

    def __init__(self, wanted: Wanted, by: str, now: datetime) -> None:
        self.wanted, self.by, self.now = wanted, by, now
        self.months = [month.code for month in wanted.period.months() if month.start() <= local_date(now)]
        axes = {wanted.rows, wanted.columns}
        self.paths = [wanted.path, *(path for one in axes for path in self._offices(one))]
        self.split: dict[tuple[str, str, str], Figures] = {}
        if by:
            by_month = By.MONTHS in axes
            self.split = split(self.paths, by, wanted.period, by_month=by_month)

    def _offices(self, by: By) -> list[str]:
        names, above = all_names(), self.wanted.path
        if by is By.OFFICES:
            return [path for path in names if parent_of(path) == above]
        if by is By.COUNTIES:
            return [path for path, unit in names.items() if unit.kind == "county" and path.startswith(above)]
        return []

    def keys(self, by: By) -> list[str]:
        if by in _OF_OFFICES:
            return self._offices(by)
        if by is By.MONTHS:
            return self.months
        return sorted({sort for _path, _period, sort in self.split})

    def values(self, places: Iterable[Place]) -> dict[tuple[Place, str], Measured]:
        """Every cell by its place and indicator; those with few replies are empty."""
        wanted: dict[str, set[Place]] = {}
        values: dict[tuple[Place, str], Measured] = {}
        for place in places:
            if place.sort:
                values |= self._of_sort(place)
            else:
                wanted.setdefault(place.period, set()).add(place)
        for code, several in wanted.items():
            values |= self._of_period(Period.parse(code), several)
        return values

    def _of_sort(self, place: Place) -> dict[tuple[Place, str], Measured]:
        of = self.split.get((place.path, place.period, place.sort), Figures(place.path))
        told = [code for code in self.wanted.codes if _is_told(code, self.wanted.period, self.now)]
        codes = [code for code in told if not hidden(code, of)]
        return {(place, code): INDICATORS[code].of(of) for code in codes}

    def _of_period(self, period: Period, places: set[Place]) -> dict[tuple[Place, str], Measured]:
        found = figures({place.path for place in places}, period, self.now)
        measured = measure(found, self.wanted.codes, period, self.now)
        return {
            (place, code): None if hidden(code, found[place.path]) else measured[place.path, code]
            for place in places
            for code in self.wanted.codes
        }
