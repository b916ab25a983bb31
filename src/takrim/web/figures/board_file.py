"""The board's table as a file to take along."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.evaluation.ranking import ranking
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.figures.board import asked, sheet
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.sheets import sheet_of


@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
@require_safe
def board_file(request: StaffRequest, form: str) -> HttpResponse:
    """CSV or XLSX: all offices in reach, ranked or not."""
    now, lang = clock.now(), language()
    of = asked(request, now)
    head, rows = sheet(of, ranking(of.plan, of.unit.path, of.period, now), lang)
    title = f"{of.plan.title(lang)} {of.period.title(lang)}"
    return sheet_of(form, title, head, rows, lang=lang, now=now)
