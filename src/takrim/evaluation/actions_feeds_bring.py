"""A file with figures is brought, by a command or on the page: it is taken, or that and why it was refused is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.actions_feeds import require_nation, take_feed
from takrim.evaluation.feed_form import claimed, too_large
from takrim.evaluation.feed_refusals import BadFeed
from takrim.evaluation.models_feeds import Feed, FeedRefusal, FeedWaiting
from takrim.evidence.actions import clean_name
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import ROOT, province_of
from takrim.orgs.units import all_names


@dataclass(frozen=True, kw_only=True)
class FeedRefused(Event):
    """`province` is the path that the file names, which nobody has proven; `code` is the sort of reason."""

    verb = "feed.refused"
    sentence = _("A file with figures of a province was refused.")
    code: str
    hash: str
    province: str


@dataclass(frozen=True, kw_only=True)
class FeedKeptForReading(Event):
    """A long file came, with this SHA-256; what it is worth the worker says."""

    verb = "feed.waiting"
    sentence = _("A long file with figures of a province came, and waits to be read.")
    hash: str


@dataclass(frozen=True)
class Brought:
    """Taken, and whether that was new; or refused, and the row that tells of it."""

    feed: Feed | None = None
    new: bool = False
    refusal: BadFeed | None = None


@transaction.atomic
def bring_feed(*, file: bytes | None, name: str, by: Actor, now: datetime) -> Brought:
    """Take a file, or keep that it was refused; None is a file too large to be read. Twice adds nothing."""
    require_nation(by)
    try:
        if file is None:
            raise too_large()
        with transaction.atomic():
            feed, new = take_feed(file=file, by=by, now=now)
    except BadFeed as refusal:
        _keep_refusal(file, name, refusal, by, now)
        return Brought(refusal=refusal)
    return Brought(feed, new)


@transaction.atomic
def keep_for_reading(*, file: bytes, name: str, by: Actor, now: datetime) -> FeedWaiting:
    """Keep a long file for the worker; the same file once more, while it waits, is the same."""
    require_nation(by)
    said = {"name": clean_name(name), "content": file, "at": now, "by": by.code, "by_name": by.name}
    row, new = FeedWaiting.objects.get_or_create(hash=hashlib.sha256(file).hexdigest(), defaults=said)
    if new:
        event = FeedKeptForReading(hash=row.hash)
        record(event, on=f"feed_waiting:{row.pk}", unit_path=ROOT, by=by, at=now)
    return row


@transaction.atomic
def read_waiting(*, waiting: FeedWaiting, by: Actor, now: datetime) -> Brought:
    """Take or refuse a file that was kept; `by` is who brought it."""
    brought = bring_feed(file=bytes(waiting.content), name=waiting.name, by=by, now=now)
    waiting.delete()
    return brought


def _keep_refusal(file: bytes | None, name: str, refusal: BadFeed, by: Actor, now: datetime) -> None:
    """One row and one event; the same file refused again for the same reason is no news."""
    digest = hashlib.sha256(file).hexdigest() if file is not None else ""
    why, advice = {}, {}
    for lang in ("fa", "en"):
        with translation.override(lang):
            why[lang], advice[lang] = refusal.because(), str(refusal.advice)
    last = FeedRefusal.objects.filter(hash=digest).order_by("-id").first() if digest else None
    if last is not None and last.why == why:
        return
    path = claimed(file or b"")
    if path not in all_names() or path == ROOT or province_of(path) != path:
        path = ""
    row = FeedRefusal.objects.create(
        path=path,
        name=clean_name(name),
        size=len(file or b""),
        hash=digest,
        code=refusal.code,
        why=why,
        advice=advice,
        at=now,
        by=by.code,
        by_name=by.name,
    )
    event = FeedRefused(code=refusal.code, hash=digest, province=path)
    record(event, on=f"feed_refusal:{row.pk}", unit_path=ROOT, by=by, at=now)
