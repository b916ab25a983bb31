"""Which posts a person holds on a day, and the actor each makes of them."""

from __future__ import annotations

from datetime import date

from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, HoldingQuerySet
from takrim.orgs.powers import ROLES
from takrim.orgs.prepared import Prepared


def _held(*, person_id: int, on: date) -> HoldingQuerySet:
    rows = Holding.objects.valid(on).filter(person_id=person_id)
    return rows.select_related("post__unit", "substitute_for", "person")


_HELD = Prepared(_held)


def holdings_of(person_id: int, on: date) -> list[Holding]:
    """The person's posts on that day with post and unit at hand, own posts before substitutions."""
    rows = _HELD(person_id=person_id, on=on)
    return sorted(rows, key=lambda row: (row.substitute_for_id is not None, row.pk))


def actor_at(holding: Holding) -> Actor:
    """The person of the holding, acting at its post."""
    absent = holding.substitute_for
    return Actor(
        code=f"person:{holding.person_id}",
        name=holding.person.name,
        post=holding.post.title,
        unit_path=holding.post.unit.path,
        powers=ROLES.get(holding.post.role, frozenset()),
        person_id=holding.person_id,
        post_id=holding.post_id,
        substitute_for=absent.name if absent else "",
        substitute_for_id=absent.pk if absent else None,
        role=holding.post.role,
    )
