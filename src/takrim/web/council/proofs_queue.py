"""The secretary's desk: what waits to be judged with its pictures, what was judged, many at once."""

from __future__ import annotations

import uuid
from typing import NamedTuple, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.orgs.powers import Power
from takrim.orgs.stamps import Kept
from takrim.orgs.units import house_of
from takrim.proofs import bulk
from takrim.proofs.actions_bulk import MOST, Wish
from takrim.proofs.actions_judge import Verdict
from takrim.proofs.models import State
from takrim.proofs.models_judging import Result
from takrim.web import desk_proofs
from takrim.web.council.proof_drawn import Row
from takrim.web.council.proof_forms import VerdictForm
from takrim.web.council.proofs_shown import rows_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language, number

_LISTS: dict[str, str | Promise] = {
    State.SENT: _("To be judged"),
    State.RETURNED: _("Returned to be completed"),
    State.ACCEPTED: _("Accepted"),
    State.REFUSED: _("Refused"),
}
VERDICTS: dict[str, str | Promise] = {
    Verdict.ACCEPT: _("Accepted at once"),
    Verdict.RETURN: _("Returned at once"),
    Verdict.REFUSE: _("Refused at once"),
}


class Tab(NamedTuple):
    title: str | Promise
    url: str
    current: bool


class Asked(NamedTuple):
    """Which list, of which office, from behind which proof on."""

    state: str
    unit: str
    after: int

    def address(self, **other: int) -> str:
        given: dict[str, str | int] = {"state": self.state, "unit": self.unit, **other}
        return f"{reverse('council:proofs_queue')}?{urlencode({name: value for name, value in given.items() if value})}"


def _asked(request: HttpRequest, desk: Desk) -> Asked:
    state = request.GET.get("state", State.SENT)
    if state not in _LISTS:
        raise Http404
    unit = request.GET.get("unit", "")
    known = {one.path for one in desk_proofs.house(desk)}
    after = request.GET.get("after", "")
    return Asked(state, unit if unit in known else "", int(after) if after.isascii() and after.isdecimal() else 0)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.PROOF_JUDGE)
