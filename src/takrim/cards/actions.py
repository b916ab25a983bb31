"""What can be done to service cards: a new version is published, the old one ends that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.workdays import Length
from takrim.cards import schema
from takrim.cards.models import Card, CardVersion
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.orgs.stamps import bump
from takrim.orgs.units import house_of


class CardIncomplete(Refusal):
    code = "card_incomplete"
    status = 422
    message = _("A service card needs its title in Persian and in English.")


class CardWrong(Refusal):
    """`faults`: one sentence a line."""

    code = "card_wrong"
    status = 422
    message = "{faults}"


class CardUnchanged(Refusal):
    code = "card_unchanged"
    message = _("This says the same as the version that is valid now; nothing was published.")


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Event):
    verb = "card.published"
    sentence = _("Version {number} of the service card {card} was published.")
    public = True
    card: str
    number: int
    since: str


@dataclass(frozen=True, kw_only=True)
class CardText:
    """What a card says. `content` has the fields of the standard card, each text as {"fa": …, "en": …}."""

    title_fa: str
    title_en: str
    promise: str
    content: Mapping[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        """Raise CardIncomplete, BadLength or CardWrong."""
        if not self.title_fa.strip() or not self.title_en.strip():
            raise CardIncomplete
        Length.parse(self.promise)
        if faults := schema.faults(self.content):
            raise CardWrong(faults="\n".join(str(fault) for fault in faults))

    @staticmethod
    def of(version: CardVersion) -> CardText:
        """What a version says."""
        return CardText(
            title_fa=version.title_fa,
            title_en=version.title_en,
            promise=version.promise,
            content=version.content,
        )

    def is_said_by(self, version: CardVersion) -> bool:
        """Whether that version already says all this."""
        return (self.title_fa, self.title_en, Length.parse(self.promise), dict(self.content)) == (
            version.title_fa,
            version.title_en,
            version.length,
            version.content,
        )


def subject_of(code: str) -> str:
    """How the journal names a card."""
    return f"card:{code}"


@transaction.atomic
def publish_version(
    *,
    code: str,
    says: CardText,
    by: Actor,
    now: datetime,
    national_code: str | None = None,
    since: date | None = None,
) -> CardVersion:
    """Let the card say this from `since` (today if not given) on; a card that is not there yet is made.

    In a province it then says so there, elsewhere it says what the ministry's version says. Cases keep the version
    under which they were filed. A card changes once a day at most: what is published later on the same day holds from
    the next. Raises CardIncomplete, CardWrong, CardUnchanged, BadLength, NotAllowed.
    """
    by.require(Power.CARDS_EDIT)
    says.check()
    path = house_of(by.unit_path)
    own = _last(code, path)
    latest = own or CardVersion.objects.standing().filter(card__code=code, path=ROOT, valid_until=None).first()
    if latest is not None and latest.valid_until is None and says.is_said_by(latest):
        raise CardUnchanged
    return put_version(code=code, says=says, path=path, since=since, national_code=national_code, by=by, now=now)


def _last(code: str, path: str) -> CardVersion | None:
    return CardVersion.objects.standing().filter(card__code=code, path=path).order_by("valid_from").last()


def free_from(code: str, path: str) -> date:
    """The first day from which a house may let a card say something new."""
    last = _last(code, path)
    return date.min if last is None else last.valid_until or last.valid_from + timedelta(days=1)


def put_version(
    *, code: str, says: CardText, path: str, since: date | None, national_code: str | None, by: Actor, now: datetime
) -> CardVersion:
    """The part of publishing that writes, inside a deed: the version before ends, this one holds from then on."""
    card, _made = Card.objects.get_or_create(code=code, defaults={"national_code": national_code or ""})
    if national_code is not None and path == ROOT and national_code != card.national_code:
        Card.objects.filter(pk=card.pk).update(national_code=national_code)
    start = max(since or local_date(now), free_from(code, path))
    CardVersion.objects.standing().filter(card=card, path=path, valid_until=None).update(valid_until=start)
    version = _write(card, says, start, path=path, by=by, now=now)
    event = VersionPublished(card=code, number=version.number, since=start.isoformat())
    record(event, on=subject_of(code), unit_path=by.unit_path or ROOT, by=by, at=now)
    bump("cards")
    return version


def _write(card: Card, says: CardText, start: date, *, path: str, by: Actor, now: datetime) -> CardVersion:
    version = CardVersion(
        card=card,
        path=path,
        number=(card.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        valid_from=start,
        title_fa=says.title_fa,
        title_en=says.title_en,
        promise=says.promise,
        content=dict(says.content),
        recorded_at=now,
        recorded_by=by.code,
    )
    version.save(force_insert=True)
    return version
