"""Reports in the demonstration: that of the last half-year, signed; and one of the running half, being written."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from takrim.reports import actions, actions_make
from takrim.reports.build import build
from takrim.reports.chapter import in_order, suggested
from takrim.reports.models import Report
from takrim.site.demo.staff import Staff

_PROVINCE = "ir/alborz/"


def write_reports(staff: Staff, now: datetime) -> None:
    """The secretary of Alborz writes, the director-general reviews and signs."""
    writer, head = (next(iter(staff.with_role(_PROVINCE, role)), None) for role in ("secretary", "director_general"))
    if writer is None or head is None:
        return
    running = Period.containing(local_date(now), PeriodKind.HALF)
    report = _draft(running.previous(), staff.actors[writer], now)
    _write(report, staff.actors[writer], now, most=len(in_order()))
    actions.review(report=report, by=staff.actors[head], now=now)
    actions.sign(report=report, seal=actions.seal_of(report), by=staff.actors[head], now=now)
    _write(_draft(running, staff.actors[writer], now), staff.actors[writer], now, most=1)


def _draft(period: Period, writer: Actor, at: datetime) -> Report:
    """Begun, with its figures."""
    unit = Unit.objects.get(path=_PROVINCE)
    report = actions.begin(unit=unit, period=period, by=writer, now=at)
    making = actions_make.ask_figures(report=report, by=writer, now=at)
    actions_make.take_figures(making=making, built=build(unit.path, period, at), by=system("reports"), now=at)
    report.refresh_from_db()
    return report


def _write(report: Report, writer: Actor, at: datetime, *, most: int) -> None:
    """What follows from the figures, chapter by chapter, in both languages."""
    for code, _chapter in in_order()[:most]:
        for lang in ("fa", "en"):
            with translation.override(lang):
                lines = suggested(code, report.figures, report.about, lang)
            if lines:
                text = "\n".join(lines)
                actions.write(report=report, chapter=code, lang=lang, text=text, seen=0, by=writer, now=at)
