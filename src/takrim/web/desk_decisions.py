"""What a desk reaches of the decisions of bodies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from takrim.base.clock import local_date
from takrim.cases import queries as cases
from takrim.cases.models_partners import Partner
from takrim.cases.queries import Place
from takrim.councils.doers import number_of
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_agenda import AgendaItem
from takrim.decisions import queries
from takrim.decisions.links import Thing
from takrim.decisions.models import Decision, DecisionQuerySet, Link, Report, Share, ShareQuerySet
from takrim.decisions.queries import Narrow
from takrim.evidence.models import Evidence
from takrim.orgs.models import Unit
from takrim.orgs.paths import under
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of
from takrim.web.desk import Desk
from takrim.web.desk_council import Reach

# More agendas than these nobody reads.
MOST_AGENDAS = 12
# So many decisions a directive names.
MOST_NAMED = 20


def decisions(desk: Reach, now: datetime) -> DecisionQuerySet:
    """Those of bodies in scope or in which the person sits, and those that offices in scope carry out."""
    return Decision.objects.all().seen_by(desk.actor, local_date(now))


def page(desk: Reach, narrow: Narrow, before: int | None, limit: int, now: datetime) -> list[Decision]:
    """The newest that fit, from a place on."""
    works_here = isinstance(desk, Desk) and desk.actor.may(Power.COUNCIL_SEE)
    if works_here and narrow == Narrow() and before is None and limit == queries.FIRST:
        return queries.first(desk.actor, local_date(now))
    return queries.newest(queries.narrowed(decisions(desk, now), narrow, now), before, limit)


def decision(desk: Reach, code: str, now: datetime) -> Decision | None:
    """One of them."""
    return decisions(desk, now).filter(code=code).select_related("body", "meeting").first()


def parts(decision: Decision) -> list[Share]:
    """All its parts with what was reported of them, in their order. Two queries."""
    reports = Prefetch("reports", Report.objects.order_by("number"))
    rows = decision.shares.select_related("duty", "unit", "organisation").prefetch_related(reports).order_by("place")
    shares = list(rows)
    for share in shares:
        share.decision = decision
    return shares


def files_of(reports: Iterable[str]) -> dict[str, list[Evidence]]:
    """The files of reports, by their subjects. One query."""
    found: dict[str, list[Evidence]] = {}
    for evidence in Evidence.objects.filter(subject__in=list(reports)).select_related("file").order_by("pk"):
        found.setdefault(evidence.subject, []).append(evidence)
    return found


def links(decision: Decision) -> list[Link]:
    """What it is linked to, in the order in which that was noted."""
    return list(decision.links.order_by("pk"))


def pointing_here(desk: Reach, decision: Decision, now: datetime) -> list[Link]:
    """Later decisions that repeat, replace or continue it, as far as the desk reaches."""
    seen = decisions(desk, now)
    rows = Link.objects.filter(kind=Thing.DECISION, code=decision.code, decision__in=seen)
    return list(rows.select_related("decision").order_by("pk"))


def about_directive(desk: Reach, code: str, now: datetime) -> list[Decision]:
    """Decisions within reach that are linked to a directive, the newest first."""
    linked = Link.objects.filter(kind=Thing.DIRECTIVE, code=code).values("decision_id")
    rows = decisions(desk, now).filter(pk__in=linked).select_related("body").defer("words")
    return list(rows.order_by("-pk")[:MOST_NAMED])


def linked_decisions(desk: Reach, codes: Collection[str], now: datetime) -> dict[str, Decision]:
    """Linked decisions within reach, by code. No query for none."""
    if not codes:
        return {}
    return {one.code: one for one in decisions(desk, now).filter(code__in=codes)}


def linked_cases(desk: Reach, codes: Collection[str]) -> dict[str, dict[str, Any]]:
    """Heads of linked cases within reach, by code: the others stay numbers. No query for none."""
    if not codes or not isinstance(desk, Desk) or not desk.actor.may(Power.CASE_SEE):
        return {}
    return {head["code"]: head for head in cases.heads(desk.cases().filter(code__in=codes))}


def issued_under(desk: Reach, items: Collection[int], now: datetime) -> dict[int, list[Decision]]:
    """Decisions that were taken under items of agendas, by item. No query for none."""
    found: dict[int, list[Decision]] = {}
    if items:
        for one in decisions(desk, now).filter(item__in=items).defer("words").order_by("pk"):
            found.setdefault(one.item_id or 0, []).append(one)
    return found


def agendas_with(decision: Decision) -> list[AgendaItem]:
    """The agendas on which a decision stood, the last first: where it was taken, and where it came up again."""
    named = AgendaItem.objects.accepted().filter(Q(about=decision.subject) | Q(pk=decision.item_id))
    return list(named.select_related("meeting").order_by("-meeting__starts_at", "-pk")[:MOST_AGENDAS])


def bodies(desk: Reach, now: datetime) -> list[Body]:
    """The bodies whose decisions are seen as such."""
    return queries.bodies_seen(desk.actor, local_date(now))


def bodies_named(desk: Reach, code: str, now: datetime) -> list[Body]:
    """The same, with another one of which the desk sees a decision, where it was asked for."""
    seen = bodies(desk, now)
    if not code or any(body.code == code for body in seen):
        return seen
    other = Body.objects.filter(code=code, pk__in=decisions(desk, now).values("body_id"))
    return [*seen, *other]


def organisation_named(desk: Reach, doer: str, now: datetime) -> dict[str, str]:
    """The organisation from outside that was asked for, with its name, where the desk sees a decision for it."""
    number = number_of(doer)
    if number is None:
        return {}
    seen = Share.objects.filter(organisation=number, decision__in=decisions(desk, now)).values("organisation_id")
    found = Partner.objects.filter(pk__in=seen).first()
    return {doer: found.name} if found else {}


def bodies_kept(desk: Desk, now: datetime) -> list[Body]:
    """The bodies whose decisions the person may write down: as their secretary or chair."""
    on = local_date(now)
    if not desk.actor.may(Power.DECISION_CONFIRM):
        return []
    seats = Membership.objects.valid(on).of(desk.actor).filter(role__in=[Role.CHAIR, Role.SECRETARY])
    return list(Body.objects.filter(pk__in=seats.values("body_id")).order_by("name_fa"))


def offices_for(body: Body) -> list[Unit]:
    """The offices that may carry a decision of a body out: those of its province, or all for the ministry's."""
    return list(Unit.objects.all().under(house_of(body.unit_path)).filter(closed_on=None).order_by("path"))


