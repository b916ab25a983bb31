"""Whom lateness is charged to: the offices that held a matter while its clock ran, part by part, told by the journal.

A matter lies with the office that owes it; while a referral is out it lies with whoever was asked (with the last asked
where one asks another, in equal parts where several are asked), until the reply, or until the owing office goes on
without it. While a clock stands it is charged to nobody. What the rule charges to its owner stays with the owner.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Protocol

from takrim.duties.clocks import Clock, read
from takrim.duties.models import Duty
from takrim.journal.models import Entry

_MICRO = timedelta(microseconds=1)
_NOTHING = timedelta(0)
_ENDLESS = datetime.max.replace(tzinfo=UTC)
# The office that owes the answer goes on without the replies that are still missing.
_GOES_ON = frozenset({"case.drafted", "case.completion_asked", "case.inquired"})
_REFERRED_ON, _HANDED_OVER = "case.referred_on", "duty.handed_over"
_GIVEN = frozenset({"duty.answered", "duty.accepted", "duty.withdrawn", "duty.declined"})
_ASKED = frozenset({"duty.opened", "duty.returned"})
_FINAL = "final_answer"
VERBS = _GOES_ON | _GIVEN | _ASKED | {_REFERRED_ON, _HANDED_OVER}


class Happened(Protocol):
    """One line of the journal."""

    @property
    def at(self) -> datetime: ...

    @property
    def verb(self) -> str: ...

    @property
    def facts(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Hand:
    """From this moment on it lies with these; `owner` owes it."""

    since: datetime
    owner: str
    holders: tuple[str, ...]


@dataclass
class _Hands:
    """With whom a duty lies, while its events go by."""

    duty: int
    owner: str = ""
    kind: str = ""
    # All referrals that are out, and those of them on which this duty waits.
    out: dict[int, str] = field(default_factory=dict)
    asked: dict[int, str] = field(default_factory=dict)
    # A referral that was asked as part of another one, and that other.
    part_of: dict[int, int] = field(default_factory=dict)

    def hear(self, event: Happened) -> bool:
        """Take one event in; says whether it may lie with others now."""
        facts, own = event.facts, event.facts.get("duty") == self.duty
        if own and event.verb in {"duty.opened", _HANDED_OVER}:
            self.owner, self.kind = facts["unit"], facts["kind"]
            self.asked.clear()
        elif own:
            return False
        elif facts.get("kind") == "referral" and event.verb in _ASKED:
            self._ask(facts["duty"], facts["unit"])
        elif facts.get("kind") == "referral" and event.verb in _GIVEN:
            self.out.pop(facts["duty"], None)
            self.asked.pop(facts["duty"], None)
        elif event.verb == _REFERRED_ON and not facts["passed"]:
            self._onward(facts)
        elif event.verb in _GOES_ON and self.kind == _FINAL:
            self.asked.clear()
        else:
            return False
        return bool(self.owner)

    def _ask(self, duty: int, unit: str) -> None:
        self.out[duty] = unit
        # An answer waits for all that was asked; what was asked waits only for what it asked others itself.
        if self.owner and (self.kind == _FINAL or duty in self.part_of):
            self.asked[duty] = unit

    def _onward(self, facts: Mapping[str, Any]) -> None:
        asked = _newest(self.out, facts["to_unit"])
        asking = _newest(self.out, facts["from_unit"])
        if asking is None and self.kind != _FINAL and facts["from_unit"] == self.owner:
            asking = self.duty
        if asked is None or asking is None or (asking != self.duty and asking not in self.asked):
            return
        self.part_of[asked] = asking
        self.asked[asked] = facts["to_unit"]

    @property
    def holders(self) -> tuple[str, ...]:
        waiting = {self.part_of[duty] for duty in self.asked if duty in self.part_of}
        asked = dict.fromkeys(unit for duty, unit in self.asked.items() if duty not in waiting)
        return tuple(asked) or (self.owner,)


def _newest(out: Mapping[int, str], unit: str) -> int | None:
    return next((duty for duty in reversed(list(out)) if out[duty] == unit), None)


def hands(duty: int, happened: Iterable[Happened]) -> list[Hand]:
    """With whom a duty lay from when on, oldest first."""
    told, found, events = _Hands(duty), list[Hand](), list(happened)
    for place, event in enumerate(events):
        if event.verb == "duty.opened" and event.facts.get("duty") == duty and event.facts.get("like"):
            # It took the place of another: until then it lay as that one did.
            found = hands(event.facts["like"], events[:place])
        if told.hear(event):
            found.append(Hand(event.at, told.owner, told.holders))
    return found


@dataclass(frozen=True)
class Charged:
    """One clock: how long it ran and by how much it is late, in all and for each office."""

    clock: str
    ran: timedelta
    late: timedelta
    ran_with: Mapping[str, timedelta]
    late_with: Mapping[str, timedelta]


def charged(duty: Duty, happened: Sequence[Happened], now: datetime) -> list[Charged]:
    """Every clock that people outside were promised; one without a name where the date came from elsewhere."""
    lay = hands(duty.pk, happened)
    clocks = [clock for clock in read(duty.clocks, duty.opened_at) if not clock.rule.internal]
    if clocks:
        return [_of_clock(clock, lay, now) for clock in clocks]
    end = min(duty.answered_at or duty.settled_at or now, now)
    return [_charge("", _pieces(lay, duty.opened_at, end, (), lambda hand: hand.holders), duty.due_at)]


def decisive(duty: Duty, happened: Sequence[Happened], now: datetime) -> Charged | None:
    """The clock by which the duty is late: the one that ends first. None when it is in time."""
    late = [one for one in charged(duty, happened, now) if one.late]
    return max(late, key=lambda one: one.late, default=None)


def _of_clock(clock: Clock, lay: Sequence[Hand], now: datetime) -> Charged:
    # What has run out cannot stand: a shorter time given later may have ended before it stood.
    real = [pause for pause in clock.pauses if clock.due is None or pause.since < clock.due]
    stood = [(pause.since, pause.until or _ENDLESS) for pause in real]
    by_owner = clock.rule.charged == "owner"

    def whose(hand: Hand) -> tuple[str, ...]:
        return (hand.owner,) if by_owner else hand.holders

    return _charge(clock.regime, _pieces(lay, clock.start, min(clock.stopped or now, now), stood, whose), clock.due)


_Piece = tuple[datetime, datetime, tuple[str, ...]]


def _pieces(
    lay: Sequence[Hand],
    start: datetime,
    end: datetime,
    stood: Sequence[tuple[datetime, datetime]],
    whose: Callable[[Hand], tuple[str, ...]],
) -> list[_Piece]:
    """The stretches in which the clock ran, each with those it lay with."""
    bounds = {start, end, *(hand.since for hand in lay), *(moment for pause in stood for moment in pause)}
    marks = sorted(bound for bound in bounds if start <= bound <= end)
    found = []
    for since, until in pairwise(marks):
        if any(begun <= since < over for begun, over in stood):
            continue
        hand = next((hand for hand in reversed(lay) if hand.since <= since), None)
        found.append((since, until, whose(hand) if hand else ("",)))
    return found


def _charge(code: str, pieces: Sequence[_Piece], due: datetime | None) -> Charged:
    late = [(max(since, due), until, whose) for since, until, whose in pieces if due is not None and until > due]
    return Charged(code, _total(pieces), _total(late), _shared(pieces), _shared(late))


def _total(pieces: Iterable[_Piece]) -> timedelta:
    return sum((until - since for since, until, _whose in pieces), _NOTHING)


def _shared(pieces: Iterable[_Piece]) -> dict[str, timedelta]:
    """What falls to each: several share equally, to the microsecond, so that the parts are the whole."""
    found: dict[str, timedelta] = {}
    for since, until, whose in pieces:
        share, rest = divmod((until - since) // _MICRO, len(whose))
        for place, unit in enumerate(whose):
            found[unit] = found.get(unit, _NOTHING) + (share + (place < rest)) * _MICRO
    return found


def happened_to(codes: Collection[str], until: datetime | None = None) -> dict[str, list[Entry]]:
    """What decides with whom matters lay, by their code. One query."""
    rows = Entry.objects.filter(subject__in=codes, verb__in=VERBS).order_by("id").only("subject", "at", "verb", "facts")
    found: dict[str, list[Entry]] = {}
    for entry in rows if until is None else rows.filter(at__lte=until):
        found.setdefault(entry.subject, []).append(entry)
    return found
