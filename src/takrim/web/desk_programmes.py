"""What a desk reaches of programmes and their planned actions."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from takrim.orgs.models import Post
from takrim.orgs.paths import under
from takrim.orgs.powers import Power
from takrim.orgs.units import UnitNames, house_of
from takrim.programmes.models import OwnProgramme, Planned, PlannedQuerySet
from takrim.programmes.proving import PROVABLE
from takrim.proofs.models import Action
from takrim.proofs.queries import actions_for
from takrim.proofs.queries import seen_by as proofs_seen_by
from takrim.web.desk import Desk, PublicDesk


def planned(desk: Desk) -> PlannedQuerySet:
    """What the person's office and those below it plan."""
    return Planned.objects.all().seen_by(desk.actor)


def owed_next(desk: Desk) -> PlannedQuerySet:
    """What the person's own office has not proven yet, the first due first."""
    own = planned(desk).standing().filter(unit_path=desk.actor.unit_path, duty__settled_at=None)
    return own.select_related("duty").order_by("duty__due_at")


def proofs_of(desk: Desk, row: Planned) -> QuerySet[Action]:
    """The proofs of an action that was reached through `planned()`, as far as this person sees them."""
    return proofs_seen_by(desk.actor).filter(pk__in=actions_for(PROVABLE, row.code).values("pk")).order_by("-pk")


def may_plan(desk: Desk) -> bool:
    return desk.actor.may(Power.PROGRAMME_EDIT)


def plans_for(desk: Desk) -> list[UnitNames]:
    """The offices for which this person may plan."""
    return desk.unit_names() if may_plan(desk) else []


def posts_at(desk: Desk, path: str) -> QuerySet[Post]:
    """The posts of one office in scope, to one of which an action may be given."""
    return Post.objects.filter(unit__path=path, unit__in=desk.units()).order_by("pk")


def own_programmes(desk: Desk) -> QuerySet[OwnProgramme]:
    """What the house of this desk keeps beside the catalogue."""
    return OwnProgramme.objects.filter(path=house_of(desk.actor.unit_path), ended_at=None).order_by("from_month")


def keeps_own(desk: Desk) -> bool:
    """Whether this person may keep programmes of the house."""
    return may_plan(desk) and desk.actor.unit_path == house_of(desk.actor.unit_path)


def open_to_people(desk: PublicDesk, path: str, since: datetime) -> PlannedQuerySet:
    """What anybody may come to at a place and below it, the next first."""
    return Planned.objects.all().open_to_people(since).filter(under(path)).order_by("starts_at", "pk")
