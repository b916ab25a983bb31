"""One directive: its text, clauses, readers, history; issuing, reading, joining, cancelling."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.directives import actions_issue, actions_work
from takrim.directives.models import BEFORE_ISSUE, Directive, State
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of
from takrim.web import desk_decisions, desk_directives
from takrim.web.council import directive_shown as shown
from takrim.web.council.directive_forms import WhyForm
from takrim.web.council.directive_new import kept, tried
from takrim.web.desk import Desk, StaffRequest
from takrim.web.files import send
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import number

TABS: tuple[tuple[str, str | Promise], ...] = (
    ("directive", _("Text")),
    ("directive_clauses", _("Clauses")),
    ("directive_readers", _("Who has read it")),
    ("directive_matrix", _("State of the offices")),
    ("directive_versions", _("Versions")),
    ("directive_history", _("What happened")),
)
# Lines of the journal that say of each office what the readers' page shows better.
_ELSEWHERE = ("directive.asked", "directive.read", "evidence.attached")


def _desk(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


def seen(request: HttpRequest, directive_id: int) -> Directive:
    """One that the person may see; a stranger's is not there."""
    found = desk_directives.directive(_desk(request), directive_id)
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=1024)
def _urls(directive_id: int) -> tuple[str, ...]:
    """The addresses of its tabs."""
    return tuple(reverse(f"council:{name}", args=[directive_id]) for name, _title in TABS)


def framed(request: HttpRequest, directive: Directive, tab: str, **more: Any) -> dict[str, Any]:
    """What every tab of a directive shows."""
    desk = _desk(request)
    keeps = desk.actor.may(Power.DIRECTIVE_ISSUE) and house_of(desk.actor.unit_path) == directive.unit_path
    draft = directive.state in BEFORE_ISSUE
    hidden = {"directive_readers", "directive_matrix"} if draft else set()
    tabs = [
        (name, title, url) for (name, title), url in zip(TABS, _urls(directive.pk), strict=True) if name not in hidden
    ]
    return {
        "here": "council",
        "directive": directive,
        "source": shown.source_word(directive, house_of(desk.actor.unit_path)),
        "look": shown.state_look(directive.state),
        "tab": tab,
        "tabs": tabs,
        "draft": draft,
        "keeps": keeps,
        "in_force": directive.state in {State.ISSUED, State.CARRIED_OUT},
        "reading": None if draft else desk_directives.reading(desk, directive),
        **more,
    }


@require_safe
@staff(Power.COUNCIL_SEE)
def directive(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Its words and files, and what it does to others."""
    row, desk = seen(request, directive_id), _desk(request)
    earlier, later = desk_directives.relations(desk, row)
    decided = [] if row.state in BEFORE_ISSUE else desk_decisions.about_directive(desk, row.code, clock.now())
    context = framed(
        request,
        row,
        "directive",
        files=shown.file_rows(desk_directives.files(row.code)),
        earlier=[(shown.HOWS[one.how], one.older, one.pk) for one in earlier],
        later=[(shown.BY[one.how], one.newer) for one in later],
        decided=decided,
    )
    return render(request, "council/directive.html", context)


@require_safe
@staff(Power.COUNCIL_SEE)
def clauses(request: HttpRequest, directive_id: int) -> HttpResponse:
    """What it demands; before it is issued also the ways to change that."""
    row, now = seen(request, directive_id), clock.now()
    context = framed(request, row, "directive_clauses", rows=shown.clause_rows(desk_directives.clauses(row)))
    newcomers = actions_issue.newcomers(row, now) if context["keeps"] and context["in_force"] else {}
    offices = {target.unit.pk: target.unit.short for targets in newcomers.values() for target in targets}
    return render(request, "council/directive_clauses.html", {**context, "newcomers": list(offices.values())})


@require_safe
@staff(Power.COUNCIL_SEE)
def readers(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Who is asked to read it, and who has."""
    row = seen(request, directive_id)
    rows = shown.reading_rows(desk_directives.readings(_desk(request), row))
    unread = sum(1 for one in rows if one.reading.read_at is None)
    context = framed(request, row, "directive_readers", rows=rows, unread=unread)
    return render(request, "council/directive_readers.html", context)


@require_safe
@staff(Power.COUNCIL_SEE)
def history(request: HttpRequest, directive_id: int) -> HttpResponse:
    """What happened to it, newest first."""
    row = seen(request, directive_id)
    lines = [line for line in reversed(timeline(row.code)) if line.verb not in _ELSEWHERE]
    return render(request, "council/directive_history.html", framed(request, row, "directive_history", lines=lines))


@require_POST
@staff(Power.DIRECTIVE_ISSUE)
def issue(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Send it to all whom it means."""
    row = kept(request, directive_id)
    actions_issue.issue(directive=row, by=_desk(request).actor, now=clock.now())
    messages.success(request, gettext("The directive was issued. Each head is asked to read it."))
    return redirect("council:directive_matrix", row.pk)


@require_POST
@staff(Power.DIRECTIVE_ISSUE)
def join(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Let newcomers owe it too."""
    row = kept(request, directive_id)
    many = actions_issue.join(directive=row, by=_desk(request).actor, now=clock.now())
    said = ngettext("{many} addressee has joined.", "{many} addressees have joined.", many)
    messages.success(request, said.format(many=number(many)))
    return redirect("council:directive_clauses", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.DIRECTIVE_ISSUE)
def cancel(request: HttpRequest, directive_id: int) -> HttpResponse:
    """It does not hold any more; why is asked on a page of its own."""
    row = kept(request, directive_id)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, why = _desk(request).actor, form.cleaned_data["why"]
        if tried(form, lambda: actions_issue.cancel(directive=row, why=why, by=by, now=clock.now())) is not None:
            messages.success(request, gettext("The directive was cancelled."))
            return redirect("council:directive", row.pk)
    context = {"here": "council", "directive": row, "form": form}
    return render(request, "council/directive_cancel.html", context, status=422 if form.errors else 200)


@require_POST
@staff(Power.COUNCIL_SEE)
def read(request: HttpRequest, directive_id: int) -> HttpResponse:
    """The head says that it was read."""
    row, now = seen(request, directive_id), clock.now()
    _read(request, row, now)
    messages.success(request, gettext("It is noted that you have read it. Now plan what your office does."))
    return redirect("council:directive_mine")


def _read(request: HttpRequest, row: Directive, now: datetime) -> None:
    asked = desk_directives.reading(_desk(request), row)
    if asked is None:
        raise actions_work.ReadAlready
    actions_work.read(reading=asked, by=_desk(request).actor, now=now)


@require_safe
@staff(Power.COUNCIL_SEE)
def file(request: HttpRequest, evidence_id: int, small: bool = False) -> HttpResponseBase:
    """A file of a directive or of a report, for those who may see that."""
    found = desk_directives.file(_desk(request), evidence_id)
    if found is None:
        raise Http404
    return send(found, small=small)
