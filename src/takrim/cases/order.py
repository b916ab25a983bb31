"""In which order a deed takes what others may want as well: the case, what is owed about it, chains of the journal.

Two deeds that took these in different orders would wait for each other for ever, and PostgreSQL would end one of them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F

from takrim.cases.models import Case
from takrim.duties.models import Duty
from takrim.journal.record import take_chains
from takrim.orgs.prepared import Prepared

_OWED = Prepared(
    lambda code: (
        Duty.objects.owed().filter(about=code).order_by("id").select_for_update().values_list("unit_path", flat=True)
    )
)


def take_row(case: Case) -> None:
    """First the case's row, as every deed does. A move takes it by itself."""
    Case.objects.filter(pk=case.pk).update(state=F("state"))


def hold(case: Case) -> None:
    """Take the case's row before those of its duties, and read what may have changed meanwhile."""
    take_row(case)
    found = _MOVING.first(number=case.pk)
    if found is None:
        raise Case.DoesNotExist
    case.state, case.closed_at, case.shielded, case.unit_id, case.unit_path = found


# What others may have changed before they let go of the row.
_MOVING: Prepared[Any] = Prepared(
    lambda number: Case.objects.filter(pk=number).values_list("state", "closed_at", "shielded", "unit_id", "unit_path")
)


def hold_all(case: Case, *paths: str) -> None:
    """Then what is owed about it, then the chains of all who owe it and of the offices at `paths`."""
    take_chains([case.unit_path, *paths, *_OWED(code=case.code)])
