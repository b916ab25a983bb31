"""In which grains a due moment is counted: its half hour, its day of 48 half hours, its block of 32 days."""

from __future__ import annotations

# What has no due moment stands behind all blocks.
NO_DUE = 1 << 40
DAY = 48
BLOCK = 32 * DAY


def grains_of(slot: int | None) -> tuple[tuple[str, int], ...]:
    """The three rows a due moment is counted in; one when there is none."""
    if slot is None:
        return (("block", NO_DUE),)
    return ("block", slot // BLOCK), ("day", slot // DAY), ("half", slot)
