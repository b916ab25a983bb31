"""The head's page: what my office owes, by when, and which stage holds what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.cards.queries import valid_cards
from takrim.cases.office import Cell, Held, Stage, Week, late_and_why, owed_now
from takrim.cases.queries import to_approve, to_judge
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.card_times import Times, times_by_card
from takrim.web.parts.clocks import parts_of
from takrim.web.parts.templatetags.takrim import duration, jdate, listed, timeleft
from takrim.web.staff import shown

MOST_LATE = 50

WEEKS: dict[Week, str | Promise] = {
    Week.LATE: _("Late"),
    Week.THIS: _("This week"),
    Week.NEXT: _("Next week"),
    Week.LATER: _("Later"),
    Week.UNDATED: _("Without a date"),
}

STAGES: dict[Stage, str | Promise] = {
    Stage.NOT_TAKEN_UP: _("Not taken up yet"),
    Stage.UNDER_REVIEW: _("Under review, no draft yet"),
    Stage.OBJECTED_TO: _("Objected to; another officer has to answer"),
    Stage.OTHER_OFFICES: _("Waits for the reply of other offices"),
    Stage.OUTSIDE: _("Waits for a body outside"),
    Stage.TRANSFER: _("Transferred, not accepted or returned yet"),
    Stage.APPLICANT: _("Waits for the applicant"),
    Stage.DRAFT_KEPT: _("Draft written, not handed in"),
    Stage.APPROVAL: _("Waits for approval"),
    Stage.DELIVERY: _("Approved, not delivered"),
    Stage.REPLY: _("Reply to the referral not given"),
    Stage.JUDGMENT: _("Reply given, not judged"),
    Stage.NOT_DONE: _("No report of it yet"),
    Stage.CONFIRMATION: _("Reported, not confirmed"),
}


class Line(NamedTuple):
    """One row of a table of counts; `cells` are (count, address)."""

    title: str
    cells: list[tuple[int, str]]
    total: int


class Late(NamedTuple):
    """One late matter in words."""

    page: str
    subject: str
    kind: str
    due: str
    day: str
    stage: str
    at: str
    idle: str
    late_with: SafeString


class Whose(NamedTuple):
    """By how much the listed matters are late with us, and with others."""

    many: int
    us: str
    others: str


@require_safe
@staff(Power.OFFICE_SEE)
def office(request: HttpRequest) -> HttpResponse:
    desk = cast(StaffRequest, request).desk
    now = clock.now()
    cells = owed_now(desk.owed_by_office(), now)
    held = late_and_why(desk.duties(), now, MOST_LATE)
    sees_cases = desk.actor.may(Power.CASE_SEE)
    context = {
        "here": "office",
        "weeks": list(WEEKS.values()),
        "owed": sum(cell.many for cell in cells),
        "late": sum(cell.many for cell in cells if cell.week is Week.LATE),
        "this_week": sum(cell.many for cell in cells if cell.week is Week.THIS),
        "approvals": to_approve(desk.actor, exactly=False).count() if sees_cases else None,
        "replies": to_judge(desk.asked()).count() if sees_cases else None,
        "kinds": _by_kind(cells, linked=sees_cases),
        "offices": _by_office(cells, desk),
        "lates": [_late(one, now) for one in held],
        "whose": _whose(held, desk),
        "sees_cases": sees_cases,
        "services": _services(desk, now),
    }
    return render(request, "staff/office.html", context)


class Service(NamedTuple):
    """What a card promises, and what people really got."""

    title: str
    code: str
    promise: str
    times: Times


def _services(desk: Desk, now: datetime) -> list[Service]:
    """The cards that my office with those below it has answered about, most answers first."""
    times = times_by_card(desk.actor.unit_path, now)
    lines = [
        Service(card.title, card.card.code, card.length.title(shown.lang()), times[card.card.code])
        for card in valid_cards(clock.local_date(now), desk.actor.unit_path)
        if card.card.code in times
    ]
    return sorted(lines, key=lambda line: -line.times.answers)


def _by_kind(cells: list[Cell], *, linked: bool) -> list[Line]:
    """Final answers by kind of message, then the referrals."""
    finals = [cell for cell in cells if cell.kind == "final_answer"]
    lines = [
        _line(str(title), [cell for cell in finals if cell.message == kind], kind if linked else "")
        for kind, title in shown.kind_choices()
    ]
    others = [cell for cell in cells if cell.kind != "final_answer"]
    kinds = sorted({cell.kind for cell in others})
    lines += [_line(shown.duty_title(kind), [cell for cell in others if cell.kind == kind], "") for kind in kinds]
    return [line for line in lines if line.total]


def _line(title: str, cells: Iterable[Cell], kind: str) -> Line:
    counts: Counter[Week] = Counter()
    for cell in cells:
        counts[cell.week] += cell.many
    # Only where the cartable shows exactly what was counted.
    times = {Week.LATE: "late", Week.UNDATED: "undated"} if kind else {}
    addresses = {week: f"/staff/?scope=below&kind={kind}&time={time}" for week, time in times.items()}
    return Line(title, [(counts[week], addresses.get(week, "")) for week in WEEKS], counts.total())


def _by_office(cells: list[Cell], desk: Desk) -> list[Line]:
    """The office itself and each one directly below, with all that lies below that."""
    own = desk.actor.unit_path
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        rest = cell.unit_path[len(own) :].split("/", 1)[0]
        groups.setdefault(f"{own}{rest}/" if rest else own, []).append(cell)
    if set(groups) <= {own}:
        return []
    lines = [_line(shown.unit_short(path), group, "") for path, group in groups.items()]
    return sorted(lines, key=lambda line: (-line.cells[0][0], -line.total))


def _late(held: Held, now: datetime) -> Late:
    case, head = held.case, held.head
    words: tuple[str, str, str] = (
        (head.page, head.title, shown.duty_title(held.duty.kind))
        if head
        else (f"/staff/cases/{case['code']}/", case["subject"], shown.kind_title(case["kind"]))
    )
    return Late(
        *words,
        timeleft(held.duty.due_at, now),
        jdate(held.duty.due_at),
        str(STAGES[held.stage]),
        listed([*(shown.unit_short(path) for path in held.at), *held.outside]),
        duration(now - held.since) if held.since else "",
        parts_of(held.late_with),
    )


def _whose(held: Sequence[Held], desk: Desk) -> Whose:
    """Us: the office itself and those below it."""
    us = others = timedelta(0)
    for path, length in (part for one in held for part in one.late_with.items()):
        if is_under(path, desk.actor.unit_path):
            us += length
        else:
            others += length
    return Whose(len(held), duration(us) if us else "", duration(others) if others else "")
