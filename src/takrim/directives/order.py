"""In which order a deed takes what others may want as well: what offices owe of a clause, their duties, the chains."""

from __future__ import annotations

from collections.abc import Collection

from takrim.directives.models import Demand
from takrim.duties.models import Duty
from takrim.journal.record import take_chains


def take_rows(codes: Collection[str]) -> list[str]:
    """The rows of these demands, then those of their duties; at which offices they are written about."""
    demands = Demand.objects.filter(code__in=codes).order_by("pk").select_for_update(of=("self",))
    rows = list(demands.values_list("duty_id", "unit_path"))
    duties = Duty.objects.filter(pk__in=[duty for duty, _path in rows]).order_by("id").select_for_update(of=("self",))
    list(duties.values_list("pk"))
    return [path for _duty, path in rows]


def hold(demand: Demand) -> None:
    """One demand with its duty, which is read anew, and the chains of its office and of the house that asks."""
    paths = take_rows([demand.code])
    demand.duty.refresh_from_db()
    take_chains([demand.directive.unit_path, *paths])
