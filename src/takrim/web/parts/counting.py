"""How a promised date was counted, in words and day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from takrim.base.counting import Step, StepKind
from takrim.base.jalali import weekday_name
from takrim.base.length import Length, LengthUnit
from takrim.base.pausing import explain_after
from takrim.duties.clocks import Clock, read
from takrim.duties.models import Duty
from takrim.orgs.calendars import calendar_of
from takrim.web.parts.templatetags.takrim import language, number

_PASSED_OVER = {StepKind.SKIPPED_CLOSED, StepKind.MOVED_ON, StepKind.MOVED_BACK}


class Day(NamedTuple):
    """One day of the count, ready to print."""

    day: date
    weekday: str
    kind: str
    so_far: str
    note: str


@dataclass(frozen=True)
class Count:
    """The count of one duty. `steps` ends with the due moment."""

    length: Length
    steps: tuple[Step, ...]

    @property
    def words(self) -> str:
        """«۲۰ روز کاری»."""
        return self.length.title(language())

    @property
    def is_by_day(self) -> bool:
        return self.length.unit is not LengthUnit.HOURS

    @property
    def skipped(self) -> int:
        """How many closed days were not counted, or moved the end."""
        return sum(
            step.kind in {StepKind.SKIPPED_CLOSED, StepKind.MOVED_ON, StepKind.MOVED_BACK} for step in self.steps
        )

    def days(self, reasons: Mapping[date, str]) -> list[Day]:
        """Every day, with the reason of its closing where one was announced."""
        lang = language()
        return [
            Day(
                step.day,
                weekday_name(step.day, lang),
                step.kind.value,
                number(step.count) if step.kind is StepKind.COUNTED else "",
                step.said(reasons.get(step.day, "")),
            )
            for step in self.steps
            if step.kind is not StepKind.DUE
        ]


def count_of(duty: Duty) -> Count | None:
    """How the due date of a duty is counted, with pauses and extensions; None when it came from elsewhere."""
    if duty.due_at is None:
        return None
    for clock in read(duty.clocks, duty.opened_at):
        if clock.due == duty.due_at and not clock.rule.internal and (count := count_of_clock(duty, clock)):
            return count
    return None


def count_of_clock(duty: Duty, clock: Clock) -> Count | None:
    """How the end of one clock is counted; None when it stands, came as a date, or was counted by another calendar.

    A clock that has stopped keeps its end, whatever the calendar became since.
    """
    if not clock.length or clock.due is None:
        return None
    calendar = calendar_of(duty.counted_at)
    stood = [(pause.since, pause.until) for pause in clock.pauses if pause.until is not None]
    steps: list[Step] = []
    start = clock.start
    for text in (clock.length, *clock.more):
        # Each extension goes on from where the time ended before it.
        steps = [step for step in steps if step.kind is not StepKind.DUE]
        steps += explain_after(calendar, start, Length.parse(text), stood, clock.rule.counting)
        start = steps[-1].moment or start
    return Count(Length.parse(clock.length), tuple(steps)) if start == clock.due else None
