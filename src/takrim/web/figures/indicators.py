"""What is measured and how: the list of all indicators, and what each of them means, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from takrim.base import words
from takrim.base.persian import sort_key
from takrim.evaluation.plan import plans
from takrim.indicators.indicator import INDICATORS, Direction, Indicator, Measure, Source
from takrim.indicators.scores import FEWEST_REPLIES
from takrim.indicators.values import is_on, why_off
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

DIRECTIONS: Final[dict[Direction, str | Promise]] = {
    Direction.MORE_IS_BETTER: _("more is better"),
    Direction.LESS_IS_BETTER: _("less is better"),
    Direction.NEITHER: _("neither; it only says how much"),
}
UNITS: Final[dict[Measure, str | Promise]] = {
    Measure.COUNT: _("a number"),
    Measure.SHARE: _("a share, in per cent"),
    Measure.HOURS: _("a time, in hours and days"),
    Measure.MARK: _("a mean of marks from 1 to 5"),
    Measure.RATE: _("so many for each one"),
}
SOURCES: Final[dict[Source, str | Promise]] = {
    Source.COMPUTED: _("Counted from what happened; nobody enters it by hand"),
    Source.SURVEYED: _("Said by people in the survey after an answer"),
    Source.DECLARED: _("Declared by the office in a round of evaluation, with its proof"),
}
# The groups of the list: by source, and last what is not measured yet.
_GROUPS: Final[dict[str, str | Promise]] = {
    Source.COMPUTED: _("Counted from what happened"),
    Source.SURVEYED: _("Said by people"),
    Source.DECLARED: _("Declared with proof"),
    "off": _("Not measured yet"),
}


@dataclass(frozen=True)
class Entry:
    """One indicator on the list."""

    code: str
    title: str | Promise
    definition: str | Promise
    direction: str | Promise
    why: str


def indicator_at(code: str) -> Indicator:
    """The indicator of an address; 404 where there is none."""
    found = INDICATORS.get(code)
    if found is None:
        raise Http404
    return found


def _group(code: str, one: Indicator) -> str:
    return one.source.value if is_on(code) or one.source is Source.DECLARED else "off"


@public
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """All of them, by where they come from."""
    groups: dict[str, list[Entry]] = {key: [] for key in _GROUPS}
    for code, one in INDICATORS:
        entry = Entry(code, one.title, one.definition, DIRECTIONS[one.direction], why_off(code))
        groups[_group(code, one)].append(entry)
    listed = [
        (_GROUPS[key], sorted(rows, key=lambda row: sort_key(str(row.title)))) for key, rows in groups.items() if rows
    ]
    return render(request, "figures/indicators.html", {"groups": listed, "here": "figures"})


@public
@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """What one of them means."""
    one, lang = indicator_at(code), language()
    context = {
        "code": code,
        "one": one,
        "why_off": why_off(code),
        "facts": _facts(one, lang),
        "plans": _plans(code, lang),
        "numbers_url": reverse("figures:measured", args=[code]) if is_on(code) else "",
        "here": "figures",
    }
    return render(request, "figures/indicator.html", context)


def _facts(one: Indicator, lang: str) -> list[tuple[str | Promise, str | Promise]]:
    facts: list[tuple[str | Promise, str | Promise]] = [
        (_("Measured in"), UNITS[one.unit]),
        (_("Better"), DIRECTIONS[one.direction]),
        (_("Source"), SOURCES[one.source]),
        (_("Whose value it is"), one.charged_to),
        (_("Law or form"), one.basis),
        (_("From so many cases on it is compared"), words.number(one.least, lang)),
    ]
    if one.private:
        facts.append((_("Shown from so many replies on"), words.number(FEWEST_REPLIES, lang)))
    return facts


def _plans(code: str, lang: str) -> list[dict[str, Any]]:
    """The plans in which it counts, with its weight there."""
    found = []
    for plan in plans().values():
        row = plan.scoring.by_code.get(code)
        if row is not None:
            found.append({"title": plan.title(lang), "weight": words.number(row.weight, lang)})
    return found
