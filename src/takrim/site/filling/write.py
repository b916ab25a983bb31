"""Filling the database in batches: each batch is one transaction, so that what was counted is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.db import connection, transaction

from takrim.cases.models import Answer, Case, Note, Party, SearchDoc
from takrim.duties.models import Duty
from takrim.journal.follow import FOLLOWERS, catch_up
from takrim.journal.models import Bookmark, Entry, Tail
from takrim.orgs.units import all_names
from takrim.site.filling import phrases
from takrim.site.filling.history import Batch, Historian
from takrim.site.filling.tables import insert, insert_documents, move_sequences

BATCH = 20_000
# Offices that owe answers of their own; departments and affiliated bodies are asked by them.
KINDS = ("directorate", "county")


def _insert(batch: Batch, historian: Historian) -> None:
    for model, rows in (
        (Party, batch.parties),
        (Case, batch.cases),
        (Duty, batch.duties),
        (Answer, batch.answers),
        (Note, batch.notes),
        (Entry, historian.chains.take()),
    ):
        insert(model, rows)
    insert_documents(batch.documents)


def _readers_to_the_end() -> None:
    """The figures were written with the entries, and no letter is wanted about an invented case."""
    for tail in Tail.objects.all():
        for reader in FOLLOWERS:
            Bookmark.objects.update_or_create(reader=reader, chain=tail.chain, defaults={"seq": tail.seq})


def fill(*, cases: int, seed: int, now: datetime, tell: Callable[[int], None]) -> None:
    """Add so many invented cases with their history. `tell` hears after each batch how many there are by then."""
    for reader in FOLLOWERS:
        catch_up(reader)
    units = [unit for unit in all_names().values() if unit.kind in KINDS]
    random = Random(seed)  # noqa: S311  # invented cases, drawn anew by the same seed
    historian = Historian(random=random, phrases=phrases.load(seed), units=units, now=now)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-500000")
    done = 0
    while done < cases:
        wanted = min(BATCH, cases - done)
        for _ in range(wanted):
            historian.write()
        with transaction.atomic():
            _insert(historian.batch, historian)
            historian.chains.keep_tails()
            _readers_to_the_end()
            historian.batch = Batch()
        done += wanted
        tell(done)
    move_sequences([Party, Case, Duty, Answer, Note, Entry, SearchDoc])