def names_of_bodies(numbers: Collection[int]) -> dict[int, Body]:
    """Bodies named in lists whose parts the desk sees."""
    return {body.pk: body for body in Body.objects.filter(pk__in=numbers)}


def to_confirm(desk: Desk, now: datetime) -> ShareQuerySet:
    """What waits for the word of the person as secretary or chair."""
    return queries.to_confirm(desk.actor, local_date(now)).select_related(
        "decision__body", "duty", "unit", "organisation"
    )


# Tab → which parts of an office it shows.
OF_OFFICE = {
    "todo": Q(state__in=["issued", "in_hand"]),
    "reported": Q(state="reported"),
    "done": Q(settled_at__isnull=False),
}


def of_office(desk: Reach, tab: str, now: datetime, *, below: bool) -> ShareQuerySet:
    """The parts of the person's office (and of those below it), or of the organisation they come from."""
    rows = Share.objects.filter(OF_OFFICE[tab]).select_related("decision__body", "duty", "organisation")
    if not desk.actor.unit_path:
        return rows.represented_by(desk.actor, local_date(now))
    return rows.filter(under(desk.actor.unit_path) if below else Q(unit_path=desk.actor.unit_path))


def represented(desk: Reach, parts: Collection[Share], now: datetime) -> set[int]:
    """Of these the parts of the organisation for which the person sits in the body. No query where none is of one."""
    outside = [share.pk for share in parts if share.organisation_id is not None]
    if not outside:
        return set()
    rows = Share.objects.represented_by(desk.actor, local_date(now)).filter(pk__in=outside)
    return set(rows.values_list("pk", flat=True))


def page_by_due(shares: ShareQuerySet, after: Place | None, limit: int) -> list[Share]:
    """The first due first, from a place on; what is over, the last settled first."""
    if after is not None and after.moment is not None:
        later = Q(duty__due_at__gt=after.moment) | Q(duty__due_at=after.moment, pk__gt=after.id)
        shares = shares.filter(later)
    return list(shares.order_by("duty__due_at", "pk")[:limit])


def page_by_report(shares: ShareQuerySet, after: Place | None, limit: int) -> list[Share]:
    """The oldest report first."""
    if after is not None and after.moment is not None:
        later = Q(duty__answered_at__gt=after.moment) | Q(duty__answered_at=after.moment, pk__gt=after.id)
        shares = shares.filter(later)
    return list(shares.order_by("duty__answered_at", "pk")[:limit])


def page_by_end(shares: ShareQuerySet, after: Place | None, limit: int) -> list[Share]:
    """The last settled first."""
    if after is not None and after.moment is not None:
        earlier = Q(settled_at__lt=after.moment) | Q(settled_at=after.moment, pk__lt=after.id)
        shares = shares.filter(earlier)
    return list(shares.order_by("-settled_at", "-pk")[:limit])


def evidence_of(decision: Decision, evidence_id: int) -> Evidence | None:
    """A file of a report on a decision of this desk."""
    within = Q(subject__startswith=f"{decision.subject}/")
    return Evidence.objects.select_related("file").filter(within, pk=evidence_id).first()
