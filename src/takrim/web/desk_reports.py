"""What a desk reaches of reports."""

from __future__ import annotations

from django.db.models import QuerySet

from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.reports.models import Making, Report, ReportQuerySet, ReportText, State
from takrim.web.desk import Desk


def reports(desk: Desk) -> ReportQuerySet:
    """Reports of the person's office and of those below it, and the signed ones of the offices above."""
    return Report.objects.all().seen_by(desk.actor)


def is_own(desk: Desk, report: Report) -> bool:
    """Whether it is about the person's office or one below it: others' are only read."""
    return bool(desk.actor.unit_path) and is_under(report.unit_path, desk.actor.unit_path)


def texts(report: Report) -> dict[tuple[str, str], ReportText]:
    """What was written in a report that was reached through `reports()`, by chapter and language."""
    return {(text.chapter, text.lang): text for text in report.texts.all()}


def makings(report: Report) -> QuerySet[Making]:
    """What was made of it, newest first."""
    return report.makings.select_related("file").order_by("-id")


def at_work(desk: Desk) -> ReportQuerySet:
    """Reports of the own offices that are not signed and wait for this person."""
    if not desk.actor.may(Power.REPORT_WRITE) and not desk.actor.may(Power.REPORT_SIGN):
        return Report.objects.none()
    return reports(desk).exclude(state=State.SIGNED).order_by("-id")
