"""What a desk reaches of calendars: closed days, opening hours, and the dates that moved when these changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from takrim.duties.models import MovedDate, Sweep, SweepCause, not_kept_from
from takrim.orgs.models import Closure, Week
from takrim.orgs.paths import ROOT, lineage, under
from takrim.orgs.powers import Power
from takrim.web.desk import Desk


def closures_at(path: str, first: date, last: date) -> QuerySet[Closure]:
    """Closed days of an office, of those above and those below it; everybody may know them."""
    near = Q(path__in=lineage(path)) | under(path, "path")
    return Closure.objects.filter(near, withdrawn_at=None, day__range=(first, last)).order_by("day", "path")


def holidays(first: date, last: date) -> QuerySet[Closure]:
    """The official holidays between two days, those that were taken out as well."""
    return Closure.objects.filter(path=ROOT, day__range=(first, last)).order_by("day", "pk")


def weeks_at(path: str) -> QuerySet[Week]:
    """Opening hours set for an office, for those above and those below it; withdrawn ones held once."""
    return Week.objects.filter(Q(path__in=lineage(path)) | under(path, "path")).order_by("path", "since", "pk")


def sweeps(desk: Desk) -> QuerySet[Sweep]:
    """Countings anew that may have touched what the offices of this desk owe."""
    path = desk.actor.unit_path
    return Sweep.objects.filter(Q(path__in=lineage(path)) | under(path, "path")) if path else Sweep.objects.none()


def sweeps_of(desk: Desk, ons: Iterable[str]) -> dict[str, int]:
    """The last counting that each change, such as `closure:12`, has caused. One query."""
    causes = SweepCause.objects.filter(on__in=list(ons), sweep__in=sweeps(desk)).order_by("sweep_id")
    return dict(causes.values_list("on", "sweep_id"))


def moved(desk: Desk, sweep: Sweep) -> QuerySet[MovedDate]:
    """The dates that it moved, of what this desk may see or at least count, without what is kept from the person."""
    if not (desk.actor.may(Power.CASE_SEE) or desk.actor.may(Power.OFFICE_SEE)):
        return MovedDate.objects.none()
    path = desk.actor.unit_path
    return MovedDate.objects.filter(
        under(path, "duty__unit_path"), not_kept_from(path, desk.actor.person, "duty__about"), sweep=sweep
    )


def causes_of(desk: Desk, numbers: Iterable[int]) -> QuerySet[SweepCause]:
    """What caused countings anew, as far as this desk reaches."""
    return SweepCause.objects.filter(sweep_id__in=list(numbers), sweep__in=sweeps(desk)).order_by("id")


def closures_of(path: str, first: date, last: date) -> QuerySet[Closure]:
    """Days on which an office itself was or will be closed."""
    return Closure.objects.filter(path__in=lineage(path), withdrawn_at=None, day__range=(first, last))


def changed(ons: Iterable[str]) -> dict[str, Closure | Week]:
    """The closed days and hours that are meant by `closure:12` and `week:3`; everybody may know them."""
    found: dict[str, Closure | Week] = {}
    wanted = set(ons)
    for kind, model in (("closure", Closure), ("week", Week)):
        keys = [int(on.partition(":")[2]) for on in wanted if on.startswith(f"{kind}:")]
        rows: Iterable[Closure | Week] = model.objects.filter(pk__in=keys) if keys else ()
        found.update({f"{kind}:{row.pk}": row for row in rows})
    return found
