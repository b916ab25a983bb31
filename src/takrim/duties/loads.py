"""How much work lies with whom in an office, and who is next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db.models import Count, Sum

from takrim.duties.models import Capacity, Difficulty, Duty, Sharing, Way
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Unit
from takrim.orgs.powers import ROLES, Power
from takrim.orgs.presence import Seat, seats_of

# A matter weighs this much where the office has not said otherwise; times what its difficulty says.
USUAL_WEIGHT = 2
TIMES = {Difficulty.EASY: 1, Difficulty.NORMAL: 2, Difficulty.HARD: 4}
FULL = 100


@dataclass(frozen=True, kw_only=True)
class Share:
    """A post of the office: who is there, how much it takes, how much lies with it."""

    seat: Seat
    capacity: int
    many: int = 0
    load: int = 0

    @property
    def takes(self) -> bool:
        """Whether work is given to it by itself today."""
        return self.capacity > 0 and self.seat.acting is not None


def weight_of(kind: str, difficulty: str, weights: dict[str, int], usual: int = USUAL_WEIGHT) -> int:
    """What a matter of a kind weighs in an office."""
    return int(weights.get(kind, usual)) * TIMES[Difficulty(difficulty)]


def shares_of(unit: Unit, day: date, seen_by: Actor | None = None) -> list[Share]:
    """The posts of the office that can do its work, by number. Four queries.

    For a page, what is kept from whoever looks is not counted either.
    """
    seats = [seat for seat in seats_of([unit.pk], day) if Power.DUTY_ANSWER in ROLES.get(seat.post.role, frozenset())]
    numbers = [seat.post.pk for seat in seats]
    said = dict(Capacity.objects.filter(post_id__in=numbers).values_list("post_id", "share"))
    owed = Duty.objects.owed().filter(assignee_id__in=numbers, answered_at=None).order_by()
    if seen_by is not None:
        owed = owed.open_to(seen_by.unit_path, seen_by.person)
    lies = {
        post: (many, load or 0)
        for post, many, load in owed.values_list("assignee_id").annotate(many=Count("id"), load=Sum("weight"))
    }
    return [
        Share(
            seat=seat,
            # Those who lead do not get every matter themselves, unless the office says so.
            capacity=said.get(seat.post.pk, FULL if seat.post.role == "expert" else 0),
            many=lies.get(seat.post.pk, (0, 0))[0],
            load=lies.get(seat.post.pk, (0, 0))[1],
        )
        for seat in seats
    ]


def _of_person(shares: Iterable[Share]) -> dict[int, int]:
    """What lies with each person, at all posts where they act: a substitute carries both."""
    loads: dict[int, int] = {}
    for share in shares:
        if share.seat.acting is not None:
            loads[share.seat.acting.pk] = loads.get(share.seat.acting.pk, 0) + share.load
    return loads


def next_share(
    sharing: Sharing, shares: list[Share], weight: int, without: frozenset[str] = frozenset()
) -> Share | None:
    """Who gets the next matter; nobody where nobody is there. `without`: people who must not, by code."""
    able = [share for share in shares if share.takes and _code(share.seat.acting) not in without]
    if not able:
        return None
    if sharing.way == Way.IN_TURN:
        last = sharing.last_post_id or 0
        return next((share for share in able if share.seat.post.pk > last), able[0])
    loads = _of_person(shares)

    def filled(share: Share) -> tuple[Fraction, int]:
        person = share.seat.acting
        assert person is not None
        return Fraction(loads[person.pk] + weight, share.capacity), share.seat.post.pk

    return min(able, key=filled)


def _code(person: Person | None) -> str:
    return f"person:{person.pk}" if person else ""


def with_more(shares: list[Share], chosen: Share, weight: int) -> list[Share]:
    """The shares after a matter was given."""
    more = replace(chosen, many=chosen.many + 1, load=chosen.load + weight)
    return [more if share is chosen else share for share in shares]
