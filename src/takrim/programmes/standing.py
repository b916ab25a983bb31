"""What was planned for programmes and what became of it: counted by office, by programme, by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from takrim.duties.models import State as DutyState
from takrim.programmes.models import Planned, PlannedQuerySet
from takrim.programmes.proving import PROVABLE
from takrim.proofs.models import Manner, Proves
from takrim.proofs.models import State as ProofState


@dataclass
class Tally:
    """How many actions were planned, proven, handed in, late and called off, and how many people they were for."""

    planned: int = 0
    proven: int = 0
    sent: int = 0
    late: int = 0
    called_off: int = 0
    expected: int = 0
    reached: int = 0
    expected_online: int = 0
    online: int = 0

    def add(self, row: Planned, reached: tuple[int, int], now: datetime) -> None:
        if row.cancelled_at is not None:
            self.called_off += 1
            return
        self.planned += 1
        self.expected += row.people
        self.expected_online += row.online
        self.reached += reached[0]
        self.online += reached[1]
        duty = row.duty
        self.proven += duty.state == DutyState.ACCEPTED
        self.sent += duty.state == DutyState.ANSWERED
        self.late += duty.settled_at is None and duty.due_at is not None and duty.due_at < now


def reached_by(rows: Iterable[Planned]) -> dict[str, tuple[int, int]]:
    """By action, how many people the accepted proofs say were there, and how many were reached online. One query."""
    codes = [row.code for row in rows]
    proofs = Proves.objects.filter(kind=PROVABLE, code__in=codes, action__state=ProofState.ACCEPTED)
    found: dict[str, list[int]] = {}
    counted = proofs.values_list("code", "action__manner").annotate(people=Sum("action__people")).order_by()
    for code, manner, people in counted:
        both = found.setdefault(code, [0, 0])
        both[manner == Manner.ONLINE] += people or 0
    return {code: (there, online) for code, (there, online) in found.items()}


def tallies(rows: PlannedQuerySet, by: str, now: datetime) -> dict[str, Tally]:
    """By a column of the actions ("unit_path", "programme", "kind"), the largest first. Two queries."""
    listed = list(rows.select_related("duty"))
    reached = reached_by(listed)
    found: dict[str, Tally] = {}
    for row in listed:
        found.setdefault(getattr(row, by), Tally()).add(row, reached.get(row.code, (0, 0)), now)
    return dict(sorted(found.items(), key=lambda item: (-item[1].planned, item[0])))
