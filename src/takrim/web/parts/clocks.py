"""The clocks of a duty as pages list them: the law's beside the promise, so that none is hidden by the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from takrim.cases.charging import Charged
from takrim.duties.clocks import Clock, read
from takrim.duties.models import Duty
from takrim.orgs.units import all_names
from takrim.web.parts.templatetags.takrim import duration, jdatetime, language


class ClockLine(NamedTuple):
    """One clock: what it is, the rule it rests on, and how it stands."""

    title: str
    ground: str
    stands: str
    # For officers: with which offices it lay while the clock ran, and since it was late.
    lay: SafeString = SafeString("")
    late: SafeString = SafeString("")


def clock_lines(duty: Duty | None, charges: Iterable[Charged] = ()) -> list[ClockLine]:
    """All clocks that run for those outside; none where the date came from elsewhere. No query."""
    if duty is None:
        return []
    clocks = [clock for clock in read(duty.clocks, duty.opened_at) if not clock.rule.internal]
    by_clock = {charge.clock: charge for charge in charges}
    return [clock_line(clock, by_clock.get(clock.regime)) for clock in clocks]


def clock_line(clock: Clock, charge: Charged | None = None) -> ClockLine:
    """One clock in words."""
    return ClockLine(clock.rule.name(), clock.rule.ground(), _stands(clock), *_charged(charge))


def _charged(charge: Charged | None) -> tuple[SafeString, SafeString]:
    if charge is None or (len(charge.ran_with) < 2 and not charge.late):
        return SafeString(""), SafeString("")
    return parts_of(charge.ran_with), parts_of(charge.late_with)


def parts_of(with_whom: Mapping[str, timedelta]) -> SafeString:
    """How long with which office, the longest first: «نظرآباد ۳ روز · کرج ۲ روز»."""
    names, lang = all_names(), language()
    parts = sorted(with_whom.items(), key=lambda part: (-part[1], part[0]))
    named = ((names[path].short(lang) if path in names else path, duration(length)) for path, length in parts)
    return format_html_join(" · ", "<bdi>{}</bdi> {}", named)


def _stands(clock: Clock) -> str:
    if clock.stopped is not None:
        return _("ended {at}").format(at=jdatetime(clock.stopped))
    if clock.stands is not None:
        return _("stands since {at}").format(at=jdatetime(clock.stands.since))
    said = _("until {at}").format(at=jdatetime(clock.due))
    return _("{until}, made longer").format(until=said) if clock.more else said
