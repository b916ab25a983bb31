"""A chart as a value: what js/charts.js draws and the table that says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Number = int | float | None
Kind = Literal["bar", "hbar", "line", "doughnut", "scatter", "ranks"]


@dataclass(frozen=True)
class Series:
    """One row of figures; None is a gap, never zero. `tone`: accent, ok, warn, late, info, plain or empty.

    `write` is only needed where its figures are of another kind than the others'.
    """

    name: str
    values: Sequence[Number]
    tone: str = ""
    write: Callable[[Number], str] | None = None


@dataclass(frozen=True)
class Chart:
    """For `{% include "_chart.html" %}`; `write` turns a figure into words of the page's language.

    A "scatter" has a point for each label, its first series across and its second upwards; "ranks" are lines with the
    first at the top.
    """

    id: str
    title: str
    kind: Kind
    labels: Sequence[str]
    series: Sequence[Series]
    write: Callable[[Number], str]
    axis: str = ""  # the heading of the labels' column
    note: str = ""
    stacked: bool = False
    percent: bool = False
    open: bool = False

    @property
    def json_id(self) -> str:
        return f"{self.id}-data"

    @property
    def tall(self) -> bool:
        return self.kind == "hbar" and len(self.labels) > 12

    @property
    def data(self) -> dict[str, object]:
        """What the script reads; the written words go along, so that a tooltip says what the table says."""
        return {
            "kind": self.kind,
            "labels": list(self.labels),
            "stacked": self.stacked,
            "percent": self.percent,
            "series": [
                {
                    "name": series.name,
                    "tone": series.tone,
                    "values": list(series.values),
                    "words": self._written(series),
                }
                for series in self.series
            ],
        }

    def _written(self, series: Series) -> list[str]:
        return [(series.write or self.write)(value) for value in series.values]

    @property
    def head(self) -> list[str]:
        return [self.axis, *(series.name for series in self.series)]

    @property
    def rows(self) -> list[list[str]]:
        written = [self._written(series) for series in self.series]
        return [[label, *(column[place] for column in written)] for place, label in enumerate(self.labels)]
