"""Minutes are shown for comments, sealed, signed under their exact hash by those who were there, and issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.councils import adoption, composing, numbers
from takrim.councils.actions_minutes import require_writer
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import GUEST, Invitation, State
from takrim.councils.models_minutes import Comment, Minutes, MinutesSignature
from takrim.councils.moves import Move, move
from takrim.councils.queries import require_keeper
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.rows import SOME, change


class MinutesIncomplete(Refusal):
    """`found`: what is missing, as sentences."""

    code = "minutes_incomplete"
    status = 422
    message = _("The minutes cannot be sealed yet: see what is missing.")

    def __init__(self, found: list[str]) -> None:
        self.found = list(found)
        super().__init__()

    def __reduce__(self) -> tuple[object, ...]:
        return MinutesIncomplete, (self.found,)


class NotOpenForComments(Refusal):
    code = "minutes_not_shown"
    message = _("These minutes are not open for comments.")


class CommentEmpty(Refusal):
    code = "comment_empty"
    status = 422
    message = _("Write the text first.")


class NotPresent(Refusal):
    code = "signer_not_present"
    status = 403
    message = _("Only those who were at the meeting comment on its minutes and sign them.")


class OtherWords(Refusal):
    code = "minutes_other_words"
    message = _("The minutes are no longer those that you have read. Read them as they are now, then sign.")


class SignedAlready(Refusal):
    code = "minutes_signed_already"
    message = _("You have signed these minutes.")


class SignaturesMissing(Refusal):
    code = "minutes_signatures_missing"
    status = 422
    message = _("Not everybody has signed yet: {names}. Wait for them, or write why the minutes are issued without.")


class ChairMustSign(Refusal):
    code = "minutes_chair_must_sign"
    message = _("The chair of the meeting has not signed yet; without that signature minutes are not issued.")


class MinutesMovedMeanwhile(Refusal):
    code = "minutes_moved_meanwhile"
    message = _("A colleague was faster: these minutes have just been changed. Look at them again.")


@dataclass(frozen=True, kw_only=True)
class MinutesShown(Event):
    verb = "minutes.shown"
    sentence = _("The draft minutes of {unit} were shown to those present.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class Commented(Event):
    verb = "minutes.commented"
    sentence = _("Somebody commented on the draft minutes of {unit}.")
    unit: str
    comment: int


@dataclass(frozen=True, kw_only=True)
class CommentSettled(Event):
    verb = "minutes.comment_settled"
    sentence = _("A comment on the draft minutes of {unit} was replied to.")
    unit: str
    comment: int


@dataclass(frozen=True, kw_only=True)
class MinutesClosed(Event):
    verb = "minutes.sealed"
    sentence = _("The minutes {number} of {unit} were sealed to be signed.")
    unit: str
    number: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class MinutesReopened(Event):
    verb = "minutes.reopened"
    sentence = _("The minutes {number} of {unit} were taken back; no longer valid: {void}.")
    counted = {"void": lambda many: ngettext("{number} signature", "{number} signatures", many)}
    unit: str
    number: str
    void: int


@dataclass(frozen=True, kw_only=True)
class MinutesSigned(Event):
    verb = "minutes.signed"
    sentence = _("The minutes {number} of {unit} were signed.")
    unit: str
    number: str
    hash: str
    invitation: int


@dataclass(frozen=True, kw_only=True)
class MinutesIssued(Event):
    verb = "minutes.issued"
    sentence = _("The minutes {number} of {unit} were issued with {decisions}.")
    counted = {"decisions": lambda many: ngettext("{number} decision", "{number} decisions", many)}
    unit: str
    number: str
    hash: str
    decisions: int


def _record(event: Event, minutes: Minutes, *, by: Actor, now: datetime) -> None:
    record(event, on=minutes.meeting.subject, unit_path=minutes.unit_path, by=by, at=now)


def own_seat(minutes: Minutes, by: Actor) -> Invitation | None:
    """At which seat the actor was there, guests included; one query."""
    here = Invitation.objects.filter(meeting=minutes.meeting_id).here()
    return next((one for one in here if by.person_id is not None and one.who_came_id == by.person_id), None)


@transaction.atomic
def show_minutes(*, minutes: Minutes, by: Actor, now: datetime) -> Minutes:
    """Those who were there may read the draft and comment on it from now on."""
    require_writer(minutes, by, now)
    if minutes.meeting.state == State.HELD:
        move(minutes.meeting, Move.DRAFT, by=by, now=now)
    if not change(minutes, still={"shown_at": None, "sealed_at": None}, to={"shown_at": now}):
        raise MinutesMovedMeanwhile
    _record(MinutesShown(unit=minutes.unit_path), minutes, by=by, now=now)
    return minutes


@transaction.atomic
def comment(*, minutes: Minutes, item: AgendaItem | None, text: str, by: Actor, now: datetime) -> Comment:
    """What somebody who was there would have otherwise."""
    clean = clean_text(text).strip()
    if not clean:
        raise CommentEmpty
    if minutes.shown_at is None or minutes.sealed_at is not None:
        raise NotOpenForComments
    seat = own_seat(minutes, by)
    if seat is None:
        require_keeper(minutes.meeting.body, by, local_date(now))
    said = Comment.objects.create(
        minutes=minutes, item=item, text=clean, at=now, by=by.code, by_name=by.name, by_post=by.post
    )
    _record(Commented(unit=minutes.unit_path, comment=said.pk), minutes, by=by, now=now)
    return said


@transaction.atomic
def settle_comment(*, said: Comment, reply: str, by: Actor, now: datetime) -> Comment:
    """The secretary says what was made of it."""
    minutes = said.minutes
    require_writer(minutes, by, now)
    clean = clean_text(reply).strip()
    if not clean:
        raise CommentEmpty
    if not change(said, still={"settled_at": None}, to={"settled_at": now, "reply": clean}):
        raise MinutesMovedMeanwhile
    _record(CommentSettled(unit=minutes.unit_path, comment=said.pk), minutes, by=by, now=now)
    return said


@transaction.atomic
def seal(*, minutes: Minutes, by: Actor, now: datetime) -> Minutes:
    """Put the words together and hold them fast: from here on nothing of them changes under a signature."""
    require_writer(minutes, by, now)
    sheet = composing.read(minutes)
    found = composing.missing(sheet)
    if found:
        raise MinutesIncomplete(found)
    if minutes.meeting.state == State.HELD:
        move(minutes.meeting, Move.DRAFT, by=by, now=now)
    move(minutes.meeting, Move.CIRCULATE, by=by, now=now)
    to: dict[str, object] = {"sealed_at": now, "shown_at": minutes.shown_at or now}
    number = minutes.number
    if not number:
        drawn = numbers.draw(minutes.unit_path, now)
        number = drawn.text
        to |= {"number": number, "year": drawn.year, "serial": drawn.serial}
    content = composing.compose(sheet, number)
    to |= {"content": content, "hash": composing.digest(content)}
    if not change(minutes, still={"sealed_at": None}, to=to):
        raise MinutesMovedMeanwhile
    event = MinutesClosed(unit=minutes.unit_path, number=number, hash=minutes.hash)
    _record(event, minutes, by=by, now=now)
    return minutes


@transaction.atomic
def take_back(*, minutes: Minutes, by: Actor, now: datetime) -> Minutes:
    """Something must be mended: the words open again, and every signature under the old ones is void."""
    require_keeper(minutes.meeting.body, by, local_date(now))
    move(minutes.meeting, Move.TAKE_BACK, by=by, now=now)
    if not change(
        minutes, still={"sealed_at": SOME, "issued_at": None}, to={"sealed_at": None, "hash": "", "content": {}}
    ):
        raise MinutesMovedMeanwhile
    void = MinutesSignature.objects.filter(minutes=minutes, void_at=None).update(void_at=now)
    event = MinutesReopened(unit=minutes.unit_path, number=minutes.number, void=void)
    _record(event, minutes, by=by, now=now)
    return minutes


@transaction.atomic
def sign(*, minutes: Minutes, seen: str, by: Actor, now: datetime) -> MinutesSignature:
    """Sign the words whose hash is `seen`, and no others."""
    # The row is held until the signature stands: nobody takes the words back in between.
    current = Minutes.objects.select_for_update().get(pk=minutes.pk)
    if current.sealed_at is None or current.hash != seen:
        raise OtherWords
    seat = own_seat(minutes, by)
    if seat is None or seat.role == GUEST:
        raise NotPresent
    title = seat.substitute_title if seat.by_substitute else seat.title_fa
    try:
        with transaction.atomic():
            signature = MinutesSignature.objects.create(
                minutes=minutes, invitation=seat, hash=seen, by=by.code, name=by.name, title=title or by.post, at=now
            )
    except IntegrityError as error:
        raise SignedAlready from error
    event = MinutesSigned(unit=current.unit_path, number=current.number, hash=seen, invitation=seat.pk)
    _record(event, minutes, by=by, now=now)
    return signature


def unsigned(minutes: Minutes) -> list[Invitation]:
    """Who was there, answers for the words, and has not signed."""
    signed = set(minutes.signatures.filter(void_at=None).values_list("invitation_id", flat=True))
    people = Invitation.objects.filter(meeting=minutes.meeting_id).here().in_order()
    return [one for one in composing.signers(people) if one.pk not in signed]


@transaction.atomic
def issue(*, minutes: Minutes, anyway: str, by: Actor, now: datetime) -> Minutes:
    """The signed minutes hold from now on; their decisions are handed down in the same moment.

    Who is there without an account signs on paper: `anyway` says why the minutes are issued without somebody.
    """
    require_keeper(minutes.meeting.body, by, local_date(now))
    if minutes.sealed_at is None:
        raise MinutesMovedMeanwhile
    open_ = unsigned(minutes)
    if any(one.role == "chair" and one.who_came_id is not None for one in open_):
        raise ChairMustSign
    if open_ and not anyway.strip():
        raise SignaturesMissing(names="، ".join(one.who_came for one in open_))
    move(minutes.meeting, Move.ISSUE, by=by, now=now)
    to = {
        "issued_at": now,
        "issued_by": by.code,
        "issued_name": by.name,
        "unsigned_why": anyway.strip() if open_ else "",
    }
    if not change(minutes, still={"hash": minutes.hash, "issued_at": None}, to=to):
        raise MinutesMovedMeanwhile
    decisions = composing.adopted(minutes)
    adoption.adopt(decisions, by=by, now=now)
    event = MinutesIssued(unit=minutes.unit_path, number=minutes.number, hash=minutes.hash, decisions=len(decisions))
    _record(event, minutes, by=by, now=now)
    return minutes
