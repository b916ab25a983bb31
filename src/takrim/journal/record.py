"""The only door into the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from takrim.journal.event import Event
from takrim.journal.models import Entry
from takrim.orgs import many
from takrim.orgs.actor import Actor
from takrim.orgs.paths import province_of
from takrim.orgs.prepared import cursor_of


class TailLost(RuntimeError):
    """The row that ends a chain is not where it was left: nothing more may be written to it."""


# The fact that names, by number, for whom a substitute acted.
FOR_PERSON = "for_person"
# What the hash of an entry covers, in this order.
_COVERED = ("chain", "seq", "at", "verb", "subject", "actor", "actor_name", "actor_post", "unit_path", "facts")
# Made once: json.dumps makes one for every line.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest(previous: bytes, values: Mapping[str, Any]) -> bytes:
    """SHA-256 over the previous entry's hash and this entry's values as one canonical JSON line."""
    return _link(previous, [_moment(values["at"]) if name == "at" else values[name] for name in _COVERED])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _link(previous: bytes, line: list[Any]) -> bytes:
    return hashlib.sha256(previous + _CANONICAL(line).encode()).digest()


def _take_place(chain: str) -> tuple[int, bytes]:
    """The next place in the chain and the hash before it. Locks the chain until the transaction ends."""
    with cursor_of(connection) as cursor:
        cursor.execute("UPDATE journal_tail SET seq = seq + 1 WHERE chain = %s RETURNING seq, hash", [chain])
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                "INSERT INTO journal_tail (chain, seq, hash) VALUES (%s, 0, %s) ON CONFLICT (chain) DO NOTHING",
                [chain, bytes(32)],
            )
            return _take_place(chain)
    return row[0], bytes(row[1])


def take_chains(paths: Iterable[str]) -> None:
    """Take the chains of several offices before a deed writes to them. One alone is taken by its first event.

    Always in the same order, so that two who write to the same chains do not wait for each other for ever.
    """
    chains = sorted({province_of(path) for path in paths})
    if len(chains) > 1:
        for chain in chains:
            _hold(chain)


def _hold(chain: str) -> None:
    with cursor_of(connection) as cursor:
        cursor.execute(
            "INSERT INTO journal_tail (chain, seq, hash) VALUES (%s, 0, %s) "
            "ON CONFLICT (chain) DO UPDATE SET seq = journal_tail.seq",
            [chain, bytes(32)],
        )


# Written in every deed, most often twice; the ORM needs five times as long for it.
_ENTRY = (
    "INSERT INTO journal_entry "
    "(chain, seq, at, verb, subject, actor, actor_name, actor_post, unit_path, facts, hash) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id"
)


def _as_stored(values: Mapping[str, Any], link: bytes) -> list[Any]:
    stored = {
        **values,
        "at": connection.ops.adapt_datetimefield_value(values["at"]),
        "facts": json.dumps(values["facts"]),
    }
    return [*(stored[name] for name in _COVERED), link]


def record(event: Event, *, on: str, unit_path: str, by: Actor, at: datetime) -> Entry:
    """Write one event about the subject `on` of the office at `unit_path`. Only inside a deed's transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("An event is recorded inside the transaction of its deed.")
    chain = province_of(unit_path)
    seq, previous = _take_place(chain)
    facts = event.facts()
    if by.substitute_for_id is not None:
        facts[FOR_PERSON] = by.substitute_for_id
    values: dict[str, Any] = {
        "chain": chain,
        "seq": seq,
        "at": at,
        "verb": event.verb,
        "subject": on,
        "actor": by.code,
        "actor_name": by.name,
        "actor_post": by.post,
        "unit_path": unit_path,
        "facts": facts,
    }
    link = digest(previous, values)
    entry = Entry(**values, hash=link)
    with cursor_of(connection) as cursor:
        cursor.execute(_ENTRY, _as_stored(values, link))
        entry.pk = cursor.fetchone()[0]
        entry._state.adding, entry._state.db = False, "default"
        cursor.execute("UPDATE journal_tail SET hash = %s WHERE chain = %s AND seq = %s", [link, chain, seq])
        if cursor.rowcount != 1:
            raise TailLost(chain)
    return entry


def record_all(events: Sequence[tuple[Event, str, str]], *, by: Actor, at: datetime) -> None:
    """Write many events at once, each with its subject and the path of its office; the same entries as one by one."""
    if not connection.in_atomic_block:
        raise RuntimeError("An event is recorded inside the transaction of its deed.")
    chains: dict[str, list[tuple[Event, str, str]]] = {}
    for told in events:
        chains.setdefault(province_of(told[2]), []).append(told)
    take_chains(chains)
    rows: list[tuple[Any, ...]] = []
    for chain, of_chain in chains.items():
        rows += _chained(chain, of_chain, by, at)
    many.copy("journal_entry", (*_COVERED, "hash"), rows)


def _chained(chain: str, events: list[tuple[Event, str, str]], by: Actor, at: datetime) -> list[tuple[Any, ...]]:
    """The entries of one chain as they are stored; its tail is already at the last of them."""
    seq, link = _take_place(chain)
    moment, stored = _moment(at), connection.ops.adapt_datetimefield_value(at)
    rows = []
    for number, (event, subject, unit_path) in enumerate(events, seq):
        facts = event.facts()
        who = (event.verb, subject, by.code, by.name, by.post, unit_path)
        link = _link(link, [chain, number, moment, *who, facts])
        rows.append((chain, number, stored, *who, json.dumps(facts), link))
    last = seq + len(events) - 1
    with cursor_of(connection) as cursor:
        cursor.execute(
            "UPDATE journal_tail SET seq = %s, hash = %s WHERE chain = %s AND seq = %s", [last, link, chain, seq]
        )
        if cursor.rowcount != 1:
            raise TailLost(chain)
    return rows


# Written on every page with personal data.
_LOOK = "INSERT INTO journal_look (at, actor, unit_path, subject, page) VALUES (%s, %s, %s, %s, %s)"


def looked(*, at: datetime, by: Actor, subject: str, page: str) -> None:
    """Write that `by` was shown the personal data of `subject` on `page`."""
    with cursor_of(connection) as cursor:
        cursor.execute(_LOOK, [connection.ops.adapt_datetimefield_value(at), by.code, by.unit_path, subject, page])
