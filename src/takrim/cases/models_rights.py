"""Which rights of citizens a case concerns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


class CaseRight(models.Model):
    """One right that an officer has named for a case; `right` is a code of rights.toml."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="rights", db_index=False)
    right = models.TextField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "right"], name="right_named_once_for_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.right}"


def rights_of(case: Any) -> list[str]:
    """The codes of the rights that were named for a case, in the order of the decree."""
    return sorted(CaseRight.objects.filter(case=case).values_list("right", flat=True))


def rights_by_case(cases: Iterable[int]) -> dict[int, list[str]]:
    """The same of many cases. One query."""
    found: dict[int, list[str]] = {}
    for case, right in CaseRight.objects.filter(case__in=list(cases)).order_by("right").values_list("case", "right"):
        found.setdefault(case, []).append(right)
    return found
