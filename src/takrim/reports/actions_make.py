"""Asking the worker for something of a report, and keeping what it made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.evidence.models import StoredFile
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.reports.actions import NoDraft, NoFigures
from takrim.reports.build import Built
from takrim.reports.models import Making, Report, State

FIGURES, CHECK = "figures", "check"


@dataclass(frozen=True, kw_only=True)
class Counted(Event):
    """`figures`: the hash over all figures of the report."""

    verb = "report.counted"
    sentence = _("The figures of the report were computed.")
    unit: str
    period: str
    figures: str


def ask_figures(*, report: Report, by: Actor, now: datetime) -> Making:
    """Ask for the figures of a draft to be computed anew."""
    by.require(Power.REPORT_WRITE)
    if report.state != State.DRAFT:
        raise NoDraft
    return _ask(report, FIGURES, "", by=by, now=now)


def ask_check(*, report: Report, by: Actor, now: datetime) -> Making:
    """Ask how what is counted today differs from the figures of the report."""
    by.require(Power.COUNCIL_SEE)
    if report.built_at is None:
        raise NoFigures
    return _ask(report, CHECK, report.figures_hash, by=by, now=now)


def ask_file(*, report: Report, form: str, lang: str, of: str, by: Actor, now: datetime) -> Making:
    """Ask for the report as a file; `of` is the hash of what stands in it, so that the same is not made twice."""
    by.require(Power.COUNCIL_SEE)
    if report.built_at is None:
        raise NoFigures
    return _ask(report, f"{form}:{lang}", of, by=by, now=now)


@transaction.atomic
def _ask(report: Report, what: str, of: str, *, by: Actor, now: datetime) -> Making:
    """One at a time is made of each; whoever asks meanwhile waits for the same one."""
    rows = Making.objects.filter(report=report, what=what)
    ready = rows.filter(of=of, file__isnull=False).order_by("-id").first() if of else None
    if ready:
        return ready
    try:
        with transaction.atomic():
            return Making.objects.create(report=report, what=what, of=of, asked_at=now, asked_by=by.code)
    except IntegrityError:
        return rows.get(finished_at=None)


@transaction.atomic
def progress(*, making: Making, done: int, total: int, by: Actor, now: datetime) -> None:
    """How far it has come."""
    Making.objects.filter(pk=making.pk, finished_at=None).update(done=done, total=total)


@transaction.atomic
def take_figures(*, making: Making, built: Built, by: Actor, now: datetime) -> bool:
    """Put the figures into the report, if it is still a draft."""
    report = making.report
    to = {"figures": built.figures, "figures_hash": built.hash, "position": built.position, "built_at": now}
    taken = change(report, still={"state": State.DRAFT}, to=to)
    if taken:
        event = Counted(unit=report.unit_path, period=report.period, figures=built.hash)
        record(event, on=report.subject, unit_path=report.unit_path, by=by, at=now)
    finish(making=making, by=by, now=now)
    return taken


@transaction.atomic
def finish(
    *,
    making: Making,
    by: Actor,
    now: datetime,
    file: StoredFile | None = None,
    found: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    """It is made, or could not be: `why` is the sentence for whoever asked."""
    Making.objects.filter(pk=making.pk, finished_at=None).update(
        finished_at=now, file=file, found=found or {}, failed=why
    )
