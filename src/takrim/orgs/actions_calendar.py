"""What can be done to closed days: one announced or withdrawn by an office, an official holiday added or taken out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.orgs.actions_posts import DayHasPassed, Titles, require_in_scope
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import Change, calendar_changed
from takrim.orgs.hours import read_hours, said
from takrim.orgs.models import Closure, Unit
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.orgs.telling import tell

# Farther ahead nobody knows anything, and a slip of the finger would stand there for ever.
MOST_YEARS_AHEAD: Final = 5


class AlreadyClosed(Refusal):
    code = "already_closed"
    message = _("A closure of this day has already been announced for this office.")


class AlreadyHoliday(Refusal):
    code = "already_holiday"
    message = _("This day is in the table of official holidays already. Take it out first to enter it anew.")


class ReasonUnsaid(Refusal):
    code = "reason_unsaid"
    status = 422
    message = _("Say why the office is closed: people and colleagues read it.")


class NameUnsaid(Refusal):
    code = "holiday_name_unsaid"
    status = 422
    message = _("Say what this holiday is called: it stands in every calendar.")


class WhyUnsaid(Refusal):
    code = "withdrawal_unsaid"
    status = 422
    message = _("Say why it no longer holds: people and colleagues read it.")


class TooFarAhead(Refusal):
    code = "day_too_far"
    status = 422
    message = _("This day is more than {years} years away. Check the year.")


def require_day_to_come(day: date, now: datetime) -> None:
    """Raise DayHasPassed or TooFarAhead: what has been counted stays, and nobody knows the far future."""
    today = local_date(now)
    if day < today:
        raise DayHasPassed
    if (day - today).days > MOST_YEARS_AHEAD * 366:
        raise TooFarAhead(years=MOST_YEARS_AHEAD)


@transaction.atomic
def announce_closure(*, unit: Unit, day: date, hours: str, reason: Titles, by: Actor, now: datetime) -> Closure:
    """A day on which an office and all below it are closed, wholly or but for some hours."""
    require_in_scope(by, Power.CALENDAR_EDIT, unit.path)
    require_day_to_come(day, now)
    if not reason.fa.strip():
        raise ReasonUnsaid
    closure = _closed(unit.path, day, said(read_hours(hours)), reason, now)
    try:
        with transaction.atomic():
            closure.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyClosed from error
    _changed("closure.announced", closure, by=by, now=now, hours=closure.hours)
    return closure


@transaction.atomic
def withdraw_closure(*, closure: Closure, why: str = "", by: Actor, now: datetime) -> None:
    """The office is open after all."""
    require_in_scope(by, Power.CALENDAR_EDIT, closure.path)
    if closure.day < local_date(now):
        raise DayHasPassed
    if _withdrawn(closure, why, now):
        _changed("closure.withdrawn", closure, by=by, now=now)


@transaction.atomic
def add_holiday(*, day: date, name: Titles, by: Actor, now: datetime) -> Closure:
    """An official holiday of the whole country, as it was decided."""
    by.require(Power.HOLIDAYS_EDIT)
    require_day_to_come(day, now)
    if not name.fa.strip():
        raise NameUnsaid
    holiday = _closed(ROOT, day, "", name, now)
    try:
        with transaction.atomic():
            holiday.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyHoliday from error
    _changed("holiday.added", holiday, by=by, now=now)
    return holiday


@transaction.atomic
def withdraw_holiday(*, holiday: Closure, why: str, by: Actor, now: datetime) -> None:
    """A day is no official holiday after all: the moon was seen a day later, the decision was another one."""
    by.require(Power.HOLIDAYS_EDIT)
    if not why.strip():
        raise WhyUnsaid
    if holiday.day < local_date(now):
        raise DayHasPassed
    if _withdrawn(holiday, why, now):
        _changed("holiday.withdrawn", holiday, by=by, now=now)


def _closed(path: str, day: date, hours: str, reason: Titles, now: datetime) -> Closure:
    reason_fa, reason_en = clean_text(reason.fa), clean_text(reason.en)
    return Closure(
        path=path, day=day, hours=hours, reason_fa=reason_fa, reason_en=reason_en or reason_fa, announced_at=now
    )


def _withdrawn(closure: Closure, why: str, now: datetime) -> bool:
    """Whether it was this call that withdrew it."""
    still = Closure.objects.filter(pk=closure.pk, withdrawn_at=None)
    return still.update(withdrawn_at=now, withdrawn_why=clean_text(why)) == 1


def _changed(verb: str, closure: Closure, *, by: Actor, now: datetime, **more: str) -> None:
    on = f"closure:{closure.pk}"
    calendar_changed(path=closure.path, since=closure.day, change=Change(verb, on), by=by, now=now)
    facts = {"unit": closure.path, "day": closure.day.isoformat(), **more}
    tell(verb, on=on, unit_path=closure.path, by=by, at=now, **facts)
