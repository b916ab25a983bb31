"""Journal entries written in bulk: the same hashes as one by one, in the same order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from takrim.indicators.sums import Sums
from takrim.journal.models import Entry, Tail
from takrim.orgs.paths import province_of

_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Chains:
    """The ends of all chains, kept in memory while entries are added; `rows` wait to be inserted."""

    def __init__(self) -> None:
        self.tails = {tail.chain: (tail.seq, bytes(tail.hash)) for tail in Tail.objects.all()}
        self.last_id = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        self.rows: list[tuple[Any, ...]] = []
        self.sums = Sums()

    def add(
        self, verb: str, *, at: datetime, subject: str, by: tuple[str, str, str], unit: str, facts: Mapping[str, Any]
    ) -> None:
        """Add one entry. `by` is the actor's code, name and post; facts are as the event would tell them."""
        chain = province_of(unit)
        seq, previous = self.tails.get(chain, (0, bytes(32)))
        seq += 1
        self.last_id += 1
        told = _compact(facts)
        head = _compact([chain, seq, at.isoformat(timespec="microseconds"), verb, subject, *by, unit])
        link = hashlib.sha256(previous + f"{head[:-1]},{told}]".encode()).digest()
        self.tails[chain] = (seq, link)
        self.rows.append((self.last_id, chain, seq, at, verb, subject, *by, unit, told, link))
        self.sums.add(verb, facts, at, unit)

    def take(self) -> list[tuple[Any, ...]]:
        """The waiting rows, which then no longer wait."""
        rows, self.rows = self.rows, []
        return rows

    def keep_tails(self) -> None:
        """Write the ends of the chains and the figures. Part of the transaction that inserts the rows."""
        for chain, (seq, link) in self.tails.items():
            if not Tail.objects.filter(chain=chain).update(seq=seq, hash=link):
                Tail.objects.create(chain=chain, seq=seq, hash=link)
        self.sums.write()
