"""Offices as people choose them: a province, then its county offices; in the order of the alphabet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from django.http import HttpRequest

from takrim.base import clock
from takrim.base.persian import sort_key
from takrim.orgs.models import Unit
from takrim.orgs.stamps import Kept
from takrim.web.desk import PublicDesk
from takrim.web.parts.templatetags.takrim import language

DIRECTORATE, COUNTY = "directorate", "county"
Choices = list[tuple[str, str]]


def in_alphabet(units: Iterable[Unit]) -> list[Unit]:
    """By the short name in the language of the page."""
    return _sorted(units, language())


def _sorted(units: Iterable[Unit], lang: str) -> list[Unit]:
    if lang == "en":
        return sorted(units, key=lambda unit: unit.short_en.casefold())
    return sorted(units, key=lambda unit: sort_key(unit.short_fa))


def _make(on: date, lang: str) -> tuple[Unit, ...]:
    return tuple(_sorted(PublicDesk().units_on(on).filter(kind__in=(DIRECTORATE, COUNTY)), lang))


_ANSWERING: Kept[tuple[Unit, ...]] = Kept("units", _make)


def answering() -> tuple[Unit, ...]:
    """The offices that answer people today: directorates and county offices. Shared rows: nobody changes them."""
    return _ANSWERING.get(clock.local_date(clock.now()), language())


def answering_at(path: str) -> Unit | None:
    """The office at a path, if it answers people."""
    return next((unit for unit in answering() if unit.path == path), None)


def named(request: HttpRequest) -> str:
    """The office that the address names, carried from page to page; "" for one that answers nobody."""
    place = request.POST.get("place") or request.GET.get("place", "")
    return place if place and answering_at(place) else ""


def carried(place: str) -> str:
    """The chosen office as the end of an address."""
    return f"?place={quote(place)}" if place else ""


def provinces(units: Iterable[Unit]) -> Choices:
    """The provinces, to choose from."""
    return [(unit.path, unit.short) for unit in units if unit.kind == DIRECTORATE]


def offices(units: Iterable[Unit], province: str) -> Choices:
    """The directorate of a province and its county offices, to choose from; none before a province is chosen."""
    mine = [unit for unit in units if province and unit.path.startswith(province)]
    head = [(unit.path, unit.name) for unit in mine if unit.kind == DIRECTORATE]
    return head + [(unit.path, unit.name) for unit in mine if unit.kind == COUNTY]
