"""The fields of live minutes as they are sent: by the whole form, or one by one while they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.councils import composing, passages
from takrim.councils.actions_minutes import keep_passage
from takrim.councils.models_minutes import Minutes
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.web import desk_minutes
from takrim.web.council.meeting_found import found_minutes
from takrim.web.council.minutes_shown import LiveField, shape
from takrim.web.gates import staff


@dataclass(frozen=True)
class Sent:
    """What came for one field, and on which version it was written."""

    text: str
    seen: int


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def sent_fields(posted: QueryDict) -> dict[str, Sent]:
    """The fields of a form; of a field with several boxes the ticked ones, none of them being an empty text."""
    names = [name.removeprefix("seen:") for name in posted if name.startswith("seen:")]
    return {
        name: Sent(" ".join(map(str, posted.getlist(f"text:{name}"))), _number(posted.get(f"seen:{name}", "")))
        for name in names
    }


def kept_fields(
    minutes: Minutes, sent: Mapping[str, Sent], by: Actor, now: datetime
) -> tuple[list[str], frozenset[str]]:
    """Keep each by itself; says what could not be kept and why, and which names have another text beside them now."""
    said, beside = list[str](), set[str]()
    known = desk_minutes.texts_and_versions(minutes)
    for name, one in sent.items():
        if known.get(name, ("", 0)) == (one.text, one.seen):
            continue
        try:
            kept = keep_passage(minutes=minutes, name=name, text=one.text, seen=one.seen, by=by, now=now)
        except Refusal as refusal:
            said.append(str(refusal))
            continue
        if kept.other is not None:
            beside.add(name)
    return list(dict.fromkeys(said)), frozenset(beside)


@never_cache
@require_POST
@staff(Power.MEETING_KEEP)
def keep(request: HttpRequest, meeting: str) -> HttpResponse:
    """One field while it is typed: what stands there now, or in words why it could not be kept."""
    now = clock.now()
    desk, _held, minutes = found_minutes(request, meeting, now)
    posted = request.POST
    name = posted.get("name", "")
    try:
        kept = keep_passage(
            minutes=minutes,
            name=name,
            text=posted.get("text", ""),
            seen=_number(posted.get("seen", "")),
            base=posted.get("base"),
            by=desk.actor,
            now=now,
        )
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=refusal.status)
    row = kept.passage
    said = {
        "text": row.text,
        "version": row.version,
        "fault": passages.day_fault(row.text) if name.endswith(":due") else "",
        "beside": _beside(request, minutes, name) if kept.other is not None else "",
    }
    return JsonResponse(said)


def _beside(request: HttpRequest, minutes: Minutes, name: str) -> str:
    waiting = desk_minutes.other_texts(minutes).get(name, ())
    return render_to_string("council/_other_texts.html", {"field": LiveField(name, others=waiting)}, request)


@never_cache
@require_safe
@staff(Power.MEETING_KEEP)
def news(request: HttpRequest, meeting: str) -> HttpResponse:
    """What colleagues have written since a moment, for a page that stands open."""
    _desk, _held, minutes = found_minutes(request, meeting, clock.now())
    rows = desk_minutes.written_since(minutes, request.GET.get("since", ""))
    fields = {row.name: {"text": row.text, "version": row.version, "by": row.by_name} for row in rows}
    since = rows[-1].at.isoformat() if rows else request.GET.get("since", "")
    return JsonResponse(
        {
            "fields": fields,
            "since": since,
            "shape": shape(composing.read(minutes)),
            "sealed": minutes.sealed_at is not None,
        }
    )
