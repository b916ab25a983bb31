"""The minutes of a meeting: written by the secretary beside the agenda, read and signed by those who were there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.councils import actions_minutes, actions_sealing, composing
from takrim.councils.actions_agenda import carry_over
from takrim.councils.models_meetings import TOOK_PLACE
from takrim.councils.models_minutes import DraftDecision, Minutes
from takrim.councils.queries import keeps
from takrim.orgs.powers import Power
from takrim.web import desk_minutes
from takrim.web.council.meeting_found import found, found_minutes, head
from takrim.web.council.minutes_fields import kept_fields, sent_fields
from takrim.web.council.minutes_read import reading
from takrim.web.council.minutes_shown import board_of, live_items, present, shape
from takrim.web.desk import Desk
from takrim.web.gates import seated, staff


@require_safe
@seated(Power.COUNCIL_SEE)
def minutes(request: HttpRequest, meeting: str) -> HttpResponse:
    """To write for who keeps them while they are open; to read for others, once they are shown."""
    now = clock.now()
    desk, held = found(request, meeting, now)
    written = desk_minutes.minutes_of(held)
    keeper = keeps(held.body, desk.actor, local_date(now))
    if written is None:
        may_begin = keeper and held.state in TOOK_PLACE
        given = {**head(held, "minutes"), "keeper": keeper, "may_begin": may_begin}
        return render(request, "council/minutes_none.html", given)
    if written.sealed_at is None and keeper:
        return live_page(request, written)
    return reading(request, desk, written, now)


def live_page(
    request: HttpRequest,
    written: Minutes,
    *,
    typed: Mapping[str, str] | None = None,
    said: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The minutes to be written."""
    sheet, board = composing.read(written), board_of(written, typed)
    context: dict[str, Any] = {
        **head(written.meeting, "minutes"),
        "minutes": written,
        "items": live_items(sheet, board),
        "closing": board.field("closing"),
        "present": present(sheet),
        "comments": desk_minutes.comments(written) if written.shown_at else [],
        "missing": composing.missing(sheet),
        "said": said or [],
        "since": max((row.at for row in board.rows.values()), default=written.begun_at).isoformat(),
        "shape": shape(sheet),
    }
    return render(request, "council/minutes_live.html", context, status=status)


@require_POST
@staff(Power.MEETING_KEEP)
def begin(request: HttpRequest, meeting: str) -> HttpResponse:
    """Open the minutes."""
    now = clock.now()
    desk, held = found(request, meeting, now)
    actions_minutes.begin_minutes(meeting=held, by=desk.actor, now=now)
    return redirect("council:minutes", held.code)


@require_POST
@staff(Power.MEETING_KEEP)
def save(request: HttpRequest, meeting: str) -> HttpResponse:
    """The whole form: its fields are kept first, then what its button says is done."""
    now = clock.now()
    desk, _held, written = found_minutes(request, meeting, now)
    sent = sent_fields(request.POST)
    said, beside = kept_fields(written, sent, desk.actor, now)
    target = ""
    try:
        target = _do(request, written, desk, now)
    except actions_sealing.MinutesIncomplete as refusal:
        said += refusal.found
    except Refusal as refusal:
        said.append(str(refusal))
    if said:
        typed = {name: one.text for name, one in sent.items() if name not in beside}
        return live_page(request, written, typed=typed, said=said, status=422)
    if beside:
        messages.warning(request, gettext("A colleague changed the same words: both texts are kept. Choose below."))
    elif not request.POST.get("do"):
        messages.success(request, gettext("Saved."))
    return redirect(f"{request.path.removesuffix('save/')}{target}")


def _do(request: HttpRequest, written: Minutes, desk: Desk, now: datetime) -> str:
    """What the pressed button asks for, by its word and the number of what it is about; where to go on reading."""
    word, number = f"{request.POST.get('do', '')}:".split(":")[:2]
    if word not in _DEEDS:
        return ""
    return _DEEDS[word](request, written, int(number) if number.isascii() and number.isdigit() else 0, desk, now)


def _decision(written: Minutes, number: int) -> DraftDecision:
    decision = desk_minutes.decision(written, number)
    if decision is None:
        raise actions_minutes.NoSuchField
    return decision


def _add(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    item = desk_minutes.item(written.meeting, number)
    if item is None:
        raise actions_minutes.NoSuchField
    decision = actions_minutes.add_decision(minutes=written, item=item, by=desk.actor, now=now)
    return f"#decision_{decision.pk}"


def _drop(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    decision = _decision(written, number)
    actions_minutes.drop_decision(decision=decision, by=desk.actor, now=now)
    return f"#item_{decision.item_id}"


def _carry(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    item = desk_minutes.item(written.meeting, number)
    if item is None:
        raise actions_minutes.NoSuchField
    carry_over(item=item, why=request.POST.get(f"carry:{number}", ""), by=desk.actor, now=now)
    return f"#item_{number}"


def _vote(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    start = f"vote:{number}:"
    said = {name.removeprefix(start): str(value) for name, value in request.POST.items() if name.startswith(start)}
    numbered = {int(one): value for one, value in said.items() if one.isascii() and one.isdigit()}
    actions_minutes.note_votes(decision=_decision(written, number), said=numbered, by=desk.actor, now=now)
    return f"#decision_{number}"


def _dissent(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    who, text = request.POST.get(f"dissenter:{number}", ""), request.POST.get(f"dissent:{number}", "")
    seat = next((one for one in desk_minutes.people(written.meeting) if str(one.pk) == who), None)
    if seat is None:
        raise actions_minutes.NotThere
    decision = _decision(written, number)
    actions_minutes.note_dissent(decision=decision, invitation=seat, text=text, by=desk.actor, now=now)
    return f"#decision_{number}"


def _agree(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    dissent = desk_minutes.dissent(written, number)
    if dissent is None:
        raise actions_minutes.NoSuchField
    actions_minutes.take_dissent_back(dissent=dissent, by=desk.actor, now=now)
    return f"#decision_{dissent.decision_id}"


def _settle(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    other = desk_minutes.other_text(written, number)
    choice = request.POST.get("do", "").rpartition(":")[2]
    if other is None or choice not in set(actions_minutes.Settle):
        raise actions_minutes.NoSuchField
    actions_minutes.settle_text(other=other, choice=actions_minutes.Settle(choice), by=desk.actor, now=now)
    return f"#{other.passage.name.replace(':', '_')}"


def _show(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    actions_sealing.show_minutes(minutes=written, by=desk.actor, now=now)
    return ""


def _seal(request: HttpRequest, written: Minutes, number: int, desk: Desk, now: datetime) -> str:
    actions_sealing.seal(minutes=written, by=desk.actor, now=now)
    return ""


_DEEDS = {
    "add": _add,
    "drop": _drop,
    "carry": _carry,
    "vote": _vote,
    "dissent": _dissent,
    "agree": _agree,
    "settle": _settle,
    "show": _show,
    "seal": _seal,
}
