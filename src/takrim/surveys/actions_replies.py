"""An SMS that came back: written down once, put away when it was read, forgotten in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.surveys.models import Reply


@transaction.atomic
def put_away(*, reply_id: int, by: Actor, now: datetime) -> bool:
    """A reply that gave no answer was read; says whether there was one."""
    by.require(Power.OPERATE)
    return bool(Reply.objects.all().to_read().filter(pk=reply_id).update(seen_at=now))


@transaction.atomic
def forget_replies(*, before: datetime, by: Actor, now: datetime) -> int:
    """Drop what came before a moment: the provider does not send it again, and its words are people's own."""
    by.require(Power.OPERATE)
    return Reply.objects.filter(at__lt=before).delete()[0]
