"""The agenda of a meeting: seen by who was invited, proposed by members, ordered by the secretary."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.councils import actions_agenda as deeds
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.councils.queries import is_member, keeps
from takrim.orgs.powers import Power
from takrim.web import desk_minutes
from takrim.web.council.agenda_forms import ItemForm, ProposalForm, WhyForm
from takrim.web.council.agenda_shown import beside, shown_item
from takrim.web.council.meeting_found import found, head
from takrim.web.desk import Desk
from takrim.web.files import send
from takrim.web.gates import seated, staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.uploads import upload_errors, uploads


@require_http_methods(["GET", "HEAD", "POST"])
@seated(Power.COUNCIL_SEE)
def agenda(request: HttpRequest, meeting: str) -> HttpResponse:
    """The agenda; sent, the form proposes an item."""
    now = clock.now()
    desk, held = found(request, meeting, now)
    if request.method != "POST":
        return _page(request, desk, held, ProposalForm(), now)
    form = ProposalForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, desk, held, form, now, status=422)
    try:
        item = deeds.propose(body=held.body, meeting=held, words=form.words, by=desk.actor, now=now)
        if keeps(held.body, desk.actor, local_date(now)):
            deeds.accept_item(item=item, meeting=held, by=desk.actor, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, held, form, now, status=refusal.status)
    _take_papers(request, item, desk, now)
    messages.success(request, gettext("The item was proposed. The secretary decides whether it comes before the body."))
    return redirect("council:agenda", held.code)


def _take_papers(request: HttpRequest, item: AgendaItem, desk: Desk, now: datetime) -> None:
    """Each paper by itself: one that cannot be taken does not cost the others."""
    said = upload_errors(request, language())
    for upload in uploads(request, "papers"):
        try:
            deeds.attach_paper(item=item, upload=upload, by=desk.actor, now=now)
        except Refusal as refusal:
            said.append(str(refusal))
    for sentence in said:
        messages.warning(request, sentence)


def _page(
    request: HttpRequest, desk: Desk, meeting: Meeting, form: ProposalForm, now: datetime, *, status: int = 200
) -> HttpResponse:
    items, day = desk_minutes.items(meeting), local_date(now)
    keeper = keeps(meeting.body, desk.actor, day)
    waiting = desk_minutes.waiting(meeting)
    declined = desk_minutes.declined(meeting)
    known = beside(desk, [*items, *waiting, *declined], now)
    total = sum(item.length for item in items)
    context: dict[str, Any] = {
        **head(meeting, "agenda"),
        "items": [shown_item(item, known, meeting) for item in items],
        "waiting": [shown_item(item, known, meeting) for item in waiting],
        "declined": [shown_item(item, known, meeting) for item in declined],
        "total": total,
        "over": _over(meeting, total),
        "keeper": keeper,
        "may_propose": keeper or is_member(meeting.body, desk.actor, day),
        "form": form,
    }
    return render(request, "council/agenda.html", context, status=status)


def _over(meeting: Meeting, total: int) -> int:
    """By how many minutes the items are longer than the meeting; 0 where they fit, or nobody said how long it is."""
    if meeting.ends_at is None:
        return 0
    return max(0, total - int((meeting.ends_at - meeting.starts_at).total_seconds() // 60))


@require_POST
@staff(Power.MEETING_KEEP)
def order(request: HttpRequest, meeting: str) -> HttpResponse:
    """The whole order by dragging, or one item up or down by its buttons."""
    now = clock.now()
    desk, held = found(request, meeting, now)
    for name, places in (("up", -1), ("down", 1)):
        if name in request.POST:
            item = _item(held, request.POST[name])
            deeds.shift_item(item=item, places=places, by=desk.actor, now=now)
            return redirect(f"{request.path.removesuffix('order/')}#item_{item.pk}")
    wanted = [int(one) for one in request.POST.getlist("item") if one.isascii() and one.isdigit()]
    deeds.order_agenda(meeting=held, wanted=wanted, by=desk.actor, now=now)
    if request.headers.get("X-Requested-With") == "drag":
        return HttpResponse(status=204)
    return redirect("council:agenda", held.code)


def _item(meeting: Meeting, number: str | int) -> AgendaItem:
    text = str(number)
    item = desk_minutes.item(meeting, int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
    if item is None:
        raise Http404
    return item


@require_POST
@staff(Power.MEETING_KEEP)
def gather(request: HttpRequest, meeting: str) -> HttpResponse:
    """Take on what rises by itself."""
    now = clock.now()
    desk, held = found(request, meeting, now)
    many = deeds.gather(meeting=held, by=desk.actor, now=now)
    said = (
        ngettext("One item was added.", "{many} items were added.", many) if many else gettext("Nothing new came up.")
    )
    messages.success(request, said.format(many=many))
    return redirect("council:agenda", held.code)


@require_http_methods(["GET", "HEAD", "POST"])
@seated(Power.COUNCIL_SEE)
def item(request: HttpRequest, meeting: str, item_id: int) -> HttpResponse:
    """One item with its history and papers; the secretary changes it here."""
    now = clock.now()
    desk, held = found(request, meeting, now)
    one = _item(held, item_id)
    if request.method != "POST":
        initial = {"title": one.title, "text": one.text, "length": one.length}
        return _item_page(request, desk, held, one, ItemForm(initial=initial), WhyForm(), now)
    form, why = ItemForm(request.POST), WhyForm(request.POST)
    wanted = request.POST.get("do", "")
    try:
        if wanted in {"decline", "carry"} and not why.is_valid():
            return _item_page(request, desk, held, one, ItemForm(initial=vars(one)), why, now, status=422)
        if wanted == "change" and not form.is_valid():
            return _item_page(request, desk, held, one, form, WhyForm(), now, status=422)
        _do(request, wanted, held, one, form, why, desk, now)
    except Refusal as refusal:
        target = form if wanted == "change" and form.is_bound else why
        target.add_error(None, str(refusal))
        return _item_page(request, desk, held, one, form, why, now, status=refusal.status)
    return redirect("council:agenda", held.code)


def _do(
    request: HttpRequest,
    wanted: str,
    meeting: Meeting,
    one: AgendaItem,
    form: ItemForm,
    why: WhyForm,
    desk: Desk,
    now: datetime,
) -> None:
    by = desk.actor
    if wanted == "accept":
        deeds.accept_item(item=one, meeting=meeting, by=by, now=now)
    elif wanted == "decline":
        deeds.decline_item(item=one, why=why.cleaned_data["why"], by=by, now=now)
    elif wanted == "carry":
        deeds.carry_over(item=one, why=why.cleaned_data["why"], by=by, now=now)
    elif wanted == "change":
        deeds.change_item(item=one, words=form.words, by=by, now=now)
    elif wanted == "paper":
        _take_papers(request, one, desk, now)
    else:
        raise Http404


def _item_page(
    request: HttpRequest,
    desk: Desk,
    meeting: Meeting,
    one: AgendaItem,
    form: ItemForm,
    why: WhyForm,
    now: datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    known = beside(desk, [one], now)
    keeper = keeps(meeting.body, desk.actor, local_date(now))
    context = {
        **head(meeting, "agenda"),
        "item": shown_item(one, known, meeting),
        "history": desk_minutes.history(one),
        "keeper": keeper,
        "may_attach": keeper or one.proposed_by == desk.actor.code,
        "carried": hasattr(one, "carried_to"),
        "form": form,
        "why": why,
    }
    return render(request, "council/agenda_item.html", context, status=status)


@require_safe
@seated(Power.COUNCIL_SEE)
def paper(request: HttpRequest, meeting: str, item_id: int, evidence_id: int) -> HttpResponseBase:
    """A paper of an item."""
    _desk, held = found(request, meeting, clock.now())
    file = desk_minutes.paper(_item(held, item_id), evidence_id)
    if file is None:
        raise Http404
    return send(file, small=False)
