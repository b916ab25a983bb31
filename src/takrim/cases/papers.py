"""What the papers of an office carry at their head, read for drawing."""

from __future__ import annotations

from takrim.cases.models_paper import Letterhead
from takrim.orgs.paths import lineage


def letterhead_of(path: str) -> Letterhead | None:
    """The office's own address, or that of the nearest office above which has entered one."""
    rows = Letterhead.objects.filter(unit_path__in=lineage(path))
    return max(rows, key=lambda row: len(row.unit_path), default=None)
