"""Who may confirm what was done: a secretary or the chair of the body, never whoever did it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.councils.models import Body, Membership, Role
from takrim.councils.queries import NotYourBody
from takrim.decisions.models import Share
from takrim.decisions.queries import own_work
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power


class OwnWork(Refusal):
    code = "own_work"
    status = 403
    message = _(
        "This was done by yourself, by the office you lead, or by whom you stand in for. Another secretary or the "
        "chair confirms it."
    )


def keeps(body: Body | int, actor: Actor, on: date) -> bool:
    """Whether the actor follows the decisions of a body: its secretaries and its chair."""
    if not actor.may(Power.DECISION_CONFIRM):
        return False
    seats = Membership.objects.valid(on).of(actor).filter(role__in=[Role.CHAIR, Role.SECRETARY])
    return seats.filter(body=body).exists()


def require_keeper(body: Body | int, by: Actor, on: date) -> None:
    """Raise NotAllowed without the power, NotYourBody for whoever is neither secretary nor chair."""
    by.require(Power.DECISION_CONFIRM)
    if not keeps(body, by, on):
        raise NotYourBody


def is_ours(share: Share, actor: Actor, on: date) -> bool:
    """Whether the actor may report on it: from the office that owes it or above, or for the organisation outside."""
    if actor.unit_path and is_under(share.unit_path, actor.unit_path):
        return True
    return share.organisation_id is not None and Share.objects.represented_by(actor, on).filter(pk=share.pk).exists()


def is_doer(share: Share, actor: Actor, on: date) -> bool:
    """Whether the actor, or whom they stand in for, had a hand in it."""
    return share.pk in own_work([share], actor, on)


def confirms(share: Share, actor: Actor, on: date) -> bool:
    """Whether the actor may say of this part that it was done."""
    return keeps(share.body_id, actor, on) and not is_doer(share, actor, on)


def require_confirmer(share: Share, by: Actor, on: date) -> None:
    """Raise NotAllowed, NotYourBody or OwnWork."""
    require_keeper(share.body_id, by, on)
    if is_doer(share, by, on):
        raise OwnWork
