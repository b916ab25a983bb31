"""An objection to the preliminary result of a round: its committee owes the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.councils.models import Membership, Role
from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty
from takrim.evaluation.models_values import Objection
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.orgs.models import Person


def _objections(duties: Sequence[Duty]) -> Mapping[int, Objection]:
    rows = Objection.objects.filter(duty__in=[duty.pk for duty in duties])
    return {row.duty_id: row for row in rows.select_related("value__entrant__round__plan")}


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    """One query."""
    return {number: _head(objection) for number, objection in _objections(duties).items()}


def _head(objection: Objection) -> Head:
    entrant = objection.value.entrant
    code = objection.value.indicator
    rows = rows_of(plan_of(entrant.round.plan))
    title = next((row.title(get_language() or "fa") for row in rows if row.code == code), code)
    return Head(
        title=f"{entrant.name} — {title}",
        number=objection.code,
        page=f"/rounds/{entrant.round.code}/objections/{objection.pk}/",
        state=f"objection_{objection.outcome or 'waiting'}",
        note=entrant.round.title,
    )


def _keepers(duties: Sequence[Duty], now: datetime) -> Mapping[int, Sequence[Person]]:
    """Those named in the round, and the chair and the secretaries of its committee. Two queries a round."""
    found = _objections(duties)
    rounds = {number: row.value.entrant.round for number, row in found.items()}
    named: dict[int, list[Person]] = {}
    for one in {round.pk: round for round in rounds.values()}.values():
        named[one.pk] = [row.person for row in one.referees.select_related("person")]
        if one.committee_id is not None:
            seats = Membership.objects.valid(local_date(now)).filter(body_id=one.committee_id, person__isnull=False)
            keep = seats.filter(role__in=[Role.CHAIR, Role.SECRETARY]).select_related("person")
            named[one.pk] += [seat.person for seat in keep if seat.person is not None]
    return {number: named[round.pk] for number, round in rounds.items()}


PLUGIN = DutyKind(title=_("Objection to a result"), length="10 working_days", heads=_heads, keepers=_keepers)
