"""Reading the journal onward from a bookmark: letters, figures and search follow what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from takrim.journal.models import Bookmark, Entry, Tail

Handler = Callable[[Sequence[Entry]], None]

FOLLOWERS: dict[str, Handler] = {}


def follower(name: str) -> Callable[[Handler], Handler]:
    """Register a handler of batches under a name that never changes (it names the bookmarks)."""

    def keep(handler: Handler) -> Handler:
        FOLLOWERS[name] = handler
        return handler

    return keep


@transaction.atomic
def follow_stretch(reader: str, take: Callable[[QuerySet[Entry]], object], chain: str, limit: int) -> int:
    """Let a reader take the next entries of one chain, all of the stretch or none of it; says how many there were.

    They come as a query in their order, for readers that want only some of them, or not the whole of each.
    """
    mark, _ = Bookmark.objects.get_or_create(reader=reader, chain=chain)
    tail = Tail.objects.filter(chain=chain).values_list("seq", flat=True).first() or 0
    end = min(tail, mark.seq + limit)
    if end <= mark.seq:
        return 0
    mine = Bookmark.objects.filter(pk=mark.pk, seq=mark.seq)
    # Taken before the work: a second reader waits here and then finds that it was done.
    if mine.update(seq=end) != 1:
        return 0
    take(Entry.objects.filter(chain=chain, seq__gt=mark.seq, seq__lte=end).order_by("seq"))
    return end - mark.seq


def follow_chain(reader: str, handle: Handler, chain: str, limit: int) -> int:
    """Give the next entries of one chain to `handle`, all of the batch or none of it; says how many."""
    return follow_stretch(reader, lambda entries: handle(list(entries)), chain, limit)


def follow(reader: str, *, limit: int = 500) -> int:
    """Let one follower read what is new in every chain, once; says how many entries it was given."""
    handle = FOLLOWERS[reader]
    marks = dict(Bookmark.objects.filter(reader=reader).values_list("chain", "seq"))
    waiting = [chain for chain, seq in Tail.objects.values_list("chain", "seq") if seq > marks.get(chain, 0)]
    return sum(follow_chain(reader, handle, chain, limit) for chain in sorted(waiting))


def catch_up(reader: str, *, limit: int = 2000) -> int:
    """Let one follower read to the end; says how many entries it was given."""
    total = 0
    while given := follow(reader, limit=limit):
        total += given
    return total


@transaction.atomic
def rewind(reader: str) -> None:
    """Forget how far a follower has read, so that it reads everything again."""
    Bookmark.objects.filter(reader=reader).update(seq=0)


def behind() -> dict[str, int]:
    """How many entries each follower has yet to read."""
    tails = dict(Tail.objects.values_list("chain", "seq"))
    marks = {(mark.reader, mark.chain): mark.seq for mark in Bookmark.objects.all()}
    return {
        reader: sum(max(seq - marks.get((reader, chain), 0), 0) for chain, seq in tails.items()) for reader in FOLLOWERS
    }
