"""A province that runs alone has handed months over: what was said of each is kept, to know later what has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.feed_form import Handed
from takrim.evaluation.models_feeds import HandedMonth
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.powers import Power


@dataclass(frozen=True, kw_only=True)
class FeedHanded(Event):
    """`months` are their codes, `hash` the SHA-256 of the file."""

    verb = "feed.handed"
    sentence = _("Figures of {unit} were written for the nation and signed, {first} to {last}.")
    unit: str
    first: str
    last: str
    months: str
    hash: str


@transaction.atomic
def keep_handed(*, handed: Handed, file: bytes, by: Actor, now: datetime) -> None:
    """Keep what was handed over of each month, in place of what was before."""
    if not by.may(Power.ROUND_RUN):
        raise NotAllowed(power=Power.ROUND_RUN)
    digest = hashlib.sha256(file).hexdigest()
    for month in handed.months:
        said = {"digest": handed.digest(month), "file": digest, "seq": handed.seq, "at": now}
        HandedMonth.objects.update_or_create(path=handed.province, month=month, defaults=said)
    event = FeedHanded(
        unit=handed.province,
        first=handed.months[0],
        last=handed.months[-1],
        months=" ".join(handed.months),
        hash=digest,
    )
    record(event, on=f"feed_out:{handed.province}", unit_path=handed.province, by=by, at=now)
