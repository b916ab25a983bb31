"""A clause that an office owes: its code is that of the demand, such as 12-5-1405-s2."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.directives.actions_work import lower, may_prove
from takrim.directives.models import Demand
from takrim.directives.order import take_rows
from takrim.directives.periods import period_title
from takrim.directives.resolving import KIND
from takrim.duties.models import State as DutyState
from takrim.orgs.actor import Actor, system
from takrim.orgs.units import unit_name
from takrim.proofs.provable import Owing, Provable, Thing
from takrim.proofs.queries import support_of

MOST_OWED = 200
_LONG = 120


def _subject(code: str) -> str:
    return f"{KIND}:{code}"


def _code(demand: Demand) -> str:
    return demand.code.removeprefix(f"{KIND}:")


def _title(demand: Demand) -> str:
    text = demand.clause.text
    short = text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]}…"
    return " · ".join(filter(None, [short, period_title(demand.period)]))


def _address(demand: Demand) -> str:
    return f"/council/directives/clauses/{demand.pk}/"


def _describe(codes: Collection[str]) -> Mapping[str, Thing]:
    lang = get_language() or "fa"
    rows = Demand.objects.filter(code__in=[_subject(code) for code in codes]).select_related("clause")
    return {
        _code(row): Thing(
            code=_code(row), title=f"{_title(row)} · {unit_name(row.unit_path, lang)}", address=_address(row)
        )
        for row in rows
    }


def _owed_by(actor: Actor) -> Sequence[Owing]:
    """What the actor's own office has not proven yet, the first due first. One query."""
    owed = (DutyState.OPEN, DutyState.RETURNED)
    rows = Demand.objects.seen_by(actor).filter(unit_path=actor.unit_path, proofs=0, duty__state__in=owed)
    ordered = rows.select_related("clause", "duty").order_by(F("duty__due_at").asc(nulls_last=True), "pk")
    return [
        Owing(code=_code(row), title=_title(row), address=_address(row), due=row.duty.due_at)
        for row in ordered[:MOST_OWED]
    ]


def _hold(codes: Collection[str]) -> Iterable[str]:
    return take_rows([_subject(code) for code in codes])


def _support_changed(code: str, by: Actor, now: datetime) -> None:
    """A proof less than before lowers the clause at once."""
    demand = Demand.objects.filter(code=_subject(code)).select_related("duty", "directive").first()
    if demand is None:
        return
    support = support_of(KIND, [code])[code]
    stand = support.sent + support.accepted
    fewer = stand < demand.proofs
    if stand != demand.proofs:
        Demand.objects.filter(pk=demand.pk).update(proofs=stand)
        demand.proofs = stand
    if fewer:
        # Whoever withdraws their own proof may do less than this needs.
        lower(demand=demand, by=system("directives"), now=now)


def _open_to(code: str, actor: Actor) -> bool:
    demand = Demand.objects.filter(code=_subject(code)).first()
    return demand is not None and may_prove(demand, actor)


PLUGIN = Provable(
    title=_("Clause of a directive"),
    describe=_describe,
    owed_by=_owed_by,
    hold=_hold,
    support_changed=_support_changed,
    open_to=_open_to,
)
