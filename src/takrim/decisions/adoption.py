"""Decisions of minutes that are issued are taken up: from now on they are owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from takrim.base.clock import local_date
from takrim.councils.adoption import Adopted
from takrim.councils.doers import number_of, with_seats
from takrim.councils.models import Body
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.decisions.actions_write import Owner, Wording, issue, until
from takrim.decisions.links import Target, Thing, read_target
from takrim.decisions.models import Decision, Relation
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit


def adopt(decisions: Sequence[Adopted], *, by: Actor, now: datetime) -> None:
    """Each once, however often it is handed down."""
    known = set(Decision.objects.filter(key__in=[one.key for one in decisions]).values_list("key", flat=True))
    new = sorted((one for one in decisions if one.key not in known), key=lambda one: one.place)
    bodies = Body.objects.in_bulk({one.body for one in new})
    meetings = Meeting.objects.in_bulk({one.meeting for one in new})
    items = AgendaItem.objects.in_bulk({one.item for one in new if one.item is not None})
    for one in new:
        meeting = meetings[one.meeting]
        wording = Wording(
            text=one.text,
            decided_on=local_date(meeting.starts_at),
            owners=owners_of(bodies[one.body], one.doers),
            term=until(one.due) if one.due else None,
            proof=one.proof,
            number=one.number,
            key=one.key,
            meeting=meeting,
            item=items.get(one.item or 0),
            targets=_targets(one),
        )
        issue(body=bodies[one.body], wording=wording, by=by, now=now)


def owners_of(body: Body, doers: Sequence[str]) -> list[Owner]:
    """Who carries it out, in this order; words that name nobody are left. Nobody named is the office of the body."""
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=doers)}
    numbers = {doer: number for doer in doers if (number := number_of(doer)) is not None}
    outside = with_seats(body, numbers.values())
    found = []
    for doer in doers:
        if doer in units:
            found.append(Owner(unit=units[doer]))
        elif numbers.get(doer) in outside:
            found.append(Owner(unit=body.unit, organisation=outside[numbers[doer]]))
    return found or [Owner(unit=body.unit)]


def _targets(adopted: Adopted) -> list[Target]:
    """What its item was about. An item about an earlier decision continues that; codes that name nothing are left."""
    found = [Target(Thing.RIGHT, right) for right in adopted.rights]
    targets = [target for about in adopted.about if (target := read_target(about)) is not None]
    earlier = {target.code for target in targets if target.kind == Thing.DECISION}
    known = set(Decision.objects.filter(code__in=earlier).values_list("code", flat=True))
    for target in targets:
        if target.kind != Thing.DECISION:
            found.append(target)
        elif target.code in known:
            found.append(target._replace(relation=Relation.CONTINUES))
    return found
