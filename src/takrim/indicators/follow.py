"""The journal's reader that keeps the figures, and starting it over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import F, QuerySet

from takrim.indicators.increments import Increment
from takrim.indicators.models import Awaited, CardDay, Freshness, Owed, Piece, Tally
from takrim.indicators.pieces import verbs
from takrim.indicators.sums import Sums
from takrim.journal.follow import follow_stretch, follower, rewind
from takrim.journal.models import Entry, Tail

READER = "figures"
# So many entries of a chain at once when all are read again.
STRETCH = 100_000
# What counts besides the journal here; folders above introduce it.
_BESIDES: list[Callable[[], Iterable[Increment]]] = []


def introduce(more: Callable[[], Iterable[Increment]]) -> None:
    """Let a folder above say what else belongs to the figures when they are made anew."""
    if more not in _BESIDES:
        _BESIDES.append(more)


@follower(READER)
def keep_figures(entries: Sequence[Entry]) -> None:
    """Add a batch of entries to the figures."""
    sums = Sums()
    for entry in entries:
        sums.add(entry.verb, entry.facts, entry.at, entry.unit_path)
    sums.write()


def wipe() -> None:
    """Forget all figures and where the reader was."""
    with transaction.atomic():
        Tally.objects.all().delete()
        Owed.objects.all().delete()
        CardDay.objects.all().delete()
        Piece.objects.all().delete()
        Awaited.objects.all().delete()
        # Not deleted: a number must never come back with other figures behind it.
        Freshness.objects.update(number=F("number") + 1)
        rewind(READER)


def rebuild() -> int:
    """Make all figures anew from the journal; says how many entries were read."""
    wipe()
    for more in _BESIDES:
        sums = Sums()
        sums.take(more())
        sums.write()
    chains, total = sorted(Tail.objects.values_list("chain", flat=True)), 0
    # In long stretches: each row of the figures is then touched less often.
    while given := sum(follow_stretch(READER, _add_up, chain, STRETCH) for chain in chains):
        total += given
    return total


def _add_up(entries: QuerySet[Entry]) -> None:
    """The same as `keep_figures`, of plain rows: millions of entries need not become models for it."""
    sums = Sums()
    counted = entries.filter(verb__in=verbs()).values_list("verb", "facts", "at", "unit_path")
    for verb, facts, at, unit_path in counted.iterator():
        sums.add(verb, facts, at, unit_path)
    sums.write()
