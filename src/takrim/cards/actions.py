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
from takrim.cards.models import Card, CardVersion
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import ROOT
from takrim.orgs.powers import Power
from takrim.orgs.stamps import bump


class CardIncomplete(Refusal):
    code = "card_incomplete"
    status = 422
    message = _("A service card needs its title in Persian and in English.")


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
        """Raise CardIncomplete or BadLength."""
        if not self.title_fa.strip() or not self.title_en.strip():
            raise CardIncomplete
        Length.parse(self.promise)

    def is_said_by(self, version: CardVersion) -> bool:
        """Whether that version already says all this."""
        return (self.title_fa, self.title_en, self.promise, dict(self.content)) == (
            version.title_fa,
            version.title_en,
            version.promise,
            version.content,
        )


def subject_of(code: str) -> str:
    """How the journal names a card."""
    return f"card:{code}"


@transaction.atomic
def publish_version(
    *, code: str, says: CardText, by: Actor, now: datetime, national_code: str = "", since: date | None = None
) -> CardVersion:
    """Let the card say this from `since` (today if not given) on; a card that is not there yet is made.

    Cases keep the version under which they were filed. A card changes once a day at most: what is published later on
    the same day holds from the next. Raises CardIncomplete, CardUnchanged, BadLength, NotAllowed.
    """
    by.require(Power.CARDS_EDIT)
    says.check()
    card, _made = Card.objects.get_or_create(code=code, defaults={"national_code": national_code})
    if national_code != card.national_code:
        Card.objects.filter(pk=card.pk).update(national_code=national_code)
    start = since or local_date(now)
    latest = card.versions.filter(valid_until=None).first()
    if latest is not None:
        if says.is_said_by(latest):
            raise CardUnchanged
        start = max(start, latest.valid_from + timedelta(days=1))
        CardVersion.objects.filter(pk=latest.pk).update(valid_until=start)
    version = _write(card, says, start, by=by, now=now)
    event = VersionPublished(card=code, number=version.number, since=start.isoformat())
    record(event, on=subject_of(code), unit_path=by.unit_path or ROOT, by=by, at=now)
    bump("cards")
    return version


def _write(card: Card, says: CardText, start: date, *, by: Actor, now: datetime) -> CardVersion:
    version = CardVersion(
        card=card,
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
