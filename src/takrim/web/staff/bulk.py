"""Working on many cases at once: choosing them and the deed, and seeing what became of each."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases import bulk as work
from takrim.cases import queries
from takrim.cases.actions_bulk import DEEDS, MOST, Wish
from takrim.cases.models_together import Bulk, Result
from takrim.orgs.powers import Power
from takrim.web import desk_together
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import code, number, pill
from takrim.web.staff import listing, shown
from takrim.web.staff.bulk_forms import FORMS, BulkForm
from takrim.web.staff.cartable_forms import FiltersForm

# So many are shown to be chosen one by one; the others are reached by "all that fit".
SHOWN = 100
# Rows of results on one page.
RESULTS = 100
_NUMBER = re.compile(r"[0-9]{1,15}")


@dataclass
class Choice:
    """The list that is worked on: its heads, and the address that leads to it."""

    heads: list[dict[str, Any]]
    query: str
    more: bool

    @property
    def count(self) -> str:
        return number(len(self.heads)) + ("+" if self.more else "")


class Tab(NamedTuple):
    title: str | Promise
    url: str
    current: bool


class Line(NamedTuple):
    id: int
    shown_code: SafeString | str
    code: str
    subject: str
    pill: SafeString
    chosen: bool


def _choice(request: HttpRequest, desk: Desk) -> Choice:
    if campaign := request.GET.get("campaign", ""):
        open_letters = desk_together.letters_of(desk, int(campaign) if _NUMBER.fullmatch(campaign) else 0).open()
        heads = queries.heads(open_letters[: MOST + 1])
        return Choice(heads[:MOST], "?" + urlencode({"campaign": campaign}), len(heads) > MOST)
    asked = listing.read(FiltersForm(request.GET), desk)
    heads = listing.all_heads(asked, desk, clock.now(), MOST + 1)
    return Choice(heads[:MOST], asked.address(), len(heads) > MOST)


def _deeds(desk: Desk) -> list[str]:
    return [key for key, deed in DEEDS.items() if desk.actor.may(deed.power)]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*(deed.power for deed in DEEDS.values()))
def bulk(request: HttpRequest) -> HttpResponse:
    """Choose among the cases of a list, and say what is to be done to each."""
    desk = cast(StaffRequest, request).desk
    offered = _deeds(desk)
    deed = request.GET.get("do", offered[0])
    if deed not in offered:
        raise Http404
    choice = _choice(request, desk)
    if request.method != "POST":
        return _page(request, desk, choice, deed, FORMS[deed]())
    form = FORMS[deed](request.POST)
    if form.is_valid():
        try:
            asked = work.ask(wish=_wish(request, desk, choice, deed, form), by=desk.actor, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("staff:bulk_result", bulk_id=asked.pk)
    return _page(request, desk, choice, deed, form, status=422)


def _wish(request: HttpRequest, desk: Desk, choice: Choice, deed: str, form: BulkForm) -> Wish:
    chosen = set(request.POST.getlist("case"))
    every = "all" in request.POST
    return Wish(
        deed=deed,
        facts=form.facts(),
        # Only what the list itself holds: a number that was slipped in is no choice.
        cases=[head["id"] for head in choice.heads if every or str(head["id"]) in chosen],
        key=request.POST.get("key", "")[:64] or uuid.uuid4().hex,
        holding_id=desk.seat.pk,
        lang=shown.lang(),
    )


def _page(
    request: HttpRequest, desk: Desk, choice: Choice, deed: str, form: BulkForm, *, status: int = 200
) -> HttpResponse:
    sent = request.method == "POST"
    chosen = set(request.POST.getlist("case"))
    here = reverse("staff:bulk")
    tabs = [
        Tab(DEEDS[key].title, f"{here}{choice.query}{'&' if choice.query != '?' else ''}do={key}", key == deed)
        for key in _deeds(desk)
    ]
    context = {
        "here": "cartable",
        "form": form,
        "key": request.POST.get("key", "") or uuid.uuid4().hex,
        "deed": DEEDS[deed],
        "tabs": tabs,
        "back": reverse("staff:campaigns") if "campaign" in request.GET else reverse("staff:cartable") + choice.query,
        "choice": choice,
        "lines": [_line(head, not sent or str(head["id"]) in chosen) for head in choice.heads[:SHOWN]],
        "everything": "all" in request.POST,
        "earlier": [_told(row) for row in desk_together.bulks(desk)[:5]],
        "answers": deed == "answer",
        "direct": deed != "answer" or desk.actor.may(Power.CASE_APPROVE),
    }
    return render(request, "staff/bulk.html", context, status=status)


def _line(head: dict[str, Any], chosen: bool) -> Line:
    return Line(head["id"], code(head["code"]), head["code"], head["subject"], pill(head["state"]), chosen)


class Told(NamedTuple):
    """One bulk in a list of them."""

    bulk: Bulk
    title: str


def _told(row: Bulk) -> Told:
    words = ngettext("{deed}: {count} case", "{deed}: {count} cases", row.total)
    return Told(row, words.format(deed=DEEDS[row.deed].title, count=number(row.total)))


@require_safe
@staff(Power.CASE_SEE)
def result(request: HttpRequest, bulk_id: int) -> HttpResponse:
    """How far it has come, and what became of each case; only who asked for it sees it."""
    desk = cast(StaffRequest, request).desk
    row = get_object_or_404(desk_together.bulks(desk), pk=bulk_id)
    counts = desk_together.results(row)
    refused, done = counts.get(Result.REFUSED, 0), counts.get(Result.DONE, 0)
    only = request.GET.get("only", "refused" if refused else "done")
    after = int(request.GET["after"]) if request.GET.get("after", "").isdecimal() else 0
    found = list(desk_together.items(row, desk).filter(result=only, pk__gt=after)[: RESULTS + 1])
    address = reverse("staff:bulk_result", args=[bulk_id])
    context = {
        "here": "cartable",
        "bulk": row,
        "title": _told(row).title,
        "done": done,
        "refused": refused,
        "turned": done + refused,
        "tabs": [
            Tab(f"{word} ({number(count)})", f"{address}?only={key}", key == only)
            for key, word, count in (("done", _("Done"), done), ("refused", _("Not possible"), refused))
        ],
        "only": only,
        "rows": found[:RESULTS],
        "next_url": f"{address}?only={only}&after={found[RESULTS - 1].pk}" if len(found) > RESULTS else "",
    }
    return render(
        request, "staff/_bulk.html" if request.headers.get("HX-Target") == "bulk" else "staff/bulk_result.html", context
    )
