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


# Moment, verb, subject, who, whose and the facts.
Line = tuple[str, str, str, By, str, Mapping[str, Any]]


class Drawn(NamedTuple):
    """Entries in the order of time, ready to be chained, and what they add to the figures."""

    entries: list[Line]
    sums: Sums


class Told:
    """What is told batch by batch. It knows nothing of the ends of the chains, so that it can run ahead of them."""

    def __init__(self, now: datetime) -> None:
        self.since = now.date() - DAYS_KEPT
        self.entries: list[Line] = []
        self.sums = Sums(self.since)
        self.counted = verbs()

    def add(self, verb: str, *, at: datetime, subject: str, by: By, unit: str, facts: Mapping[str, Any]) -> None:
        """Add one entry, at a whole second in UTC; facts are as the event would tell them."""
        self.entries.append((at.isoformat()[:19], verb, subject, by, unit, facts))
        if verb in self.counted:
            self.sums.add(verb, facts, at, unit)

    def take(self) -> Drawn:
        """All that was told since the last time."""
        drawn = Drawn(sorted(self.entries, key=itemgetter(0)), self.sums)
        self.entries, self.sums = [], Sums(self.since)
        return drawn


class Chains:
    """The ends of all chains, kept in memory. `zone` is what the database wants behind a moment in UTC."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.tails = {tail.chain: (tail.seq, bytes(tail.hash)) for tail in Tail.objects.all()}
        self.last_id = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def link(self, drawn: Drawn) -> list[tuple[Any, ...]]:
        """Rows of the journal, each chained to the one before it."""
        rows: list[tuple[Any, ...]] = []
        number, zone, tails = self.last_id, self.zone, self.tails
        for moment, verb, subject, by, unit, facts in drawn.entries:
            told = _spelled(facts)
            chain = _chain(unit)
            seq, previous = tails.get(chain, (0, bytes(32)))
            seq, number = seq + 1, number + 1
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


def _spelled(facts: Mapping[str, Any]) -> str:
    # Without a date of its own, what is told of one matter is told of many.
    return _compact(facts) if "due" in facts else _again(tuple(facts.items()))


@lru_cache(maxsize=8192)
def _again(facts: tuple[tuple[str, Any], ...]) -> str:
    return _compact(dict(facts))
