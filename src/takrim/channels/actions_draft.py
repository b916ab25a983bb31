"""Keeping what somebody is still writing. Nothing has happened yet, so the journal hears nothing of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.channels.models import Draft, MobileCode
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power

# How long a draft that nobody touches is kept, and how long a filed one still leads to its receipt.
DRAFT_DAYS = 7
_UNTOUCHED, _FILED = timedelta(days=DRAFT_DAYS), timedelta(days=1)


class AlreadyFiled(Refusal):
    code = "already_filed"
    message = _("This matter has already been registered. Track it with the number and the secret of its receipt.")


@transaction.atomic
def start(*, by: Actor, now: datetime, fields: Mapping[str, Any] | None = None) -> Draft:
    """Begin a draft, in the browser of the person who writes it."""
    by.require(Power.CASE_FILE)
    draft = Draft(
        token=secrets.token_urlsafe(24),
        key=f"web:{secrets.token_urlsafe(18)}",
        fields=dict(fields or {}),
        started_at=now,
        kept_at=now,
    )
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def keep(*, draft: Draft, fields: Mapping[str, Any], by: Actor, now: datetime) -> Draft:
    """Keep what was typed beside what is there already. Raises AlreadyFiled."""
    by.require(Power.CASE_FILE)
    # Read again under the lock: two tabs may be writing, and neither may lose what the other kept.
    known = Draft.objects.select_for_update().filter(pk=draft.pk, code="").first()
    if known is None:
        raise AlreadyFiled
    draft.fields, draft.kept_at = {**known.fields, **fields}, now
    Draft.objects.filter(pk=draft.pk, code="").update(fields=draft.fields, kept_at=now)
    return draft


@transaction.atomic
def finish(*, draft: Draft, code: str, by: Actor, now: datetime) -> bool:
    """The draft has become a case: what was typed is there now. Says whether this call did it. Part of a deed."""
    by.require(Power.CASE_FILE)
    done = Draft.objects.filter(pk=draft.pk, code="").update(code=code, fields={}, kept_at=now) == 1
    draft.code, draft.fields = code, {}
    return done


@transaction.atomic
def drop(*, draft: Draft, by: Actor, now: datetime) -> None:
    """Throw a draft away; one that was filed only forgets its browser."""
    by.require(Power.CASE_FILE)
    Draft.objects.filter(pk=draft.pk).delete()


@transaction.atomic
def forget_old(*, by: Actor, now: datetime) -> int:
    """Drop drafts that nobody touched for a week, filed ones after a day, spent numbers after an hour."""
    by.require(Power.CASE_FILE)
    untouched, _rows = Draft.objects.filter(kept_at__lt=now - _UNTOUCHED).delete()
    filed, _rows = Draft.objects.filter(kept_at__lt=now - _FILED).exclude(code="").delete()
    spent, _rows = MobileCode.objects.filter(until__lt=now - timedelta(hours=1)).delete()
    return untouched + filed + spent
