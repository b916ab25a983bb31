"""What the worker does for reports: compute figures, draw files, compare with today."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.evidence.actions import Upload, keep
from takrim.orgs.actor import Actor, system
from takrim.reports import actions_make
from takrim.reports.actions_make import CHECK, FIGURES
from takrim.reports.build import build
from takrim.reports.compare import causes, differences
from takrim.reports.document import content_hash, document, source_of
from takrim.reports.form import FORMS
from takrim.reports.models import Making, Report
from takrim.tasks.result import Context
from takrim.tasks.task import task

# So many differences are listed; more say no more.
_MOST = 300


def ask_figures(*, report: Report, by: Actor, now: datetime) -> Making:
    """Ask for it, and let the worker begin."""
    return _begin(actions_make.ask_figures(report=report, by=by, now=now), now)


def ask_check(*, report: Report, by: Actor, now: datetime) -> Making:
    return _begin(actions_make.ask_check(report=report, by=by, now=now), now)


def ask_file(*, report: Report, form: str, lang: str, by: Actor, now: datetime) -> Making:
    of = content_hash(source_of(report), lang)
    return _begin(actions_make.ask_file(report=report, form=form, lang=lang, of=of, by=by, now=now), now)


def _begin(making: Making, now: datetime) -> Making:
    if making.finished_at is None:
        make.using(key=str(making.pk)).enqueue(making.pk, now=now)
    return making


@task(takes_context=True, title=_("Make a report"), attempts=5)
def make(context: Context, making_id: int, *, now: datetime) -> None:
    """Make what was asked for; made before (the worker was killed after it), nothing is done."""
    making = Making.objects.select_related("report").filter(pk=making_id, finished_at=None).first()
    if making is None:
        return
    try:
        _make(making, context, now)
    except Refusal as refusal:
        lang = making.what.partition(":")[2]
        with translation.override(lang or "fa"):
            actions_make.finish(making=making, why=str(refusal), by=system("reports"), now=now)


def _make(making: Making, context: Context, now: datetime) -> None:
    def tell(done: int, total: int) -> None:
        context.progress(done, total)
        actions_make.progress(making=making, done=done, total=total, by=by, now=now)

    report, by = making.report, system("reports")
    if making.what == FIGURES:
        built = build(report.unit_path, report.about, now, tell)
        actions_make.take_figures(making=making, built=built, by=by, now=now)
    elif making.what == CHECK:
        new = build(report.unit_path, report.about, now, tell)
        actions_make.finish(making=making, found=compared(report, new.figures, new.hash), by=by, now=now)
    else:
        form, _colon, lang = making.what.partition(":")
        tell(0, 1)
        with translation.override(lang):
            made = FORMS[form].make(document(source_of(report), lang))
        stored = keep(upload=Upload(f"report.{form}", [made]), now=now)
        actions_make.finish(making=making, file=stored, by=by, now=now)


def compared(report: Report, figures: Any, figures_hash: str) -> dict[str, Any]:
    """What a comparison with other figures came to, as it is kept and printed."""
    if figures_hash == report.figures_hash:
        return {"same": True, "differences": [], "more": 0, "causes": []}
    found = differences(report.figures, figures)
    lines = [
        {
            "chapter": one.chapter,
            "table": one.table.code,
            "row": {"fa": one.row.fa, "en": one.row.en},
            "column": one.column.code,
            "kind": one.kind,
            "before": _text(one.before),
            "now": _text(one.now),
        }
        for one in found[:_MOST]
    ]
    told = causes(report.unit_path, report.about, report.position)
    return {
        "same": not found,
        "differences": lines,
        "more": max(len(found) - _MOST, 0),
        "causes": [asdict(cause) for cause in told],
    }


def _text(cell: Any) -> Any:
    return str(cell) if isinstance(cell, Fraction) else cell
