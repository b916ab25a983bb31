"""Changing a card by hand: a draft is kept, compared, published from a day on; a version is withdrawn."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.clock import local_date
from takrim.base.errors import InWords, Refusal
from takrim.cards import schema
from takrim.cards.actions import CardText, publish_version, subject_of
from takrim.cards.models import Card, CardDraft, CardVersion
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.orgs.stamps import bump
from takrim.orgs.units import house_of


class DraftMovedOn(Refusal):
    code = "card_draft_moved_on"
    message = _("A colleague was faster and has changed this draft. Yours was not kept; look at theirs, then go on.")


class VersionMovedOn(Refusal):
    code = "card_version_moved_on"
    message = _(
        "A newer version was published after this draft was begun. Open the form, look at it and keep it again."
    )


class NoDraft(Refusal):
    code = "card_no_draft"
    message = _("There is no draft of this card any more: it was published or thrown away.")


class DayPast(Refusal):
    code = "card_day_past"
    status = 422
    message = _("A version cannot hold from a day that is past. Choose today or a later day.")


class DayTaken(Refusal):
    code = "card_day_taken"
    message = _(
        "Another version already holds from {since}, and a card changes once a day at most. "
        "Choose a later day, or withdraw that version first."
    )


class CannotWithdraw(Refusal):
    code = "card_cannot_withdraw"
    message = _("This version is over, or the next one is already published: withdraw that one first.")


class BadCode(Refusal):
    code = "card_bad_code"
    status = 422
    message = _("The code of a card has small Latin letters, digits and hyphens, such as work-permit.")


class CodeTaken(Refusal):
    code = "card_code_taken"
    message = _("There is a card of this code already. Choose another code, or change that card.")


@dataclass(frozen=True, kw_only=True)
class DraftKept(Event):
    verb = "card.drafted"
    sentence = _("A draft of the service card {card} was kept.")
    card: str


@dataclass(frozen=True, kw_only=True)
class DraftDropped(Event):
    verb = "card.draft_dropped"
    sentence = _("The draft of the service card {card} was thrown away.")
    card: str


@dataclass(frozen=True, kw_only=True)
class VersionWithdrawn(Event):
    verb = "card.withdrawn"
    sentence = _("Version {number} of the service card {card} was withdrawn; it no longer holds from {until} on.")
    public = True
    card: str
    number: int
    until: str


class Seen(NamedTuple):
    """What the editor had before their eyes: the number of the draft (0: none) and of the version in force."""

    draft: int
    version: int


def text_of(draft: CardDraft) -> CardText:
    """What a draft says."""
    return CardText(**{name: draft.says[name] for name in ("title_fa", "title_en", "promise", "content")})


def draft_of(code: str, path: str) -> CardDraft | None:
    """The draft of a house."""
    return CardDraft.objects.filter(code=code, path=path).first()


def newest(code: str, path: str) -> CardVersion | None:
    """What a house changes when it changes a card: its own newest version, or else the ministry's."""
    standing = CardVersion.objects.standing().filter(card__code=code).select_related("card").order_by("valid_from")
    return standing.filter(path=path).last() or standing.filter(path=ROOT).last()


def _number(version: CardVersion | None) -> int:
    return version.number if version else 0


def check_new(code: str, path: str) -> None:
    """Whether a card that is not there yet may have this code. Raises BadCode or CodeTaken."""
    if next(schema.slug("code", code), None):
        raise BadCode
    if Card.objects.filter(code=code).exists() or draft_of(code, path):
        raise CodeTaken


@transaction.atomic
def keep_draft(
    *, code: str, says: CardText, seen: Seen, by: Actor, now: datetime, national_code: str = ""
) -> CardDraft:
    """Keep what the card is to say. Who comes second is told. Raises CardIncomplete, CardWrong, BadLength."""
    by.require(Power.CARDS_EDIT)
    if next(schema.slug("code", code), None):
        raise BadCode
    says.check()
    path = house_of(by.unit_path)
    if _number(newest(code, path)) != seen.version:
        raise VersionMovedOn
    fields = {
        "says": {**asdict(says), "content": dict(says.content), "national_code": national_code},
        "base": seen.version,
        "saved_at": now,
        "saved_by": by.code,
        "saved_by_name": by.name,
    }
    if seen.draft == 0:
        draft = _first(CardDraft(code=code, path=path, **fields))
    else:
        mine = CardDraft.objects.filter(code=code, path=path, number=seen.draft)
        if mine.update(number=seen.draft + 1, **fields) != 1:
            raise DraftMovedOn
        draft = CardDraft.objects.get(code=code, path=path)
    record(DraftKept(card=code), on=subject_of(code), unit_path=path, by=by, at=now)
    return draft


def _first(draft: CardDraft) -> CardDraft:
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as taken:
        raise DraftMovedOn from taken
    return draft


def _held(code: str, path: str, seen: Seen) -> CardDraft:
    draft = draft_of(code, path)
    if draft is None:
        raise NoDraft
    if draft.number != seen.draft:
        raise DraftMovedOn
    return draft


@transaction.atomic
def drop_draft(*, code: str, seen: Seen, by: Actor, now: datetime) -> None:
    """Throw the draft away."""
    by.require(Power.CARDS_EDIT)
    path = house_of(by.unit_path)
    _held(code, path, seen).delete()
    record(DraftDropped(card=code), on=subject_of(code), unit_path=path, by=by, at=now)


@transaction.atomic
def publish_draft(*, code: str, seen: Seen, since: date, by: Actor, now: datetime) -> CardVersion:
    """Let the card say what the draft says, from a day on that is not past."""
    by.require(Power.CARDS_EDIT)
    path = house_of(by.unit_path)
    draft = _held(code, path, seen)
    latest = newest(code, path)
    if _number(latest) != draft.base:
        raise VersionMovedOn
    if since < local_date(now):
        raise DayPast
    if latest is not None and latest.path == path and since <= latest.valid_from:
        raise DayTaken(since=InWords(words.date(latest.valid_from, "fa"), words.date(latest.valid_from, "en")))
    says, national_code = text_of(draft), draft.says["national_code"]
    draft.delete()
    return publish_version(code=code, says=says, national_code=national_code, since=since, by=by, now=now)


@transaction.atomic
def withdraw_version(*, version: CardVersion, by: Actor, now: datetime) -> CardVersion:
    """Take a version of one's own house back: what holds today ends with this day, what was to come never comes.

    Where a version that was to come is withdrawn, the one before goes on. A province falls back on the ministry's.
    """
    by.require(Power.CARDS_EDIT)
    if version.path != house_of(by.unit_path) or version.valid_until or version.withdrawn_at:
        raise CannotWithdraw
    today = local_date(now)
    until = version.valid_from if version.valid_from > today else today + timedelta(days=1)
    mine = CardVersion.objects.filter(pk=version.pk, valid_until=None, withdrawn_at=None)
    if mine.update(**({"withdrawn_at": now} if version.valid_from > today else {"valid_until": until})) != 1:
        raise CannotWithdraw
    if version.valid_from > today:
        before = CardVersion.objects.standing().filter(card=version.card_id, path=version.path)
        before.filter(valid_until=version.valid_from).update(valid_until=None)
    event = VersionWithdrawn(card=version.card.code, number=version.number, until=until.isoformat())
    record(event, on=subject_of(version.card.code), unit_path=version.path, by=by, at=now)
    bump("cards")
    version.refresh_from_db()
    return version
