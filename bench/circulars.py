"""The directives of `bench.councils`: what circulars demand of the offices of a province, period by period."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

PROVINCE = "ir/alborz/"
DIRECTIVES, OFFICES = 60, 8
# Kinds and periods of the clauses of each.
CLAUSES = (("once", ""), ("once", ""), ("always", ""), ("periodic", "month"), ("periodic", "month"))
TEXT = "راهنمای مراجعان در محل دید نصب و نشانی دفتر ارتباطات مردمی در آن نوشته شود"


def fill(units: list[Any], now: datetime, random: Random) -> None:
    """Directives with their clauses, who has read them, and what each office owes of each clause and period."""
    from takrim.directives.models import Clause, Directive, Reading

    offices, asked = units[1 : OFFICES + 1], now - timedelta(days=270)
    directives = Directive.objects.bulk_create(_directive(number, now) for number in range(DIRECTIVES))
    clauses = Clause.objects.bulk_create(
        Clause(
            directive=directive,
            number=number,
            text=f"{TEXT} ({number}).",
            kind=kind,
            every=every,
            length="10 working days" if kind == "once" else "",
        )
        for directive in directives
        for number, (kind, every) in enumerate(CLAUSES, start=1)
    )
    Reading.objects.bulk_create(
        Reading(
            directive=directive,
            version=1,
            unit=unit,
            unit_path=unit.path,
            asked_at=asked,
            read_at=asked + timedelta(days=1) if (read := random.random() < 0.9) else None,
            read_by="bench" if read else "",
        )
        for directive in directives
        for unit in offices
    )
    _demands(clauses, offices, now, random)


def _directive(number: int, now: datetime) -> Any:
    from takrim.directives.models import Directive

    at = now - timedelta(days=340 - number)
    return Directive(
        unit_path=PROVINCE,
        source="incoming",
        number=f"{number}/ص",
        dated=at.date(),
        issuer="وزارت تعاون، کار و رفاه اجتماعی",
        subject=f"تکریم ارباب رجوع {number}",
        text=TEXT,
        state="issued",
        changed_at=at,
        registered_at=at,
        registered_by="system:bench",
        issued_at=at,
    )


def _demands(clauses: list[Any], offices: list[Any], now: datetime, random: Random) -> None:
    from takrim.directives.models import Demand
    from takrim.directives.resolving import KIND
    from takrim.duties.models import Duty

    places = [
        (clause, unit, period, at) for clause in clauses for unit in offices for period, at in _periods(clause, now)
    ]
    states = random.choices(["accepted", "answered", "returned", "open"], [6, 1, 1, 2], k=len(places))
    duties = Duty.objects.bulk_create(
        Duty(
            kind=KIND,
            about=f"{KIND}:bench-{number}",
            unit=unit,
            unit_path=unit.path,
            judge_path=PROVINCE,
            opened_at=at,
            opened_by="system:bench",
            due_at=at + timedelta(days=30),
            state=state,
            answered_at=at + timedelta(days=9) if state in {"accepted", "answered"} else None,
            settled_at=at + timedelta(days=12) if state == "accepted" else None,
        )
        for number, ((_clause, unit, _period, at), state) in enumerate(zip(places, states, strict=True))
    )
    Demand.objects.bulk_create(
        Demand(
            code=duty.about,
            clause=clause,
            directive_id=clause.directive_id,
            unit=unit,
            unit_path=unit.path,
            period=period,
            duty=duty,
            planned_at=at + timedelta(days=3) if random.random() < 0.5 else None,
        )
        for duty, (clause, unit, period, at) in zip(duties, places, strict=True)
    )


def _periods(clause: Any, now: datetime) -> list[tuple[str, datetime]]:
    """The periods of a clause that have begun since it was issued, with their beginnings."""
    from takrim.base.clock import local_date
    from takrim.base.period import Period, PeriodKind

    issued = clause.directive.issued_at
    if not clause.every:
        return [("", issued)]
    found, period = [], Period.containing(local_date(issued), PeriodKind(clause.every))
    while period.bounds()[0] < now:
        found.append((period.code, max(period.bounds()[0], issued)))
        period = period.next()
    return found
