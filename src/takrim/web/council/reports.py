"""Reports: the list, one report with its chapters, and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.reports import actions, making
from takrim.reports.chapter import in_order
from takrim.reports.document import shown_table
from takrim.reports.models import Report, State
from takrim.web import desk_reports
from takrim.web.council.report_forms import BackForm, BeginForm
from takrim.web.council.report_made import made
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff import shown

_PAGE = 30


def desk_of(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.COUNCIL_SEE)
def reports(request: HttpRequest) -> HttpResponse:
    """The reports one may read, newest first; sent, the form begins one."""
    desk, now = desk_of(request), clock.now()
    writes = desk.actor.may(Power.REPORT_WRITE)
    form = BeginForm(request.POST or None, desk=desk, now=now, initial={"unit": desk.actor.unit_path})
    status = 200
    if request.method == "POST" and writes:
        if form.is_valid():
            try:
                return redirect("council:report", report_id=_begun(desk, form, now).pk)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
        status = 422
    before = request.GET.get("before", "")
    rows = desk_reports.reports(desk).order_by("-id")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    page = list(rows[: _PAGE + 1])
    context = {
        "here": "council",
        "form": form if writes else None,
        "reports": [_head(report) for report in page[:_PAGE]],
        "next_url": f"?before={page[_PAGE - 1].pk}" if len(page) > _PAGE else "",
    }
    return render(request, "council/reports.html", context, status=status)


def _begun(desk: Desk, form: BeginForm, now: datetime) -> Report:
    """A new report, whose figures the worker begins to compute."""
    unit = desk.units().get(path=form.cleaned_data["unit"])
    report = actions.begin(unit=unit, period=Period.parse(form.cleaned_data["period"]), by=desk.actor, now=now)
    making.ask_figures(report=report, by=desk.actor, now=now)
    return report


def _head(report: Report) -> dict[str, Any]:
    lang = shown.lang()
    return {
        "of": report,
        "title": _("Report of {period}").format(period=report.about.title(lang)),
        "unit": unit_name(report.unit_path, lang),
    }


@require_safe
@staff(Power.COUNCIL_SEE)
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report: its chapters, its state, what can be done with it."""
    row = get_object_or_404(desk_reports.reports(desk_of(request)), pk=report_id)
    if request.headers.get("HX-Target") == "made":
        return render(request, "council/_report_made.html", {"report": row, **made(row)})
    return page(request, row)


def page(request: HttpRequest, report: Report, form: BackForm | None = None, *, status: int = 200) -> HttpResponse:
    """The page of a report, with the form that was refused if one was."""
    desk, lang = desk_of(request), shown.lang()
    context = {
        "here": "council",
        "report": report,
        "head": _head(report),
        "chapters": _chapters(report, lang),
        "steps": _steps(desk, report),
        "seal": report.seal or (actions.seal_of(report) if report.state == State.REVIEWED else ""),
        "back_form": form or BackForm(),
        "remarks": report.remarks.order_by("-id"),
        "over": report.about.end() <= local_date(clock.now()),
        **made(report),
    }
    return render(request, "council/report.html", context, status=status)


def _chapters(report: Report, lang: str) -> list[dict[str, Any]]:
    texts = desk_reports.texts(report)
    other = "en" if lang == "fa" else "fa"
    found = []
    for code, chapter in in_order():
        text = texts.get((code, lang)) or texts.get((code, other))
        tables = [one for table in chapter.tables if (one := shown_table(report.figures, code, table, lang))]
        found.append({"code": code, "title": chapter.title, "text": text, "tables": tables})
    return found


def _steps(desk: Desk, report: Report) -> frozenset[str]:
    """What this person may do with it now."""
    if not desk_reports.is_own(desk, report):
        return frozenset()
    writes, signs = desk.actor.may(Power.REPORT_WRITE), desk.actor.may(Power.REPORT_SIGN)
    steps = {
        "write": writes and report.state == State.DRAFT,
        "review": writes and report.state == State.DRAFT,
        "send_back": writes and report.state == State.REVIEWED,
        "sign": signs and report.state == State.REVIEWED,
    }
    return frozenset(step for step, may in steps.items() if may)


def _step(
    request: HttpRequest, report_id: int, deed: Callable[[Report, Desk, datetime], object], done: str
) -> HttpResponse:
    """Take one step and show the report again."""
    desk = desk_of(request)
    report = get_object_or_404(desk_reports.reports(desk), pk=report_id)
    try:
        deed(report, desk, clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("council:report", report_id=report.pk)


@require_POST
@staff(Power.REPORT_WRITE)
def review(request: HttpRequest, report_id: int) -> HttpResponse:
    """Say that it is right."""

    def deed(report: Report, desk: Desk, now: datetime) -> object:
        return actions.review(report=report, by=desk.actor, now=now)

    return _step(request, report_id, deed, _("The report was reviewed. It can be signed now."))


@require_POST
@staff(Power.REPORT_SIGN)
def sign(request: HttpRequest, report_id: int) -> HttpResponse:
    """Sign what was looked at."""

    def deed(report: Report, desk: Desk, now: datetime) -> object:
        return actions.sign(report=report, seal=request.POST.get("seal", ""), by=desk.actor, now=now)

    return _step(request, report_id, deed, _("The report is signed and does not change any more."))


@require_POST
@staff(Power.REPORT_WRITE)
def send_back(request: HttpRequest, report_id: int) -> HttpResponse:
    """Back to the writer, with what is to be changed."""
    desk = desk_of(request)
    report = get_object_or_404(desk_reports.reports(desk), pk=report_id)
    form = BackForm(request.POST)
    if form.is_valid():
        try:
            actions.send_back(report=report, why=form.cleaned_data["why"], by=desk.actor, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is a draft again; its writer reads what you wrote."))
            return redirect("council:report", report_id=report.pk)
    return page(request, report, form, status=422)


@require_POST
@staff(Power.REPORT_WRITE)
def count(request: HttpRequest, report_id: int) -> HttpResponse:
    """Let the figures of a draft be computed anew."""

    def deed(report: Report, desk: Desk, now: datetime) -> object:
        return making.ask_figures(report=report, by=desk.actor, now=now)

    return _step(request, report_id, deed, _("The figures are being computed."))


@require_POST
@staff(Power.COUNCIL_SEE)
def check(request: HttpRequest, report_id: int) -> HttpResponse:
    """Let the figures be compared with what is counted today."""

    def deed(report: Report, desk: Desk, now: datetime) -> object:
        return making.ask_check(report=report, by=desk.actor, now=now)

    return _step(request, report_id, deed, _("The figures are being computed again and compared."))
