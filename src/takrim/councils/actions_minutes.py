"""Minutes are begun and written live: field by field, by several at once, without losing a word of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.councils import passages
from takrim.councils.merging import joined, merged
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import TOOK_PLACE, Invitation, Meeting
from takrim.councils.models_minutes import Dissent, DraftDecision, Minutes, OtherText, Passage, Vote
from takrim.councils.queries import require_keeper
from takrim.councils.votes import Choice
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor


class NotHeldYet(Refusal):
    code = "minutes_not_held_yet"
    message = _("Minutes begin when the meeting has begun: count who is there and open it first.")


class MinutesSealed(Refusal):
    code = "minutes_sealed"
    message = _(
        "These minutes lie sealed to be signed: their words cannot change. Take them back first, then those who have "
        "signed sign again."
    )


class NoSuchField(Refusal):
    code = "minutes_no_such_field"
    status = 404
    message = _("This part of the minutes is no longer there: its decision or its item was taken out.")


class TextTooLong(Refusal):
    code = "minutes_text_too_long"
    status = 422
    message = _("A field of the minutes holds at most {longest} letters. Divide the text.")


class NoVoteHere(Refusal):
    code = "no_vote_here"
    status = 422
    message = _("Only those who are there and have a vote can vote.")


class NotThere(Refusal):
    code = "dissent_not_there"
    status = 422
    message = _("Only whoever was there can disagree with a decision.")


@dataclass(frozen=True, kw_only=True)
class MinutesBegun(Event):
    verb = "minutes.begun"
    sentence = _("The minutes of a meeting of {unit} were begun.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class DecisionAdded(Event):
    verb = "minutes.decision_added"
    sentence = _("A decision was added to the draft minutes of {unit}.")
    unit: str
    decision: int


@dataclass(frozen=True, kw_only=True)
class DecisionDropped(Event):
    verb = "minutes.decision_dropped"
    sentence = _("A decision was taken out of the draft minutes of {unit}.")
    unit: str
    decision: int


@dataclass(frozen=True, kw_only=True)
class VotesNoted(Event):
    verb = "minutes.voted"
    sentence = _("The votes on a decision of {unit} were noted.")
    unit: str
    decision: int


@dataclass(frozen=True, kw_only=True)
class DissentNoted(Event):
    verb = "minutes.dissent"
    sentence = _("A dissent from a decision of {unit} was noted.")
    unit: str
    decision: int


@dataclass(frozen=True, kw_only=True)
class TextSettled(Event):
    verb = "minutes.settled"
    sentence = _("Of two texts of the same place in minutes of {unit} one was chosen.")
    unit: str


@dataclass(frozen=True)
class Kept:
    """What became of a text: the field as it stands now, and the text that waits beside it for a choice."""

    passage: Passage
    other: OtherText | None = None


class Settle(StrEnum):
    """Which of two texts holds."""

    CURRENT = auto()
    OTHER = auto()
    BOTH = auto()


def require_writer(minutes: Minutes, by: Actor, now: datetime) -> None:
    """Raise unless the actor keeps these minutes and they are open."""
    require_keeper(minutes.meeting.body, by, local_date(now))
    if minutes.sealed_at is not None:
        raise MinutesSealed


def _record(event: Event, minutes: Minutes, *, by: Actor, now: datetime) -> None:
    record(event, on=minutes.meeting.subject, unit_path=minutes.unit_path, by=by, at=now)


@transaction.atomic
def begin_minutes(*, meeting: Meeting, by: Actor, now: datetime) -> Minutes:
    """Open the minutes of a meeting that has begun; begun twice they are the same."""
    require_keeper(meeting.body, by, local_date(now))
    if meeting.state not in TOOK_PLACE:
        raise NotHeldYet
    try:
        with transaction.atomic():
            minutes = Minutes.objects.create(
                meeting=meeting, unit_path=meeting.unit_path, begun_at=now, begun_by=by.code
            )
    except IntegrityError:
        return Minutes.objects.get(meeting=meeting)
    _record(MinutesBegun(unit=minutes.unit_path), minutes, by=by, now=now)
    return minutes


@transaction.atomic
def keep_passage(
    *, minutes: Minutes, name: str, text: str, seen: int, by: Actor, now: datetime, base: str | None = None
) -> Kept:
    """Keep what was written in a field. `seen` is the version it was written on, `base` what stood there.

    Where another was faster, both changes are put together if they touch different words; else the other text is kept
    beside the field until somebody chooses. Sent again, nothing happens twice. Keystrokes are no event of their own.
    """
    require_writer(minutes, by, now)
    field = passages.read_name(name)
    if field is None or not passages.belongs(field, minutes):
        raise NoSuchField
    clean = clean_text(text)
    if len(clean) > passages.LONGEST:
        raise TextTooLong(longest=passages.LONGEST)
    row = _row(minutes, name, by=by, now=now)
    if row.text == clean:
        return Kept(row)
    # Nobody writes between reading the row above and the change below: the row is held.
    words = clean if row.version == seen else _together(field, base, clean, row.text)
    if words is None:
        return Kept(row, _beside(row, clean, by=by, now=now))
    if words != row.text:
        _write(row, words, by=by, now=now)
    return Kept(row)


def _together(field: passages.Field, base: str | None, mine: str, theirs: str) -> str | None:
    return merged(clean_text(base), mine, theirs) if field.is_mixed and base is not None else None


def _row(minutes: Minutes, name: str, *, by: Actor, now: datetime) -> Passage:
    fresh = Passage(minutes=minutes, name=name, at=now, by=by.code, by_name=by.name)
    Passage.objects.bulk_create([fresh], ignore_conflicts=True)
    return Passage.objects.select_for_update().get(minutes=minutes, name=name)


def _write(row: Passage, text: str, *, by: Actor, now: datetime) -> None:
    row.text, row.version, row.at, row.by, row.by_name = text, row.version + 1, now, by.code, by.name
    row.save(update_fields=["text", "version", "at", "by", "by_name"])


def _beside(row: Passage, text: str, *, by: Actor, now: datetime) -> OtherText:
    """One text of each person waits at a field: their newest, which holds what they wrote before."""
    waiting = row.others.filter(by=by.code, settled_at=None)
    known = waiting.first()
    if known is None:
        return OtherText.objects.create(passage=row, text=text, at=now, by=by.code, by_name=by.name)
    waiting.update(text=text, at=now)
    known.text, known.at = text, now
    return known


@transaction.atomic
def settle_text(*, other: OtherText, choice: Settle, by: Actor, now: datetime) -> Passage:
    """A person chooses between two texts of one field, or takes both."""
    minutes = other.passage.minutes
    require_writer(minutes, by, now)
    row = Passage.objects.select_for_update().get(pk=other.passage_id)
    if OtherText.objects.filter(pk=other.pk, settled_at=None).update(settled_at=now) != 1:
        return row
    if choice is not Settle.CURRENT:
        text = other.text if choice is Settle.OTHER else joined(row.text, other.text)
        _write(row, text, by=by, now=now)
    _record(TextSettled(unit=minutes.unit_path), minutes, by=by, now=now)
    return row


@transaction.atomic
def add_decision(*, minutes: Minutes, item: AgendaItem, by: Actor, now: datetime) -> DraftDecision:
    """An empty decision under an item; its words are written like all others."""
    require_writer(minutes, by, now)
    if item.meeting_id != minutes.meeting_id or item.accepted_at is None:
        raise NoSuchField
    last = minutes.decisions.aggregate(last=Max("place"))["last"] or 0
    decision = DraftDecision.objects.create(minutes=minutes, item=item, place=last + 1, added_at=now)
    _record(DecisionAdded(unit=minutes.unit_path, decision=decision.pk), minutes, by=by, now=now)
    return decision


@transaction.atomic
def drop_decision(*, decision: DraftDecision, by: Actor, now: datetime) -> None:
    """Take it out of the draft; what was written in it is kept out of sight."""
    minutes = decision.minutes
    require_writer(minutes, by, now)
    if DraftDecision.objects.filter(pk=decision.pk, dropped_at=None).update(dropped_at=now) == 1:
        _record(DecisionDropped(unit=minutes.unit_path, decision=decision.pk), minutes, by=by, now=now)


@transaction.atomic
def note_votes(*, decision: DraftDecision, said: Mapping[int, str], by: Actor, now: datetime) -> None:
    """What each of those with a vote said, by the number of their invitation; it replaces what was noted before."""
    minutes = decision.minutes
    require_writer(minutes, by, now)
    voters = Invitation.objects.filter(meeting=minutes.meeting_id, votes=True).here()
    known = {voter.pk: voter for voter in voters}
    if not minutes.meeting.body.votes or not set(said) <= set(known) or not set(said.values()) <= set(Choice):
        raise NoVoteHere
    decision.votes.all().delete()
    Vote.objects.bulk_create(
        Vote(decision=decision, invitation=known[number], choice=choice) for number, choice in said.items()
    )
    _record(VotesNoted(unit=minutes.unit_path, decision=decision.pk), minutes, by=by, now=now)


@transaction.atomic
def note_dissent(*, decision: DraftDecision, invitation: Invitation, text: str, by: Actor, now: datetime) -> Dissent:
    """Somebody who was there does not agree: written by the secretary, or by themselves."""
    minutes = decision.minutes
    if minutes.sealed_at is not None:
        raise MinutesSealed
    if by.person_id is None or by.person_id != invitation.who_came_id:
        require_writer(minutes, by, now)
    if invitation.meeting_id != minutes.meeting_id or not invitation.is_here:
        raise NotThere
    dissent, _new = Dissent.objects.update_or_create(
        decision=decision, invitation=invitation, defaults={"text": clean_text(text).strip(), "at": now, "by": by.code}
    )
    _record(DissentNoted(unit=minutes.unit_path, decision=decision.pk), minutes, by=by, now=now)
    return dissent


@transaction.atomic
def take_dissent_back(*, dissent: Dissent, by: Actor, now: datetime) -> None:
    """It was a mistake, or they agree after all."""
    minutes = dissent.decision.minutes
    if by.person_id is None or by.person_id != dissent.invitation.who_came_id:
        require_writer(minutes, by, now)
    if minutes.sealed_at is not None:
        raise MinutesSealed
    event = DissentNoted(unit=minutes.unit_path, decision=dissent.decision_id)
    dissent.delete()
    _record(event, minutes, by=by, now=now)
