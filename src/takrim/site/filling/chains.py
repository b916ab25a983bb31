"""Journal entries written in bulk: the same hashes as one by one, each chain in the order of time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple

from takrim.indicators.pieces import verbs
from takrim.indicators.sums import DAYS_KEPT, Sums
from takrim.journal.models import Entry, Tail
from takrim.orgs.paths import province_of

_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_chain = lru_cache(maxsize=4096)(province_of)


class By(NamedTuple):
    """Who does it: code, name and post, all plain Latin."""

    code: str
    name: str = ""
    post: str = ""


class Written(NamedTuple):
    """Entries ready to be inserted, the ends that the chains have with them, and what they add to the figures."""

    rows: list[tuple[Any, ...]]
    tails: dict[str, tuple[int, bytes]]
    sums: Sums


class Chains:
    """The ends of all chains, kept in memory. `zone` is what the database wants behind a moment in UTC."""

    def __init__(self, zone: str, now: datetime) -> None:
        self.zone, self.since = zone, now.date() - DAYS_KEPT
        self.tails = {tail.chain: (tail.seq, bytes(tail.hash)) for tail in Tail.objects.all()}
        self.last_id = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        self.waiting: list[tuple[datetime, str, str, By, str, str]] = []
        self.sums = Sums(self.since)
        self.counted = verbs()
        self.told_last: tuple[Mapping[str, Any], str] = ({}, "{}")

    def add(self, verb: str, *, at: datetime, subject: str, by: By, unit: str, facts: Mapping[str, Any]) -> None:
        """Add one entry, at a whole second in UTC; facts are as the event would tell them."""
        # Several entries in turn often tell the very same facts.
        if facts is not self.told_last[0]:
            self.told_last = (facts, _compact(facts))
        self.waiting.append((at, verb, subject, by, unit, self.told_last[1]))
        if verb in self.counted:
            self.sums.add(verb, facts, at, unit)

    def take(self) -> Written:
        """All that waits, sorted by time and chained."""
        self.waiting.sort(key=itemgetter(0))
        rows = self._linked()
        written = Written(rows, dict(self.tails), self.sums)
        self.waiting, self.sums = [], Sums(self.since)
        return written

    def _linked(self) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        number, zone, tails = self.last_id, self.zone, self.tails
        for at, verb, subject, by, unit, told in self.waiting:
            chain = _chain(unit)
            seq, previous = tails.get(chain, (0, bytes(32)))
            seq, number, moment = seq + 1, number + 1, at.isoformat()[:19]
            code, name, post = by
            # What journal.record covers, in its order and its spelling; nothing needs escaping but in the facts.
            line = (
                f'["{chain}",{seq},"{moment}.000000+00:00","{verb}","{subject}","{code}","{name}","{post}","{unit}",'
                f"{told}]"
            )
            link = sha256(previous + line.encode()).digest()
            tails[chain] = (seq, link)
            at_text = f"{moment[:10]} {moment[11:]}{zone}"
            rows.append((number, chain, seq, at_text, verb, subject, code, name, post, unit, told, link))
        self.last_id = number
        return rows
