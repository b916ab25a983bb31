"""The clocks of a duty as pages list them: the law's beside the promise, so that none is hidden by the nearest."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from takrim.duties.clocks import Clock, read
from takrim.duties.models import Duty
from takrim.web.parts.templatetags.takrim import jdatetime


class ClockLine(NamedTuple):
    """One clock: what it is, the rule it rests on, and how it stands."""

    title: str
    ground: str
    stands: str


def clock_lines(duty: Duty | None) -> list[ClockLine]:
    """All clocks that run for those outside; none where the date came from elsewhere. No query."""
    if duty is None:
        return []
    clocks = [clock for clock in read(duty.clocks, duty.opened_at) if not clock.rule.internal]
    return [ClockLine(clock.rule.name(), clock.rule.ground(), _stands(clock)) for clock in clocks]


def _stands(clock: Clock) -> str:
    if clock.stopped is not None:
        return _("ended {at}").format(at=jdatetime(clock.stopped))
    if clock.stands is not None:
        return _("stands since {at}").format(at=jdatetime(clock.stands.since))
    said = _("until {at}").format(at=jdatetime(clock.due))
    return _("{until}, made longer").format(until=said) if clock.more else said
