"""Names of offices by path, kept in memory: pages and the journal's sentences need them everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from takrim.orgs.models import Unit
from takrim.orgs.paths import ROOT, province_of
from takrim.orgs.stamps import Kept


@dataclass(frozen=True)
class UnitNames:
    """What a page shows of an office, without a query."""

    id: int
    path: str
    kind: str
    name_fa: str
    name_en: str
    short_fa: str
    short_en: str

    def name(self, lang: str) -> str:
        return self.name_en if lang == "en" else self.name_fa

    def short(self, lang: str) -> str:
        return self.short_en if lang == "en" else self.short_fa


def _make() -> dict[str, UnitNames]:
    fields = ("id", "path", "kind", "name_fa", "name_en", "short_fa", "short_en")
    return {row[1]: UnitNames(*row) for row in Unit.objects.order_by("path").values_list(*fields)}


_NAMES: Kept[dict[str, UnitNames]] = Kept("units", _make)


def all_names() -> dict[str, UnitNames]:
    """Every office's names by path, in the order of the tree."""
    return _NAMES.get()


def unit_name(path: str, lang: str) -> str:
    """The full name of the office at `path`, or the path itself when there is none."""
    unit = all_names().get(path)
    return unit.name(lang) if unit else path


def house_of(path: str) -> str:
    """Whose cards, words and rules hold at a place: the province's, or the ministry's for its own offices."""
    province = province_of(path)
    unit = all_names().get(province)
    return province if unit is not None and unit.kind == "directorate" else ROOT
