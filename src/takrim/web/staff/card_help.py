"""How service cards and their answers helped: shown, enough, not enough, filed all the same; by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.cards.answers import WHOLE, Helped, answers_of, helped
from takrim.cards.models import CardVersion
from takrim.cards.queries import valid_cards
from takrim.indicators.figures import last_months, local_month
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff

SPANS: dict[int, str | Promise] = {1: _("This month"), 3: _("Three months"), 12: _("Twelve months")}
# From so many on it is told where most say no: that answer is to be written better.
ENOUGH_SAID = 5


class Line(NamedTuple):
    """A card with all its answers, or one of its answers."""

    code: str
    title: str
    helped: Helped
    poor: bool
    answers: list[Line]


@require_safe
@staff(Power.OFFICE_SEE, Power.CARDS_EDIT)
def card_help(request: HttpRequest) -> HttpResponse:
    """The numbers of one's own province or of the whole country; of this month, or of the months up to it."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    house = house_of(desk.actor.unit_path)
    everywhere = house == ROOT or request.GET.get("of") == "all"
    wanted = request.GET.get("months", "")
    span = int(wanted) if wanted in {str(one) for one in SPANS} else 3
    months = last_months(local_month(now), span)
    found = helped([month.code for month in months], "" if everywhere else house)
    lines = _lines(valid_cards(local_date(now), house), found)
    context = {
        "here": "cards",
        "lines": lines,
        "total": _sum(line.helped for line in lines),
        "spans": [(one, title, one == span) for one, title in SPANS.items()],
        "span": span,
        "everywhere": everywhere,
        "is_province": house != ROOT,
    }
    return render(request, "staff/card_help.html", context)


def _sum(several: Iterable[Helped]) -> Helped:
    rows = list(several)
    return Helped(*(sum(getattr(row, name) for row in rows) for name in ("shown", "enough", "not_enough", "filed")))


def _lines(cards: list[CardVersion], found: Mapping[tuple[str, str], Helped]) -> list[Line]:
    """The cards that were marked or shown, those that saved most visits first."""
    lines = []
    for card in cards:
        code = card.card.code
        answers = [
            _line(code, answer["q"], found[code, answer["key"]])
            for answer in answers_of(card)
            if (code, answer["key"]) in found
        ]
        whole = found.get((code, WHOLE), Helped())
        # A card is shown and filed about once, whatever of its answers was read; a visit is saved by any of them.
        said = _sum(row for (of, _question), row in found.items() if of == code)
        total = Helped(whole.shown, said.enough, said.not_enough, whole.filed)
        if total != Helped():
            lines.append(_line(code, card.title, total, answers))
    return sorted(lines, key=lambda line: (-line.helped.enough, -line.helped.shown))


def _line(code: str, title: str, row: Helped, answers: list[Line] | None = None) -> Line:
    said = row.enough + row.not_enough
    return Line(code, title, row, said >= ENOUGH_SAID and row.enough < row.not_enough, answers or [])
