"""What can be done to the opening hours of an office: a week set from a day on, and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.orgs.actions_calendar import WhyUnsaid, require_day_to_come
from takrim.orgs.actions_posts import DaysInWrongOrder, Titles, require_in_scope
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import DAYS, Change, calendar_changed, last_day
from takrim.orgs.hours import read_hours, said
from takrim.orgs.models import Unit, Week
from takrim.orgs.powers import Power
from takrim.orgs.telling import tell


class NeverOpens(Refusal):
    code = "week_never_opens"
    status = 422
    message = _("An office that never opens can keep no date. Give the hours of at least one day.")


class PurposeUnsaid(Refusal):
    code = "week_purpose_unsaid"
    status = 422
    message = _("Say what these hours are for, such as summer hours: it stands beside them in the calendar.")


class WeekThere(Refusal):
    code = "week_already_there"
    message = _("For this office hours of exactly these days are set already. Withdraw them first.")


class WeekIsOver(Refusal):
    code = "week_is_over"
    message = _("These hours hold no longer; there is nothing to withdraw.")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Hours by the name of the day («sat»), as typed; a day that is not named is closed. `until` None: from then on."""

    since: date
    until: date | None
    hours: Mapping[str, str]
    note: Titles


@transaction.atomic
def set_week(*, unit: Unit, pattern: Pattern, by: Actor, now: datetime) -> Week:
    """The hours of an office and of all below it that have none of their own, from a day on."""
    require_in_scope(by, Power.CALENDAR_EDIT, unit.path)
    require_day_to_come(pattern.since, now)
    if pattern.until is not None and pattern.until < pattern.since:
        raise DaysInWrongOrder
    if not pattern.note.fa.strip():
        raise PurposeUnsaid
    note_fa, note_en = clean_text(pattern.note.fa), clean_text(pattern.note.en)
    week = Week(
        path=unit.path,
        since=pattern.since,
        until=pattern.until,
        hours=_hours(pattern.hours),
        note_fa=note_fa,
        note_en=note_en or note_fa,
    )
    try:
        with transaction.atomic():
            week.save(force_insert=True)
    except IntegrityError as error:
        raise WeekThere from error
    _changed("week.set", week, since=week.since, by=by, now=now)
    return week


def _hours(typed: Mapping[str, str]) -> str:
    spans = {day: read_hours(typed.get(day, "")) for day in DAYS}
    if not any(spans.values()):
        raise NeverOpens
    return " ".join(f"{day}={said(hours)}" for day, hours in spans.items())


@transaction.atomic
def withdraw_week(*, week: Week, why: str, by: Actor, now: datetime) -> None:
    """From today on these hours hold no longer; on the days before they did, and what was counted with them stays."""
    require_in_scope(by, Power.CALENDAR_EDIT, week.path)
    if not why.strip():
        raise WhyUnsaid
    today = local_date(now)
    last = last_day(week)
    if last is not None and last < today:
        raise WeekIsOver
    still = Week.objects.filter(pk=week.pk, withdrawn_at=None)
    if still.update(withdrawn_at=now, withdrawn_why=clean_text(why)) == 1:
        _changed("week.withdrawn", week, since=max(week.since, today), by=by, now=now)


def _changed(verb: str, week: Week, *, since: date, by: Actor, now: datetime) -> None:
    on = f"week:{week.pk}"
    calendar_changed(path=week.path, since=since, change=Change(verb, on), by=by, now=now)
    until = week.until.isoformat() if week.until else None
    facts = {"unit": week.path, "since": since.isoformat(), "until": until}
    tell(verb, on=on, unit_path=week.path, by=by, at=now, **facts)
