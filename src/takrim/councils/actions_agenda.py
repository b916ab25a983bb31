"""The agenda: items are proposed, taken on or declined, put in order; what rises by itself is gathered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.councils import order
from takrim.councils.models import Body
from takrim.councils.models_agenda import AgendaItem, AgendaItemQuerySet
from takrim.councils.models_meetings import Meeting
from takrim.councils.models_minutes import Minutes
from takrim.councils.queries import is_member, require_keeper
from takrim.councils.source import Asking, Risen, risen
from takrim.evidence.actions import Upload, attach
from takrim.evidence.models import Evidence
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor

SHORTEST, LONGEST = 1, 480


class ItemEmpty(Refusal):
    code = "agenda_item_empty"
    status = 422
    message = _("Write what the item is about.")


class ItemLength(Refusal):
    code = "agenda_item_length"
    status = 422
    message = _("An item takes from {shortest} to {longest} minutes.")


class WhyDeclined(Refusal):
    code = "agenda_why"
    status = 422
    message = _("Say why: whoever proposed the item reads it.")


class NotAMember(Refusal):
    code = "not_a_member"
    status = 403
    message = _("Only those who sit in this body can propose items. Ask its secretary to do it for you.")


class AgendaClosed(Refusal):
    code = "agenda_closed"
    message = _("The minutes of this meeting are sealed: its agenda can no longer be changed.")


class AgendaChanged(Refusal):
    code = "agenda_changed"
    message = _("A colleague has changed the agenda meanwhile. Look at it as it is now and order it again.")


@dataclass(frozen=True, kw_only=True)
class ItemProposed(Event):
    verb = "agenda.proposed"
    sentence = _("{unit} proposed an item for the agenda.")
    unit: str
    item: int


@dataclass(frozen=True, kw_only=True)
class ItemAccepted(Event):
    verb = "agenda.accepted"
    sentence = _("An item was taken on the agenda of {unit}.")
    unit: str
    item: int


@dataclass(frozen=True, kw_only=True)
class ItemDeclined(Event):
    verb = "agenda.declined"
    sentence = _("A proposed item was not taken on the agenda of {unit}.")
    unit: str
    item: int


@dataclass(frozen=True, kw_only=True)
class AgendaOrdered(Event):
    verb = "agenda.ordered"
    sentence = _("The agenda of {unit} was put in order.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class ItemChanged(Event):
    verb = "agenda.changed"
    sentence = _("An item of the agenda of {unit} was changed.")
    unit: str
    item: int


@dataclass(frozen=True, kw_only=True)
class ItemCarried(Event):
    verb = "agenda.carried"
    sentence = _("An item of {unit} was carried over to the next meeting.")
    unit: str
    item: int


@dataclass(frozen=True, kw_only=True)
class AgendaGathered(Event):
    verb = "agenda.gathered"
    sentence = _("Onto the agenda of {unit} came by itself: {items}.")
    counted = {"items": lambda many: ngettext("{number} item", "{number} items", many)}
    unit: str
    items: int


@dataclass(frozen=True, kw_only=True)
class ItemWords:
    """What an item says, and how many minutes it takes."""

    title: str
    text: str = ""
    length: int = 15

    def check(self) -> None:
        """Raise ItemEmpty or ItemLength."""
        if not self.title.strip():
            raise ItemEmpty
        if not SHORTEST <= self.length <= LONGEST:
            raise ItemLength(shortest=SHORTEST, longest=LONGEST)


def item_subject(item: AgendaItem) -> str:
    """The code of an item, which its papers are about."""
    return f"agenda:{item.pk}"


def require_open(meeting: Meeting) -> None:
    """Raise AgendaClosed once the minutes are sealed."""
    if Minutes.objects.filter(meeting=meeting, sealed_at__isnull=False).exists():
        raise AgendaClosed


def _require_keeper(body: Body, by: Actor, now: datetime) -> None:
    """The system keeps every agenda; of people only those whose body it is."""
    if by.is_staff:
        require_keeper(body, by, local_date(now))


def _record(event: Event, item: AgendaItem, body: Body, *, by: Actor, now: datetime) -> None:
    on = item.meeting.subject if item.meeting else body.subject
    record(event, on=on, unit_path=body.unit_path, by=by, at=now)


@transaction.atomic
def propose(*, body: Body, meeting: Meeting | None, words: ItemWords, by: Actor, now: datetime) -> AgendaItem:
    """A member raises a topic, for a meeting or for the next one that is planned."""
    if not is_member(body, by, local_date(now)):
        raise NotAMember
    words.check()
    if meeting is not None:
        require_open(meeting)
    item = AgendaItem.objects.create(
        body=body,
        meeting=meeting,
        title=words.title.strip(),
        text=words.text.strip(),
        length=words.length,
        proposed_by=by.code,
        proposed_name=by.name,
        proposed_unit=by.unit_path,
        proposed_at=now,
    )
    event = ItemProposed(unit=by.unit_path or body.unit_path, item=item.pk)
    _record(event, item, body, by=by, now=now)
    return item


def _next_place(meeting: Meeting) -> int:
    return (AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("place"))["last"] or 0) + 1


@transaction.atomic
def accept_item(*, item: AgendaItem, meeting: Meeting, by: Actor, now: datetime) -> AgendaItem:
    """The secretary takes it on: it stands last until it is put elsewhere."""
    _require_keeper(item.body, by, now)
    require_open(meeting)
    waiting = AgendaItem.objects.proposed().filter(pk=item.pk)
    if waiting.update(meeting=meeting, accepted_at=now, place=_next_place(meeting)) != 1:
        raise AgendaChanged
    item.refresh_from_db()
    _record(ItemAccepted(unit=item.body.unit_path, item=item.pk), item, item.body, by=by, now=now)
    return item


@transaction.atomic
def decline_item(*, item: AgendaItem, why: str, by: Actor, now: datetime) -> AgendaItem:
    """It does not come before the body at this meeting, for a reason that its proposer reads."""
    _require_keeper(item.body, by, now)
    if not why.strip():
        raise WhyDeclined
    if item.meeting is not None:
        require_open(item.meeting)
    rows = AgendaItem.objects.filter(pk=item.pk, declined_at=None)
    if rows.update(accepted_at=None, place=None, declined_at=now, declined_why=why.strip()) != 1:
        raise AgendaChanged
    item.refresh_from_db()
    _record(ItemDeclined(unit=item.body.unit_path, item=item.pk), item, item.body, by=by, now=now)
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, words: ItemWords, by: Actor, now: datetime) -> AgendaItem:
    """The secretary says it more clearly, or gives it more or less time."""
    _require_keeper(item.body, by, now)
    words.check()
    if item.meeting is not None:
        require_open(item.meeting)
    AgendaItem.objects.filter(pk=item.pk).update(
        title=words.title.strip(), text=words.text.strip(), length=words.length
    )
    item.refresh_from_db()
    _record(ItemChanged(unit=item.body.unit_path, item=item.pk), item, item.body, by=by, now=now)
    return item


@transaction.atomic
def order_agenda(*, meeting: Meeting, wanted: Sequence[int], by: Actor, now: datetime) -> None:
    """Put all items in this order. Raises AgendaChanged where others stand on the agenda by now."""
    _require_keeper(meeting.body, by, now)
    require_open(meeting)
    # All its rows at once: of two who order at the same time the second waits, and orders what the first has left.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    known = list(AgendaItem.objects.filter(meeting=meeting).accepted())
    if not order.is_order_of(wanted, [item.pk for item in known]):
        raise AgendaChanged
    places = {number: place for place, number in enumerate(wanted, 1)}
    for item in known:
        item.place = places[item.pk]
    AgendaItem.objects.bulk_update(known, ["place"])
    event = AgendaOrdered(unit=meeting.body.unit_path)
    record(event, on=meeting.subject, unit_path=meeting.body.unit_path, by=by, at=now)


@transaction.atomic
def shift_item(*, item: AgendaItem, places: int, by: Actor, now: datetime) -> None:
    """One item further down by so many places, or up where there are less than none."""
    meeting = item.meeting
    if meeting is None or item.place is None:
        raise AgendaChanged
    known = list(AgendaItem.objects.filter(meeting=meeting).accepted().values_list("pk", flat=True))
    order_agenda(meeting=meeting, wanted=order.moved(known, item.pk, places), by=by, now=now)


@transaction.atomic
def carry_over(*, item: AgendaItem, why: str, by: Actor, now: datetime) -> AgendaItem:
    """It was not finished: it waits for the next meeting, and knows where it comes from."""
    _require_keeper(item.body, by, now)
    if not why.strip():
        raise WhyDeclined
    try:
        with transaction.atomic():
            carried = AgendaItem.objects.create(
                body=item.body,
                title=item.title,
                title_en=item.title_en,
                text=item.text,
                text_en=item.text_en,
                length=item.length,
                about=item.about,
                proposed_by=item.proposed_by,
                proposed_name=item.proposed_name,
                proposed_unit=item.proposed_unit,
                proposed_at=now,
                carried_from=item,
                carried_why=why.strip(),
            )
    except IntegrityError as error:
        raise AgendaChanged from error
    _record(ItemCarried(unit=item.body.unit_path, item=item.pk), item, item.body, by=by, now=now)
    return carried


@transaction.atomic
def attach_paper(*, item: AgendaItem, upload: Upload, by: Actor, now: datetime) -> Evidence:
    """A paper that belongs to an item: its proposer's or the secretary's."""
    if item.proposed_by != by.code:
        _require_keeper(item.body, by, now)
    if item.meeting is not None:
        require_open(item.meeting)
    return attach(subject=item_subject(item), unit_path=item.body.unit_path, upload=upload, by=by, now=now)


@transaction.atomic
def gather(*, meeting: Meeting, by: Actor, now: datetime) -> int:
    """Take on what rises by itself and what was carried over; says how many items that were.

    What rises opens the meeting, in the order of its sources; what somebody has declined does not come again.
    """
    _require_keeper(meeting.body, by, now)
    require_open(meeting)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    asking = Asking(body=meeting.body_id, meeting=meeting.pk, unit_path=meeting.body.unit_path, at=meeting.starts_at)
    known = {item.about for item in (*AgendaItem.objects.filter(meeting=meeting).exclude(about=""), *_carried(meeting))}
    found: dict[str, tuple[str, Risen]] = {}
    for code, one in risen(asking, now):
        if one.key not in known:
            found.setdefault(one.key, (code, one))
    items = [_item(meeting, code, one, by=by, now=now) for code, one in found.values()]
    moved = _take_carried(meeting, now)
    _open_with(meeting, items)
    if items or moved:
        event = AgendaGathered(unit=meeting.body.unit_path, items=len(items) + moved)
        record(event, on=meeting.subject, unit_path=meeting.body.unit_path, by=by, at=now)
    return len(items) + moved


def _item(meeting: Meeting, code: str, one: Risen, *, by: Actor, now: datetime) -> AgendaItem:
    return AgendaItem(
        body=meeting.body,
        meeting=meeting,
        title=one.title.fa,
        title_en=one.title.en,
        text=one.note.fa,
        text_en=one.note.en,
        length=one.minutes,
        source=code,
        about=one.key,
        proposed_by=by.code,
        proposed_at=now,
        accepted_at=now,
    )


def _carried(meeting: Meeting) -> AgendaItemQuerySet:
    """What earlier meetings did not finish and no meeting has taken on yet."""
    return AgendaItem.objects.proposed().filter(body=meeting.body, meeting=None, carried_from__isnull=False)


def _take_carried(meeting: Meeting, now: datetime) -> int:
    """Items of earlier meetings that wait, behind what already stands there."""
    rows = list(_carried(meeting))
    for place, item in enumerate(rows, _next_place(meeting)):
        item.meeting, item.place, item.accepted_at = meeting, place, now
    AgendaItem.objects.bulk_update(rows, ["meeting", "place", "accepted_at"])
    return len(rows)


def _open_with(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    """What rose stands before what was there, behind what had risen before."""
    before = AgendaItem.objects.filter(meeting=meeting).exclude(source="").accepted().last()
    first = (before.place or 0) if before is not None else 0
    AgendaItem.objects.filter(meeting=meeting, place__gt=first).update(place=F("place") + len(items))
    for place, item in enumerate(items, first + 1):
        item.place = place
    AgendaItem.objects.bulk_create(items)
