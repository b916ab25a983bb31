"""The secret address of a person's calendar feed: made when it is first wanted, renewed when it was given away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.codes import new_nonce
from takrim.councils.models_meetings import Feed
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.paths import ROOT


@dataclass(frozen=True, kw_only=True)
class FeedRenewed(Event):
    verb = "feed.renewed"
    sentence = _("Somebody made a new address for the calendar of their meetings.")


@transaction.atomic
def renew_feed(*, by: Actor, now: datetime) -> Feed:
    """Give the person an address of which nobody knows; an earlier one no longer opens."""
    if by.person_id is None:
        raise NotAllowed
    feed, _made = Feed.objects.update_or_create(person_id=by.person_id, defaults={"nonce": new_nonce(), "made_at": now})
    record(FeedRenewed(), on=by.code, unit_path=by.unit_path or ROOT, by=by, at=now)
    return feed
