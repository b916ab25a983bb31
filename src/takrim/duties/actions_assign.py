"""Who in the office does it: given by hand, taken, or shared out the way the head chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.duties.loads import FULL, weight_of
from takrim.duties.models import Capacity, Duty, Sharing, Way
from takrim.duties.moves import DutyMovedMeanwhile
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actions_posts import require_in_scope
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.powers import ROLES, Power
from takrim.orgs.presence import Seat, seats_of
from takrim.orgs.rows import SOME, change


class NotOfThisOffice(Refusal):
    code = "not_of_this_office"
    status = 422
    message = _(
        "This post belongs to another office, or cannot do this work. Choose a colleague of the office that owes it."
    )


class NobodyThere(Refusal):
    code = "nobody_there"
    status = 422
    message = _("Nobody is at this post today and no substitute is named. Choose another colleague.")


class AboutThem(Refusal):
    code = "about_them"
    message = _("This is not given to this colleague. Choose another one.")


class AlreadyTheirs(Refusal):
    code = "already_theirs"
    message = _("This colleague has it already.")


class AlreadyGiven(Refusal):
    code = "already_given"
    message = _("This has been given to a colleague. Ask the head of the office if you are to take it over.")


class ShareOutOfRange(Refusal):
    code = "share_out_of_range"
    status = 422
    message = _("A share is between 0 and 200 per cent, and a weight between 1 and 9.")


@dataclass(frozen=True, kw_only=True)
class Assigned(Event):
    """Posts and people are told by number: names stay in the table of people."""

    verb = "duty.assigned"
    sentence = _("A colleague of {unit} was given the work.")
    duty: int
    unit: str
    post: int
    person: int
    way: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class TakenAway(Event):
    verb = "duty.taken_away"
    sentence = _("In {unit} the work lies with nobody for now.")
    duty: int
    unit: str


@dataclass(frozen=True, kw_only=True)
class SharingChosen(Event):
    verb = "unit.sharing_chosen"
    sentence = _("The head of {unit} chose how work is shared out.")
    unit: str
    way: str


@transaction.atomic
def assign(*, duty: Duty, post: Post, difficulty: str, kind: str, by: Actor, now: datetime) -> Duty:
    """The head gives it to a post of the office, also over from another. `kind` says what weighs how much."""
    require_in_scope(by, Power.DUTY_ASSIGN, duty.unit_path)
    seat = _seat_at(duty, post, now)
    if duty.assignee_id == post.pk and duty.difficulty == difficulty:
        raise AlreadyTheirs
    weight = weight_of(kind, difficulty, weights_of(duty.unit_id))
    return give(duty=duty, seat=seat, difficulty=difficulty, weight=weight, way=Way.BY_HAND, by=by, now=now)


@transaction.atomic
def take(*, duty: Duty, kind: str, by: Actor, now: datetime) -> Duty:
    """An officer of the unit takes what nobody has been given."""
    by.require(Power.DUTY_ANSWER)
    if by.post_id is None:
        raise NotOfThisOffice
    if duty.assignee_id is not None:
        raise AlreadyGiven
    seat = _seat_at(duty, Post.objects.get(pk=by.post_id), now)
    weight = weight_of(kind, duty.difficulty, weights_of(duty.unit_id))
    return give(duty=duty, seat=seat, difficulty=duty.difficulty, weight=weight, way="taken", by=by, now=now)


@transaction.atomic
def give(*, duty: Duty, seat: Seat, difficulty: str, weight: int, way: str, by: Actor, now: datetime) -> Duty:
    """Let a post do it. Two who give at once: one succeeds, the other is told."""
    if seat.acting is None:
        raise NobodyThere
    if by.is_staff and not _open_to(duty, by.unit_path, by.person):
        # Whom it is about is not told so: to them it has just been changed.
        raise DutyMovedMeanwhile
    if not all(_open_to(duty, duty.unit_path, person) for person in seat.people):
        raise AboutThem
    still = {"assignee_id": duty.assignee_id, "settled_at": None, "answered_at": None}
    given = {"assignee": seat.post, "assigned_at": now, "difficulty": difficulty, "weight": weight}
    if not change(duty, still=still, to=given):
        raise DutyMovedMeanwhile
    event = Assigned(
        duty=duty.pk, unit=duty.unit_path, post=seat.post.pk, person=seat.acting.pk, way=way, weight=weight
    )
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


@transaction.atomic
def take_away(*, duty: Duty, by: Actor, now: datetime) -> None:
    """Nobody has it any more: part of the deed that says why."""
    if not change(duty, still={"assignee": SOME, "settled_at": None}, to={"assignee": None, "assigned_at": None}):
        return
    event = TakenAway(duty=duty.pk, unit=duty.unit_path)
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)


def _open_to(duty: Duty, path: str, person: int) -> bool:
    return Duty.objects.filter(pk=duty.pk).open_to(path, person).exists()


def _seat_at(duty: Duty, post: Post, now: datetime) -> Seat:
    if post.unit_id != duty.unit_id or Power.DUTY_ANSWER not in ROLES.get(post.role, frozenset()):
        raise NotOfThisOffice
    seats = [seat for seat in seats_of([duty.unit_id], local_date(now)) if seat.post.pk == post.pk]
    if not seats:
        raise NobodyThere
    return seats[0]


def weights_of(unit_id: int) -> dict[str, int]:
    """What a matter of each kind weighs in an office, as far as it has said so."""
    return Sharing.objects.filter(unit_id=unit_id).values_list("weights", flat=True).first() or {}


@transaction.atomic
def choose_sharing(
    *, unit: Unit, way: Way, weights: dict[str, int], shares: dict[int, int], by: Actor, now: datetime
) -> Sharing:
    """The head says how work is shared out, what weighs how much, and who takes how much."""
    require_in_scope(by, Power.DUTY_ASSIGN, unit.path)
    if not all(1 <= weight <= 9 for weight in weights.values()) or not all(
        0 <= share <= 2 * FULL for share in shares.values()
    ):
        raise ShareOutOfRange
    if Post.objects.filter(pk__in=shares, unit=unit).count() != len(shares):
        raise NotOfThisOffice
    chosen = {"way": way, "weights": weights, "chosen_at": now, "chosen_by": by.code}
    sharing, _new = Sharing.objects.update_or_create(unit=unit, defaults=chosen)
    for post_id, share in shares.items():
        Capacity.objects.update_or_create(post_id=post_id, defaults={"share": share})
    record(SharingChosen(unit=unit.path, way=way), on=f"unit:{unit.path}", unit_path=unit.path, by=by, at=now)
    return sharing


@transaction.atomic
def give_in_turn(*, sharing: Sharing, duty: Duty, seat: Seat, weight: int, by: Actor, now: datetime) -> Duty:
    """Shared out by the office's own rule; whose turn it was is kept. Of two workers at once only one gives."""
    by.require(Power.DUTY_ASSIGN)
    mine = Sharing.objects.filter(pk=sharing.pk, last_post_id=sharing.last_post_id, way=sharing.way)
    if mine.update(last_post_id=seat.post.pk) != 1:
        raise DutyMovedMeanwhile
    sharing.last_post_id = seat.post.pk
    return give(duty=duty, seat=seat, difficulty=duty.difficulty, weight=weight, way=sharing.way, by=by, now=now)
