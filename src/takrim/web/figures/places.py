"""Offices as addresses of the figures pages name them, without a query."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from takrim.base.persian import sort_key
from takrim.orgs.paths import ROOT, lineage, parent_of
from takrim.orgs.units import UnitNames, all_names

# Kinds of office that the public is shown one by one.
COMPARED = frozenset({"directorate", "county"})
_OF_THE_NATION = {"ranking_of": "figures:ranking", "bundle_of": "figures:bundle"}


def unit_at(place: str) -> UnitNames:
    """The office at an address such as `ir/alborz/karaj`; 404 where there is none."""
    unit = all_names().get(f"{place}/")
    if unit is None:
        raise Http404
    return unit


def below(path: str, lang: str) -> list[UnitNames]:
    """What stands directly below an office: those that are compared first, then the others, each by name."""
    inside = [unit for at, unit in all_names().items() if parent_of(at) == path]
    return sorted(inside, key=lambda unit: (unit.kind not in COMPARED, sort_key(unit.short(lang))))


def has_ranking(path: str) -> bool:
    """Whether there are offices below that are compared with one another."""
    return any(unit.kind in COMPARED and parent_of(at) == path for at, unit in all_names().items())


def address(path: str, page: str = "office") -> str:
    """The address of an office's page: `office`, `ranking_of`, `bundle_of` or `score`."""
    if path == ROOT:
        return reverse(_OF_THE_NATION.get(page, "figures:national"))
    return reverse(f"figures:{page}", args=[path.rstrip("/")])


def done_at(unit: UnitNames) -> str:
    """The address of what an office has done, with pictures; "" for one that the public is not shown."""
    place = unit.path.removeprefix(ROOT).rstrip("/")
    return f"{reverse('citizen:done')}?{urlencode({'place': place})}" if unit.kind in COMPARED else ""


def crumbs(path: str, lang: str) -> list[tuple[str, str]]:
    """(address, short name) of an office and what lies above it, the nation left out."""
    names = all_names()
    return [(address(at), names[at].short(lang)) for at in lineage(path)[1:] if at in names]
