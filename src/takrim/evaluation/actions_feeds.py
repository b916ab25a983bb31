"""The key of a province is accepted or ended; a feed is taken: once, in a row, with everything checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.cases.models import Case
from takrim.evaluation.feed_form import Handed, read
from takrim.evaluation.feed_lines import increments
from takrim.evaluation.feed_refusals import FeedFromElsewhere, FeedGap, OldFeed
from takrim.evaluation.models_feeds import Feed, FeedKey, FeedMonth, FeedProof, FeedReplaced
from takrim.evaluation.moves import scope_of
from takrim.evaluation.signing import fingerprint, read_public
from takrim.indicators.sums import Sums, freshen
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.paths import ROOT, lineage, province_of, under
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names


class NoFeedKey(Refusal):
    code = "no_feed_key"
    status = 422
    message = _("This is no public key of the kind Ed25519, as `takrim feed key` writes it.")


class NoFeedProvince(Refusal):
    code = "no_feed_province"
    status = 422
    message = _("“{path}” is no province here: give a path such as ir/qom/.")


class ProvinceIsHere(Refusal):
    code = "province_is_here"
    message = _("This province works in this installation itself: its figures are counted here, not handed over.")


@dataclass(frozen=True, kw_only=True)
class FeedKeyAccepted(Event):
    verb = "feed.key_accepted"
    sentence = _("The key by which {unit} signs its figures was accepted.")
    unit: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class FeedKeyEnded(Event):
    verb = "feed.key_ended"
    sentence = _("The key by which {unit} signed its figures was ended.")
    unit: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class FeedTaken(Event):
    """`hash` is the SHA-256 of the file, `journal` how far the journal of the province had come."""

    verb = "feed.taken"
    sentence = _("Figures of {unit} were received, {first} to {last}.")
    unit: str
    first: str
    last: str
    hash: str
    journal: int
    # Months that were known otherwise before, and from which file: "1405-07=<hash> …".
    replaced: str = ""


def require_nation(by: Actor) -> None:
    if not by.may(Power.ROUND_RUN) or scope_of(by) != ROOT:
        raise NotAllowed(power=Power.ROUND_RUN)


@transaction.atomic
def accept_key(*, path: str, pem: bytes, by: Actor, now: datetime) -> FeedKey:
    """Take a province's figures from now on if they are signed with this key; its earlier key is ended."""
    require_nation(by)
    if path == ROOT or path not in all_names() or province_of(path) != path:
        raise NoFeedProvince(path=path)
    if Case.objects.filter(under(path)).exists():
        raise ProvinceIsHere
    key = read_public(pem)
    if key is None:
        raise NoFeedKey
    mark = fingerprint(key)
    known = FeedKey.objects.select_for_update().filter(path=path, ended_at=None).first()
    if known is not None and known.fingerprint == mark:
        return known
    if known is not None:
        end_key(key=known, by=by, now=now)
    made = FeedKey.objects.create(
        path=path, pem=pem.decode(), fingerprint=mark, accepted_at=now, accepted_by=by.code, accepted_name=by.name
    )
    # Whoever has not handed over is late in the tables from now on.
    freshen(lineage(path))
    record(FeedKeyAccepted(unit=path, fingerprint=mark), on=f"feed_key:{path}", unit_path=ROOT, by=by, at=now)
    return made


@transaction.atomic
def end_key(*, key: FeedKey, by: Actor, now: datetime) -> None:
    """Take nothing more that is signed with it; what was received stays."""
    require_nation(by)
    if FeedKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=now):
        freshen(lineage(key.path))
        event = FeedKeyEnded(unit=key.path, fingerprint=key.fingerprint)
        record(event, on=f"feed_key:{key.path}", unit_path=ROOT, by=by, at=now)


def accepted() -> dict[str, Ed25519PublicKey]:
    """The keys by province."""
    found = {}
    for row in FeedKey.objects.filter(ended_at=None):
        key = read_public(row.pem.encode())
        if key is not None:
            found[row.path] = key
    return found


@transaction.atomic
def take_feed(*, file: bytes, by: Actor, now: datetime) -> tuple[Feed, bool]:
    """Take a file; the same again adds nothing and says so (False). Raises BadFeed with the line that is wrong."""
    require_nation(by)
    handed = read(file, accepted())
    # First of all, so that of two who bring the same file at once the second finds that of the first.
    key = FeedKey.objects.select_for_update().get(path=handed.province, ended_at=None)
    known = Feed.objects.filter(hash=handed.hash).first()
    if known is not None:
        return known, False
    _offices(handed)
    _in_order(handed)
    feed = Feed.objects.create(
        path=handed.province,
        hash=handed.hash,
        key=key,
        first=handed.months[0],
        last=handed.months[-1],
        held=list(handed.months),
        seq=handed.seq,
        proofs=len(handed.proofs),
        made_at=handed.made,
        received_at=now,
        received_by=by.code,
        received_name=by.name,
    )
    replaced = _count(feed, handed)
    freshen(lineage(feed.path))
    proofs = [
        FeedProof(feed=feed, unit_path=one.unit, day=date.fromisoformat(one.day), hash=one.hash)
        for one in handed.proofs
    ]
    FeedProof.objects.bulk_create(proofs)
    event = FeedTaken(unit=handed.province, first=feed.first, last=feed.last, hash=handed.hash, journal=handed.seq)
    if replaced:
        event = replace(event, replaced=" ".join(f"{one.month}={one.before.hash}" for one in replaced))
    record(event, on=feed.subject, unit_path=ROOT, by=by, at=now)
    return feed, True


def _offices(handed: Handed) -> None:
    for path in sorted({one.unit for one in handed.own}):
        if path not in all_names():
            reason = _("There is no office at “{path}” here: bring the tree of offices up to date.")
            raise FeedFromElsewhere(reason, path=path)


def _in_order(handed: Handed) -> None:
    """No month left out since the first, and nothing older over something newer."""
    known = {row.month: row.feed for row in FeedMonth.objects.filter(path=handed.province).select_related("feed")}
    for code in handed.months:
        if code in known and (handed.seq, handed.made) < (known[code].seq, known[code].made_at):
            reason = _(
                "The month {month} was received before from a newer feed (position {known} in the province's journal); "
                "this one is out of date (position {seq})."
            )
            raise OldFeed(reason, month=code, known=known[code].seq, seq=handed.seq)
    month = Period.parse(handed.begins)
    while month.code < handed.months[-1]:
        if month.code not in known and month.code not in handed.months:
            reason = _("The month {month} was never received: hand over all months from {begins} on first.")
            raise FeedGap(reason, month=month.code, begins=handed.begins)
        month = month.next()


def _count(feed: Feed, handed: Handed) -> list[FeedReplaced]:
    """Put the new lines into the figures in place of those that were received before; what was said otherwise."""
    sums, replaced = Sums(), list[FeedReplaced]()
    received = FeedMonth.objects.filter(path=feed.path, month__in=handed.months).select_related("feed")
    rows = {row.month: row for row in received}
    for month in handed.months:
        lines = [one.plain() for one in handed.own if one.month == month]
        values = {line["unit"]: line["values"] for line in lines if line["values"]}
        if month in rows:
            if rows[month].lines != lines:
                replaced.append(FeedReplaced(feed=feed, month=month, before=rows[month].feed))
            sums.take(increments(rows[month].lines, -1))
        sums.take(increments(lines))
        FeedMonth.objects.update_or_create(
            path=feed.path, month=month, defaults={"feed": feed, "lines": lines, "values": values}
        )
    sums.write()
    return FeedReplaced.objects.bulk_create(replaced)
