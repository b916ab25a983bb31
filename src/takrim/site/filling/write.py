"""Filling the database in batches: a few of them are one transaction, so that what was counted is there."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, islice

from django.db import connection, transaction

from takrim.cases.models import Answer, Case, Note, Party, SearchDoc
from takrim.duties.models import Duty
from takrim.indicators.sums import Sums
from takrim.journal.follow import FOLLOWERS, catch_up
from takrim.journal.models import Bookmark, Entry, Tail
from takrim.orgs.units import all_names
from takrim.site.filling import phrases
from takrim.site.filling.ahead import ahead
from takrim.site.filling.chains import Chains, Drawn
from takrim.site.filling.history import SPAN, Batch, Historian
from takrim.site.filling.tables import insert, insert_documents, make_room, move_sequences, take_stock, zone
from takrim.site.seeded import seeded

# Neither process waits long for the first batch or after the last one.
BATCH = 4_000
# The figures of all offices are touched and the pages of the indexes written once for so many batches.
TOGETHER = 10
# Offices that owe answers of their own; departments and affiliated bodies are asked by them.
KINDS = ("directorate", "county")


def _told(historian: Historian, cases: int) -> Iterator[Batch]:
    """Batches of stories, from the oldest to the newest: each has its own stretch of the years."""
    since = historian.now - SPAN
    for done in range(0, cases, BATCH):
        wanted = min(BATCH, cases - done)
        first, last = SPAN * (done / cases), SPAN * ((done + wanted) / cases)
        stretch = int((last - first).total_seconds())
        for seconds in sorted(historian.random.randrange(stretch) for _ in range(wanted)):
            moment = since + first + timedelta(seconds=seconds)
            historian.tell(moment.replace(microsecond=0))
        yield historian.take()


def _insert(batch: Batch, journal: Drawn, chains: Chains) -> None:
    """One batch with its journal. Nobody reads it again, and no letter is wanted about it."""
    for model, rows in (
        (Party, batch.parties),
        (Case, batch.cases),
        (Duty, batch.duties),
        (Answer, batch.answers),
        (Note, batch.notes),
        (Entry, chains.link(journal)),
    ):
        insert(model, rows)
    insert_documents(batch.documents)


def _insert_together(batches: Iterable[Batch], chains: Chains) -> int:
    """A few batches and what they add to the figures; says how many cases that was."""
    cases, sums = 0, Sums()
    for batch in batches:
        assert batch.journal is not None  # a batch that was taken has it
        _insert(batch, batch.journal, chains)
        sums.join(batch.journal.sums)
        cases += len(batch.cases)
    sums.write()
    _move_ends(chains)
    return cases


def _move_ends(chains: Chains) -> None:
    ends = [Tail(chain=chain, seq=seq, hash=link) for chain, (seq, link) in chains.tails.items()]
    Tail.objects.bulk_create(ends, update_conflicts=True, unique_fields=["chain"], update_fields=["seq", "hash"])
    read = [Bookmark(reader=reader, chain=end.chain, seq=end.seq) for end in ends for reader in FOLLOWERS]
    Bookmark.objects.bulk_create(read, update_conflicts=True, unique_fields=["reader", "chain"], update_fields=["seq"])


def fill(*, cases: int, seed: int, now: datetime, tell: Callable[[int], None]) -> None:
    """Add so many invented cases with their history. `tell` hears now and then how many there are by then."""
    for reader in FOLLOWERS:
        catch_up(reader)
    units = [unit for unit in all_names().values() if unit.kind in KINDS]
    random = seeded(seed)
    historian = Historian(random=random, phrases=phrases.load(seed), units=units, now=now, zone=zone())
    chains = Chains(zone())
    # The process that draws must not share the connection.
    connection.close()
    make_room()
    done = 0
    # Millions of rows and no cycles among them: looking for those would take a fifth of the time.
    gc.disable()
    try:
        batches = ahead(_told(historian, cases))
        for first in batches:
            with transaction.atomic():
                done += _insert_together(chain([first], islice(batches, TOGETHER - 1)), chains)
            tell(done)
    finally:
        gc.enable()
    filled = [Party, Case, Duty, Answer, Note, Entry, SearchDoc]
    move_sequences(filled)
    take_stock(filled)