def queue(request: HttpRequest) -> HttpResponse:
    """The queue; sent, a verdict is given on those that were marked."""
    desk = cast(StaffRequest, request).desk
    asked = _asked(request, desk)
    if request.method != "POST":
        return _page(request, desk, asked, VerdictForm())
    form = VerdictForm(request.POST)
    if form.is_valid():
        try:
            judging = bulk.ask(wish=_wish(request, desk, form), by=desk.actor, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("council:proofs_judged", judging_id=judging.pk)
    return _page(request, desk, asked, form, status=422)


def _wish(request: HttpRequest, desk: Desk, form: VerdictForm) -> Wish:
    chosen = [int(one) for one in request.POST.getlist("proof") if one.isascii() and one.isdecimal()]
    # Only what this desk may judge: a number that was slipped in is no choice.
    reached = set(desk_proofs.judged_here(desk).filter(pk__in=chosen[: MOST + 1]).values_list("pk", flat=True))
    return Wish(
        verdict=Verdict(form.cleaned_data["verdict"]),
        reason=form.cleaned_data["reason"],
        actions=[one for one in chosen if one in reached],
        key=request.POST.get("key", "")[:64] or uuid.uuid4().hex,
        holding_id=desk.seat.pk,
        lang=language(),
    )


def _rows(desk: Desk, asked: Asked) -> tuple[list[Row], str]:
    """The rows of the page, and the address of the next."""
    limit = desk_proofs.SIZE + 1
    if asked.state == State.SENT:
        found = desk_proofs.queue_page(desk, asked.unit, asked.after, limit)
    else:
        found = list(desk_proofs.judged(desk, asked.state, asked.unit, asked.after)[:limit])
    shown = found[: desk_proofs.SIZE]
    more = asked.address(after=shown[-1].pk) if len(found) > len(shown) else ""
    return rows_of(shown, desk, warn=asked.state == State.SENT), more


def _tabs(desk: Desk, asked: Asked) -> list[Tab]:
    looks = desk_proofs.looks_waiting(desk)
    lists = [Tab(title, asked._replace(state=one).address(), one == asked.state) for one, title in _LISTS.items()]
    return [*lists, Tab(f"{gettext('Second looks')} ({number(looks)})", reverse("council:proofs_second"), False)]


def _drawn(row: Row, marked: set[str]) -> str:
    """A row that can be marked."""
    mark = " checked" if str(row.id) in marked else ""
    return (
        f'<li class="proof-choice"><input class="form-check-input" type="checkbox" name="proof" value="{row.id}"'
        f' aria-labelledby="proof_{row.id}"{mark}>{row.drawn}</li>'
    )


def _options(lang: str, above: str, own: str, chosen: str) -> SafeString:
    """The offices whose proofs somebody judges."""
    units = ((unit.path, unit.short(lang)) for unit in desk_proofs.house_below(above, own))
    return SafeString(
        "".join(
            f'<option value="{escape(path)}"{" selected" if path == chosen else ""}>{escape(name)}</option>'
            for path, name in units
        )
    )


_UNITS: Kept[SafeString] = Kept("units", _options)


def _page(request: HttpRequest, desk: Desk, asked: Asked, form: VerdictForm, *, status: int = 200) -> HttpResponse:
    rows, more = _rows(desk, asked)
    marked, waiting = set(request.POST.getlist("proof")), asked.state == State.SENT
    context = {
        "here": "council",
        "tabs": _tabs(desk, asked),
        "rows": [(row, str(row.id) in marked) for row in rows],
        "drawn": SafeString("".join(_drawn(row, marked) if waiting else f"<li>{row.drawn}</li>" for row in rows)),
        "units": _UNITS.get(language(), house_of(desk.actor.unit_path), desk.actor.unit_path, asked.unit),
        "state": asked.state,
        "waiting": waiting,
        "form": form,
        "key": request.POST.get("key", "") or uuid.uuid4().hex,
        "first_url": asked.address() if asked.after else "",
        "next_url": more,
        "earlier": [(row, VERDICTS[row.verdict]) for row in desk_proofs.judged_lately(desk)],
    }
    return render(request, "council/proofs_queue.html", context, status=status)


@require_safe
@staff(Power.PROOF_JUDGE)
def judged(request: HttpRequest, judging_id: int) -> HttpResponse:
    """How far it has come, and what became of each proof; only who asked for it sees it."""
    desk = cast(StaffRequest, request).desk
    row = get_object_or_404(desk_proofs.judgings(desk), pk=judging_id)
    counts = desk_proofs.results(row)
    refused, done = counts.get(Result.REFUSED, 0), counts.get(Result.DONE, 0)
    only = request.GET.get("only", Result.REFUSED if refused else Result.DONE)
    after = request.GET.get("after", "")
    found = desk_proofs.items(row, only, int(after) if after.isascii() and after.isdecimal() else 0)
    here = reverse("council:proofs_judged", args=[judging_id])
    lists = ((Result.DONE, gettext("Judged"), done), (Result.REFUSED, gettext("Not possible"), refused))
    context = {
        "here": "council",
        "judging": row,
        "title": VERDICTS[row.verdict],
        "done": done,
        "refused": refused,
        "turned": done + refused,
        "tabs": [Tab(f"{word} ({number(count)})", f"{here}?only={key}", key == only) for key, word, count in lists],
        "rows": found[: desk_proofs.SIZE],
        "next_url": f"{here}?only={only}&after={found[-2].pk}" if len(found) > desk_proofs.SIZE else "",
    }
    fragment = request.headers.get("HX-Target") == "judging"
    return render(request, "council/_proofs_judged.html" if fragment else "council/proofs_judged.html", context)
