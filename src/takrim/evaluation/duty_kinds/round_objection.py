"""An objection to the preliminary result of a round: its committee owes the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.councils.models import Body, Role
from takrim.councils.seating import at_posts, members_on
from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty
from takrim.evaluation.models_values import Objection
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.orgs.models import Person


def _objections(duties: Sequence[Duty]) -> Mapping[int, Objection]:
    rows = Objection.objects.filter(duty__in=[duty.pk for duty in duties])
    return {
        row.duty_id: row
        for row in rows.select_related("value__entrant__round__plan", "value__entrant__round__committee")
    }


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
    """Those named in the round, and the chair and the secretaries of its committee. Up to four queries a round."""
    found, today = _objections(duties), local_date(now)
    rounds = {number: row.value.entrant.round for number, row in found.items()}
    named: dict[int, list[Person]] = {}
    for one in {round.pk: round for round in rounds.values()}.values():
        named[one.pk] = [row.person for row in one.referees.select_related("person")]
        if one.committee is not None:
            named[one.pk] += _keep(one.committee, today)
    return {number: named[round.pk] for number, round in rounds.items()}


def _keep(body: Body, today: date) -> list[Person]:
    """Its chair and its secretaries, by person or by the post they hold that day."""
    seats = [seat for seat in members_on(body, today) if seat.role in {Role.CHAIR, Role.SECRETARY}]
    posts = at_posts(seats, today)
    at_post = {number: seat.acting or seat.person for number, seat in posts.items()}
    people = [seat.person or at_post.get(seat.post_id or 0) for seat in seats]
    return [person for person in people if person is not None]


PLUGIN = DutyKind(title=_("Objection to a result"), length="10 working_days", heads=_heads, keepers=_keepers)
