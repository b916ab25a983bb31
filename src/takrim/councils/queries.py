"""Who somebody is to a body on a day, and what of bodies can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.councils.models import Body, BodyQuerySet, Membership, Role, Subject
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared


class NotYourBody(Refusal):
    code = "not_your_body"
    status = 403
    message = _("Only the secretaries and the chair of this body can do this.")


@dataclass(frozen=True)
class Standing:
    """What somebody is to a body on a day: one query answers all."""

    seats: tuple[Membership, ...] = ()
    # Subjects whose secretary they are.
    subjects: frozenset[int] = frozenset()
    # A secretary to whom no subject was given answers for all of them.
    general: bool = False

    @property
    def is_chair(self) -> bool:
        return any(seat.role == Role.CHAIR for seat in self.seats)

    @property
    def is_secretary(self) -> bool:
        return any(seat.role == Role.SECRETARY for seat in self.seats)

    @property
    def is_member(self) -> bool:
        """Whether they sit there at all, as whatever."""
        return bool(self.seats)

    @property
    def votes(self) -> bool:
        return any(seat.votes for seat in self.seats)


def standing_of(body: Body, actor: Actor, on: date) -> Standing:
    """The seats of the actor in a body on a day; two queries, one where they are no secretary."""
    seats = tuple(Membership.objects.valid(on).of(actor).filter(body=body).order_by("pk"))
    secretary = [seat.pk for seat in seats if seat.role == Role.SECRETARY]
    if not secretary:
        return Standing(seats)
    given = Subject.objects.filter(body=body, ended_at=None, secretary_id__in=secretary)
    named = dict(given.values_list("pk", "secretary_id"))
    return Standing(seats, frozenset(named), general=set(secretary) != set(named.values()))


def is_chair(body: Body, actor: Actor, on: date) -> bool:
    return _sits(body, actor, on, Q(role=Role.CHAIR))


def is_secretary(body: Body, actor: Actor, on: date) -> bool:
    """Whether the actor is one of its secretaries, for whatever subject."""
    return _sits(body, actor, on, Q(role=Role.SECRETARY))


def is_member(body: Body, actor: Actor, on: date) -> bool:
    """Whether the actor sits in it, as chair, secretary, member or observer, or as somebody's named substitute."""
    return _sits(body, actor, on, Q())


def _sits(body: Body, actor: Actor, on: date, which: Q) -> bool:
    return Membership.objects.valid(on).of(actor).filter(which, body=body).exists()


def keeps(body: Body, actor: Actor, on: date) -> bool:
    """Whether the actor may invite, note attendance and write the minutes: its secretaries and its chair."""
    which = Q(role__in=[Role.CHAIR, Role.SECRETARY])
    return actor.may(Power.MEETING_KEEP) and _sits(body, actor, on, which)


def require_keeper(body: Body, by: Actor, on: date) -> None:
    """Raise NotAllowed without the power, NotYourBody for whoever is neither secretary nor chair."""
    by.require(Power.MEETING_KEEP)
    if not keeps(body, by, on):
        raise NotYourBody


def edits(body: Body, actor: Actor, on: date) -> bool:
    """Whether the actor may change the body itself: who may edit bodies there, or keeps it."""
    here = bool(actor.unit_path) and is_under(body.unit_path, actor.unit_path)
    return actor.may(Power.BODIES_EDIT) and (here or keeps(body, actor, on))


def require_editor(body: Body, by: Actor, on: date) -> None:
    """Raise NotAllowed without the power, NotYourBody where the body is another's."""
    by.require(Power.BODIES_EDIT)
    if not edits(body, by, on):
        raise NotYourBody


def looking(path: str, person: int, post: int) -> Actor:
    """Whoever looks from there: all that a query of what is seen depends on."""
    powers = frozenset({Power.COUNCIL_SEE})
    return Actor(code="", unit_path=path, person_id=person, post_id=post, powers=powers)


def that_must_meet(actor: Actor, on: date, most: int) -> list[Body]:
    """The bodies with a rhythm that the actor sees, those of one office together."""
    if not actor.unit_path or not actor.may(Power.COUNCIL_SEE):
        return list(_must_meet(actor, on)[:most])
    return _MUST_MEET(path=actor.unit_path, person=actor.person, post=actor.post_id or 0, on=on)[:most]


def _must_meet(actor: Actor, on: date) -> BodyQuerySet:
    return Body.objects.all().seen_by(actor, on).exclude(rhythm_period="").order_by("unit_path", "name_fa", "pk")


_MUST_MEET = Prepared(lambda path, person, post, on: _must_meet(looking(path, person, post), on))
