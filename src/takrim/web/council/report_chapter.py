"""Writing one chapter of a report beside its figures and the sentences that follow from them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.orgs.powers import Power
from takrim.reports import actions
from takrim.reports.build import rows_of
from takrim.reports.cells import Cell, Table
from takrim.reports.chapter import CHAPTERS, suggested
from takrim.reports.document import shown_table
from takrim.reports.models import Report, ReportText, State
from takrim.reports.telling import write
from takrim.web import desk_reports
from takrim.web.council.report_forms import ChapterForm
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.charts import Chart, Series
from takrim.web.staff import shown

_TONES = ("accent", "info", "ok")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.REPORT_WRITE)
def chapter(request: StaffRequest, report_id: int, chapter: str) -> HttpResponse:
    """Keep the text; or take a suggestion over into it, without keeping it yet."""
    desk, lang = request.desk, shown.lang()
    report = get_object_or_404(desk_reports.reports(desk), pk=report_id)
    if chapter not in CHAPTERS or not desk_reports.is_own(desk, report):
        raise Http404
    said = suggested(chapter, report.figures, report.about, lang)
    text = desk_reports.texts(report).get((chapter, lang))
    if request.method != "POST":
        kept = {"text": text.text if text else "", "seen": text.version if text else 0}
        return _page(request, report, chapter, ChapterForm(initial=kept), said, text)
    if "add" in request.POST:
        return _page(request, report, chapter, _with_sentence(request, said), said, text)
    form = ChapterForm(request.POST)
    if not form.is_valid():
        return _page(request, report, chapter, form, said, text, status=422)
    try:
        actions.write(report=report, chapter=chapter, lang=lang, **form.cleaned_data, by=desk.actor, now=clock.now())
    except actions.WrittenMeanwhile as refusal:
        newest = desk_reports.texts(report)[(chapter, lang)]
        again = ChapterForm({"text": form.cleaned_data["text"], "seen": newest.version})
        again.add_error(None, str(refusal))
        return _page(request, report, chapter, again, said, newest, theirs=newest.text, status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, report, chapter, form, said, text, status=refusal.status)
    messages.success(request, _("The chapter was kept."))
    return redirect("council:report", report_id=report.pk)


def _with_sentence(request: StaffRequest, said: list[str]) -> ChapterForm:
    """What was typed, with a suggested sentence behind it."""
    number, text = request.POST["add"], request.POST.get("text", "").rstrip()
    sentence = said[int(number)] if number.isdecimal() and int(number) < len(said) else ""
    return ChapterForm(initial={"text": f"{text}\n{sentence}".strip(), "seen": request.POST.get("seen", "0")})


def _page(
    request: StaffRequest,
    report: Report,
    code: str,
    form: ChapterForm,
    said: list[str],
    text: ReportText | None,
    *,
    theirs: str = "",
    status: int = 200,
) -> HttpResponse:
    lang = shown.lang()
    chapter = CHAPTERS[code]
    context: dict[str, Any] = {
        "here": "council",
        "report": report,
        "chapter": chapter,
        "code": code,
        "form": form,
        "draft": report.state == State.DRAFT,
        "said": said,
        "kept": text,
        "theirs": theirs,
        "charts": [chart for table in chapter.tables if (chart := _chart(report, code, table, lang))],
        "tables": [one for table in chapter.tables if (one := shown_table(report.figures, code, table, lang))],
    }
    return render(request, "council/report_chapter.html", context, status=status)


def _chart(report: Report, code: str, table: Table, lang: str) -> Chart | None:
    """The picture of a table, if it has one."""
    rows = rows_of(report.figures, code, table.code)
    if not rows or not table.picture:
        return None
    columns = [(table.place(name), table.columns[table.place(name)]) for name in table.picture]
    kind = columns[0][1].kind
    series = [
        Series(str(column.title), [_number(row.cells[place]) for row in rows], tone)
        for (place, column), tone in zip(columns, _TONES, strict=False)
    ]
    return Chart(
        id=f"{code}-{table.code}",
        title=str(table.title),
        kind="hbar",
        labels=[row.name(lang) for row in rows],
        series=series,
        write=lambda value: write(kind, None if value is None else _exact(value), lang),
        axis=str(table.of),
        percent=kind == "share",
    )


def _number(cell: Cell) -> float | int | None:
    return None if cell is None or isinstance(cell, str) else cell if isinstance(cell, int) else float(cell)


def _exact(value: float | int) -> Cell:
    return value if isinstance(value, int) else Fraction(value).limit_denominator(10**6)
