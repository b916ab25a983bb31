"""The list of directives, what one's own office owes of them, and what waits to be confirmed."""

from __future__ import annotations

from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.directives.models import Demand, DirectiveQuerySet
from takrim.directives.search import with_words
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of
from takrim.web import desk_directives
from takrim.web.council.directive_forms import ListForm
from takrim.web.council.directive_shown import demand_rows, directive_rows
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff

SIZE = 30
# Of what one office owes or has to confirm so many are shown; the rest comes when these are done.
MOST = 100


@require_safe
@staff(Power.COUNCIL_SEE)
def directives(request: HttpRequest) -> HttpResponse:
    """All that the person may see, the newest paper first; by words, state and origin."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    drafts = desk.actor.may(Power.DIRECTIVE_ISSUE)
    form = ListForm(request.GET, drafts=drafts)
    chosen = form.chosen
    rows = list(_after(_asked(desk, chosen), request.GET.get("after", ""))[: SIZE + 1])
    page = rows[:SIZE]
    unread = {one.directive_id for one in desk_directives.own_readings(desk)}
    last = page[-1] if len(rows) > SIZE else None
    next_url = f"?{urlencode({**chosen, 'after': f'{last.dated.isoformat()}_{last.pk}'})}" if last else ""
    context = {
        "here": "council",
        "form": form,
        "rows": directive_rows(page, desk_directives.progress(page, now), unread, house_of(desk.actor.unit_path)),
        "asked": bool(chosen),
        "may_issue": drafts,
        "next_url": next_url,
        "prev_url": f"?{urlencode(chosen)}" if request.GET.get("after") else "",
    }
    return render(request, "council/directives.html", context)


def _asked(desk: Desk, chosen: dict[str, str]) -> DirectiveQuerySet:
    rows = desk_directives.directives(desk)
    for name in ("state", "source"):
        if name in chosen:
            rows = rows.filter(**{name: chosen[name]})
    return with_words(rows, chosen.get("q", "")).order_by("-dated", "-pk").defer("text", "words")


def _after(rows: DirectiveQuerySet, mark: str) -> DirectiveQuerySet:
    """The rows behind the mark that the previous page ended with; anything else is the first page."""
    written, _line, number = mark.partition("_")
    try:
        day, last = date.fromisoformat(written), int(number)
    except ValueError:
        return rows
    return rows.filter(Q(dated__lt=day) | Q(dated=day, pk__lt=last))


TABS: tuple[tuple[str, str | Promise], ...] = (
    ("owed", _("To be carried out")),
    ("reported", _("Waiting for confirmation")),
    ("done", _("Done")),
)


@require_safe
@staff(Power.COUNCIL_SEE)
def mine(request: HttpRequest) -> HttpResponse:
    """What one's own office owes of directives, what it has reported, what is over."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    asked = request.GET.get("show", "")
    tab = asked if asked in dict(TABS) else "owed"
    lists = {
        "owed": desk_directives.owed_by_office,
        "reported": desk_directives.reported_by_office,
        "done": desk_directives.done_by_office,
    }
    unread = list(desk_directives.own_readings(desk))
    waiting = {one.directive_id for one in unread}
    rows = list(lists[tab](desk)[:MOST])
    context = {
        "here": "council",
        "tab": tab,
        "tabs": [(code, title, f"?show={code}") for code, title in TABS],
        "unread": unread,
        "rows": demand_rows(rows, lambda demand: demand.directive_id not in waiting, now),
    }
    return render(request, "council/directive_mine.html", context)


@require_safe
@staff(Power.PROOF_JUDGE, Power.DIRECTIVE_ISSUE)
def judge(request: HttpRequest) -> HttpResponse:
    """Reports that wait for the secretary, the oldest first."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    rows: list[Demand] = list(desk_directives.to_confirm(desk)[:MOST])
    context = {"here": "council", "rows": demand_rows(rows, lambda demand: True, now)}
    return render(request, "council/directive_judge.html", context)
