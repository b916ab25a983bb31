"""Searching cases, notes and answers, and narrowing down what was found by its facets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.jalali import month_name
from takrim.base.persian import clean_text, persian_digits
from takrim.cases import facets, queries
from takrim.cases.facets import FACETS, Found
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.pills import PILLS
from takrim.web.parts.templatetags.takrim import number
from takrim.web.staff import listing, shown

SIZE = 25
# So many values of a facet are offered; a chosen one always is.
OFFERED = 10

TITLES: dict[str, str | Promise] = {
    "state": _("State"),
    "kind": _("Kind of message"),
    "channel": _("Channel"),
    "unit": _("Office"),
    "card": _("Service"),
    "right": _("Citizens' right"),
    "month": _("Month received"),
}


def _month(value: str) -> str:
    year, month = value.split("-")
    name = f"{month_name(int(month), shown.lang())} {year}"
    return persian_digits(name) if shown.lang() == "fa" else name


def _card(value: str) -> str:
    if not value:
        return str(_("Not about one service"))
    return str(dict(shown.card_choices()).get(value, value))


def _right(value: str) -> str:
    return shown.right_title(value) if value else str(_("None named"))


SAY: dict[str, Callable[[str], str]] = {
    "state": lambda value: str(PILLS[value].label),
    "kind": shown.kind_title,
    "channel": shown.channel_title,
    "unit": shown.unit_short,
    "card": _card,
    "right": _right,
    "month": _month,
}


class Value(NamedTuple):
    """One value of a facet; its address adds it to the search, or takes it away where it is chosen."""

    title: str
    number: str
    url: str
    chosen: bool


class Facet(NamedTuple):
    title: str | Promise
    values: list[Value]


@dataclass(frozen=True)
class Sought:
    """What the address asks for."""

    query: str
    chosen: dict[str, str]
    before: int | None
    page: int

    def address(self, **changes: str) -> str:
        given = {"q": self.query, "before": str(self.before or ""), **self.chosen, **changes}
        return "?" + urlencode({name: value for name, value in given.items() if value})


# Stands in an address for "none": an empty value would choose nothing.
NONE = "none"
_WHOLE = re.compile(r"[0-9]{1,15}")


def read(request: HttpRequest) -> Sought:
    """What is asked for; a number that is none is the beginning."""
    chosen = {name: request.GET[name] for name in FACETS if request.GET.get(name)}
    whole = {name: request.GET.get(name, "") for name in ("before", "page")}
    numbers = {name: int(text) if _WHOLE.fullmatch(text) else 0 for name, text in whole.items()}
    query = clean_text(request.GET.get("q", ""))[: listing.LONGEST_QUERY]
    return Sought(query, chosen, numbers["before"] or None, numbers["page"])


@require_safe
@staff(Power.CASE_SEE)
def search(request: HttpRequest) -> HttpResponse:
    """What fits within one's scope, and how many there are of each sort; the newest first."""
    desk, now, sought = cast(StaffRequest, request).desk, clock.now(), read(request)
    chosen = {name: "" if value == NONE else value for name, value in sought.chosen.items()}
    found = facets.find(sought.query, chosen, desk.cases(), unit_id=desk.unit.pk, by=desk.actor, before=sought.before)
    heads = found.heads[sought.page * SIZE :][:SIZE]
    due = queries.due_of([head["code"] for head in heads])
    further = len(found.heads) > (sought.page + 1) * SIZE
    context = {
        "here": "search",
        "sought": sought,
        "shown": listing.dressed(heads, due, now),
        "count": number(len(found.heads)) + _plus(found),
        "facets": _facets(sought, found),
        "prev_url": sought.address(page=str(sought.page - 1)) if sought.page else "",
        "next_url": sought.address(page=str(sought.page + 1)) if further else "",
        "back_url": sought.address(before=str(found.more)) if found.more else "",
        "newest_url": sought.address(before="") if sought.before else "",
        "clear_url": "?" + urlencode({"q": sought.query}) if sought.chosen else "",
    }
    return render(request, "staff/search.html", context)


def _plus(found: Found) -> str:
    """Behind a count that is only what was seen among the newest."""
    return "+" if found.more else ""


def _facets(sought: Sought, found: Found) -> list[Facet]:
    return [Facet(title, _values(name, sought, found)) for name, title in TITLES.items() if found.counts[name]]


def _values(name: str, sought: Sought, found: Found) -> list[Value]:
    counts, chosen = found.counts[name], sought.chosen.get(name, "")
    return [
        Value(
            SAY[name](value),
            number(counts[value]) + _plus(found),
            sought.address(**{name: "" if (value or NONE) == chosen else value or NONE}),
            (value or NONE) == chosen,
        )
        for value in _offered(name, counts, chosen)
    ]


def _offered(name: str, counts: Counter[str], chosen: str) -> list[str]:
    """The most frequent values, months from the newest on; the chosen one although it may be rare."""
    ordered = sorted(counts, reverse=True) if name == "month" else [value for value, _n in counts.most_common()]
    offered = ordered[:OFFERED]
    return offered + [value for value in ordered[OFFERED:] if (value or NONE) == chosen]


@require_safe
@staff(Power.CASE_SEE)
def suggest(request: HttpRequest) -> HttpResponse:
    """What might be meant by the words typed so far: subjects of cases within one's scope."""
    desk = cast(StaffRequest, request).desk
    text = clean_text(request.GET.get("q", ""))[: listing.LONGEST_QUERY]
    subjects = facets.suggest(text, desk.cases(), unit_id=desk.unit.pk, by=desk.actor)
    return render(request, "staff/_suggest.html", {"subjects": subjects})
