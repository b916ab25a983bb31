"""The values of indicators for many offices at once: what pages, rankings and rounds of evaluation read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from takrim.base.period import Period
from takrim.indicators.figures import Figures, figures, with_pieces
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, Measured, Reader
from takrim.indicators.scores import FEWEST_REPLIES

# What is known only above this folder; they introduce their readers at start-up.
_INTRODUCED: dict[str, Reader] = {}
# Who knows the values that offices elsewhere have handed over: given an indicator, offices and a period.
Elsewhere = Callable[[str, Collection[str], Period], Mapping[str, Measured]]
_ELSEWHERE: list[Elsewhere] = []


def introduce(code: str, reader: Reader) -> None:
    """Let a folder above say the values of an indicator, which is on from then on."""
    _INTRODUCED[code] = reader


def introduce_elsewhere(reader: Elsewhere) -> None:
    """Let a folder above say what stands in rows of other installations, and in none here."""
    if reader not in _ELSEWHERE:
        _ELSEWHERE.append(reader)


def is_on(code: str) -> bool:
    """Whether values of an indicator are counted here."""
    return code in _INTRODUCED or INDICATORS[code].is_counted


def why_off(code: str) -> str:
    """Why an indicator is not measured; "" where it is."""
    return "" if code in _INTRODUCED else str(INDICATORS[code].off)


def hidden(code: str, of: Figures) -> bool:
    """Whether a value must not be shown, because so few people replied that one could guess who said what."""
    return INDICATORS[code].private and of[Count.RESPONSES] < FEWEST_REPLIES


def values_of(
    paths: Collection[str], codes: Collection[str], period: Period, now: datetime
) -> dict[tuple[str, str], Measured]:
    """Every value by office and indicator, exact: its part and whole, or the distribution it is a quantile of.

    None where nothing was measured, where the indicator is off, and where only an office can declare it. The number of
    queries does not depend on how many offices there are: five, and those of the few indicators with a reader.
    """
    return measure(figures(paths, period, now), codes, period, now)


def measure(
    found: Mapping[str, Figures], codes: Collection[str], period: Period, now: datetime
) -> dict[tuple[str, str], Measured]:
    """The same where the figures of the offices have been read already."""
    followed = [code for code in codes if INDICATORS[code].follows]
    whole = with_pieces(found, period, now, followed) if followed else found
    values: dict[tuple[str, str], Measured] = {}
    for code in codes:
        reader = _INTRODUCED.get(code) or INDICATORS[code].read
        if reader is not None:
            read = dict(reader(found.keys(), period, now))
            for elsewhere in _ELSEWHERE if code not in _INTRODUCED else ():
                read |= elsewhere(code, found.keys(), period)
            values |= {(path, code): read.get(path) for path in found}
        else:
            of = INDICATORS[code].of
            values |= {(path, code): of(one) for path, one in whole.items()}
    return values
