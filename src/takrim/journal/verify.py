"""Checking the chains: does every entry's hash follow from its fields and the entry before it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.journal.models import Entry, Tail
from takrim.journal.record import digest


class NoSuchChain(Refusal):
    code = "no_such_chain"
    status = 404
    message = _("The journal has no chain {chain}. Write it as it is shown without this option, such as ir/alborz/.")


@dataclass(frozen=True)
class ChainReport:
    """What was found in one chain; `broken_at` is the first place whose link does not hold."""

    chain: str
    entries: int
    broken_at: int | None = None
    why: str = ""


def _check(chain: str, tail: Tail) -> ChainReport:
    previous, count = bytes(32), 0
    for entry in Entry.objects.filter(chain=chain).order_by("seq").iterator(chunk_size=2000):
        count += 1
        if entry.seq != count:
            return ChainReport(chain, count - 1, count, "missing")
        expected = digest(previous, vars(entry))
        if expected != bytes(entry.hash):
            return ChainReport(chain, count, entry.seq, "changed")
        previous = expected
    if tail.seq != count or (count and bytes(tail.hash) != previous):
        return ChainReport(chain, count, count + 1, "cut")
    return ChainReport(chain, count)


def verify(chains: list[str] | None = None) -> Iterator[ChainReport]:
    """Check each chain from its first entry to its tail, in constant memory. Raises NoSuchChain: none was checked."""
    tails = {tail.chain: tail for tail in Tail.objects.order_by("chain")}
    orphans = list(Entry.objects.exclude(chain__in=tails).order_by().values_list("chain", flat=True).distinct())
    for chain in chains or ():
        if chain not in tails and chain not in orphans:
            raise NoSuchChain(chain=chain)
    for chain in orphans:
        yield ChainReport(chain, 0, 1, "no tail")
    for chain, tail in tails.items():
        if chains is None or chain in chains:
            yield _check(chain, tail)
