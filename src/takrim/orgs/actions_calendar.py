"""What can be done to the calendar of an office: a closed day announced and withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import ascii_digits, clean_text
from takrim.orgs.actions_posts import DayHasPassed, Titles, require_in_scope
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import calendar_changed, read_spans
from takrim.orgs.models import Closure, Unit
from takrim.orgs.powers import Power
from takrim.orgs.telling import tell


class AlreadyClosed(Refusal):
    code = "already_closed"
    message = _("A closure of this day has already been announced for this office.")


class HoursUnclear(Refusal):
    code = "hours_unclear"
    status = 422
    message = _("Write the opening hours like {example}, or leave them empty for a whole day.")


class ReasonUnsaid(Refusal):
    code = "reason_unsaid"
    status = 422
    message = _("Say why the office is closed: people and colleagues read it.")


@transaction.atomic
def announce_closure(*, unit: Unit, day: date, hours: str, reason: Titles, by: Actor, now: datetime) -> Closure:
    """A day on which an office and all below it are closed, wholly or but for some hours."""
    require_in_scope(by, Power.CALENDAR_EDIT, unit.path)
    if day < local_date(now):
        raise DayHasPassed
    if not reason.fa.strip():
        raise ReasonUnsaid
    closure = Closure(
        path=unit.path,
        day=day,
        hours=_hours(hours),
        reason_fa=clean_text(reason.fa),
        reason_en=clean_text(reason.en) or clean_text(reason.fa),
        announced_at=now,
    )
    try:
        with transaction.atomic():
            closure.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyClosed from error
    calendar_changed(path=unit.path, since=day, by=by, now=now)
    facts = {"unit": unit.path, "day": day.isoformat(), "hours": closure.hours}
    tell("closure.announced", on=f"closure:{closure.pk}", unit_path=unit.path, by=by, at=now, **facts)
    return closure


def _hours(text: str) -> str:
    """Opening hours in their one form, in order and without overlap; empty means closed all day."""
    bare = ascii_digits(text).replace(" ", "").replace("،", ",").replace("–", "-")
    try:
        spans = read_spans(bare)
    except ValueError as error:
        raise HoursUnclear(example="08:00-11:30") from error
    if any(after.start < before.end for before, after in pairwise(spans)):
        raise HoursUnclear(example="08:00-11:30")
    return ",".join(f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans)


@transaction.atomic
def withdraw_closure(*, closure: Closure, by: Actor, now: datetime) -> None:
    """The office is open after all."""
    require_in_scope(by, Power.CALENDAR_EDIT, closure.path)
    if closure.day < local_date(now):
        raise DayHasPassed
    if Closure.objects.filter(pk=closure.pk, withdrawn_at=None).update(withdrawn_at=now) != 1:
        return
    calendar_changed(path=closure.path, since=closure.day, by=by, now=now)
    facts = {"unit": closure.path, "day": closure.day.isoformat()}
    tell("closure.withdrawn", on=f"closure:{closure.pk}", unit_path=closure.path, by=by, at=now, **facts)
