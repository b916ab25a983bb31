"""What the worker made of a report: how far it has come, files to fetch, the comparison with today."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.evidence.shelf import shelf
from takrim.orgs.powers import Power
from takrim.reports import making
from takrim.reports.actions_make import CHECK, FIGURES
from takrim.reports.document import document, source_of
from takrim.reports.form import FORMS, Form
from takrim.reports.models import Making, Report
from takrim.reports.shown import shown_causes, shown_differences
from takrim.web import desk_reports
from takrim.web.council.report_forms import FileForm
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.staff import shown

# So many of the newest are looked at; each of a kind stands once.
_LOOKED_AT = 40
_LANGUAGES = {"fa": "فارسی", "en": "English"}


class Work(NamedTuple):
    """One thing that was asked of the worker."""

    of: Making
    title: str
    ready: bool
    lang: str
    language: str


def forms() -> list[tuple[str, Form]]:
    """The forms in their order."""
    return sorted(FORMS, key=lambda item: item[1].place)


def made(report: Report) -> dict[str, Any]:
    """What the page shows of it."""
    lang = shown.lang()
    newest: dict[str, Making] = {}
    for row in desk_reports.makings(report)[:_LOOKED_AT]:
        newest.setdefault(row.what, row)
    check = newest.get(CHECK)
    found = check.found if check and check.finished_at else {}
    return {
        "works": [_work(row) for row in newest.values()],
        "busy": any(row.finished_at is None for row in newest.values()),
        "forms": forms(),
        "languages": sorted(_LANGUAGES.items(), key=lambda item: item[0] != lang),
        "check": check if found else None,
        "differences": shown_differences(found, lang),
        "causes": shown_causes(found, lang),
    }


def _title(what: str) -> str | Promise:
    if what == FIGURES:
        return _("Figures of the report")
    if what == CHECK:
        return _("Comparison with what is counted today")
    form = what.partition(":")[0]
    return FORMS[form].title if form in FORMS else form


def _work(row: Making) -> Work:
    lang = row.what.partition(":")[2]
    return Work(row, str(_title(row.what)), row.file_id is not None, lang, _LANGUAGES.get(lang, ""))


@require_POST
@staff(Power.COUNCIL_SEE)
def ask(request: StaffRequest, report_id: int) -> HttpResponse:
    """Let the worker draw the report as a file; one that is there already is only shown."""
    desk = request.desk
    report = get_object_or_404(desk_reports.reports(desk), pk=report_id)
    form = FileForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        making.ask_file(report=report, **form.cleaned_data, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("council:report", report_id=report.pk)


@require_safe
@staff(Power.COUNCIL_SEE)
def fetch(request: StaffRequest, report_id: int, making_id: int) -> HttpResponseBase:
    """A file that the worker has drawn."""
    report = get_object_or_404(desk_reports.reports(request.desk), pk=report_id)
    row = get_object_or_404(desk_reports.makings(report), pk=making_id, file__isnull=False)
    form, _colon, lang = row.what.partition(":")
    assert row.file is not None
    response = FileResponse(shelf().open(row.file.hash), content_type=FORMS[form].content_type)
    return _as_download(response, report, form, lang)


@require_safe
@staff(Power.COUNCIL_SEE)
def at_once(request: StaffRequest, report_id: int, form: str, lang: str) -> HttpResponseBase:
    """A form that is made while the person waits."""
    report = get_object_or_404(desk_reports.reports(request.desk), pk=report_id)
    if form not in FORMS or not FORMS[form].quick or lang not in _LANGUAGES or report.built_at is None:
        raise Http404
    content = FORMS[form].make(document(source_of(report), lang))
    return _as_download(HttpResponse(content, content_type=FORMS[form].content_type), report, form, lang)


def _as_download(response: HttpResponseBase, report: Report, form: str, lang: str) -> HttpResponseBase:
    name = f"{_('report')}-{report.unit_path.strip('/').replace('/', '-')}-{report.period}-{lang}.{form}"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
