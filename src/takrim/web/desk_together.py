"""What a desk reaches of work on many cases, notices, colleagues and letters of the same wording."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from takrim.base.clock import local_date
from takrim.cases.conflict import Shields, places_of
from takrim.cases.models import OPEN_STATES, Case, CaseQuerySet, State
from takrim.cases.models_together import Bulk, BulkItem, Campaign, Notice, Wording
from takrim.orgs.models import Holding, Person
from takrim.orgs.paths import lineage, province_of, under
from takrim.web.desk import Desk

MOST_GROUPS, MOST_MERGED, MOST_NOTICES = 50, 20, 30
MOST_COLLEAGUES = 200


def bulks(desk: Desk) -> QuerySet[Bulk]:
    """What the person at this desk has asked for over many cases, newest first."""
    return Bulk.objects.filter(person_id=desk.seat.person_id).order_by("-id")


def results(bulk: Bulk) -> dict[str, int]:
    """How many cases of a bulk had which result; "" stands for those that wait."""
    counted = BulkItem.objects.filter(bulk=bulk).values_list("result").annotate(count=Count("pk"))
    return {str(result): count for result, count in counted}


def items(bulk: Bulk, desk: Desk) -> QuerySet[BulkItem]:
    """The cases of a bulk that this desk still reaches."""
    seen = desk.cases().filter(pk=OuterRef("case_id"))
    return BulkItem.objects.filter(Exists(seen), bulk=bulk).select_related("case").order_by("pk")


class Group(NamedTuple):
    """A campaign as far as a desk reaches: its number, how many letters, how many of them open, its first case here."""

    id: int
    letters: int
    open: int
    first: int


def groups(desk: Desk) -> list[Group]:
    """The campaigns with several letters within the reach of the desk, the newest first. Two queries."""
    chains = under(province_of(desk.actor.unit_path), "chain") if desk.actor.unit_path else Q(pk__in=[])
    newest = list(Campaign.objects.filter(chains).order_by("-last_at").values_list("pk", flat=True)[:MOST_GROUPS])
    seen = desk.cases().filter(pk=OuterRef("pk"))
    members = Wording.objects.filter(Exists(seen), campaign__in=newest).values_list("campaign_id")
    # What is signed waits only to be delivered: nothing is left to write.
    owed = Q(case__state__in=[state for state in OPEN_STATES if state != State.APPROVED])
    counted = members.annotate(n=Count("pk"), open=Count("pk", filter=owed), first=Min("pk"))
    found = {row[0]: Group(*row) for row in counted if row[1] > 1}
    return [found[campaign] for campaign in newest if campaign in found]


def letters_of(desk: Desk, campaign_id: int) -> CaseQuerySet:
    """The cases of one campaign within the reach of the desk, oldest first."""
    members = Wording.objects.filter(campaign_id=campaign_id, pk=OuterRef("pk"))
    return desk.cases().filter(Exists(members)).order_by("pk")


def merged_with(desk: Desk, case: Case) -> list[Case]:
    """The cases joined to a case of this desk, and the one it is joined to, as far as the desk reaches."""
    joined = Q(original_id=case.pk) | Q(pk=case.original_id or 0)
    return list(desk.cases().filter(joined).select_related("party").order_by("pk")[:MOST_MERGED])


def notices(desk: Desk) -> list[Notice]:
    """What the person at this desk has not put away, newest first; not about a case that is beyond their reach now."""
    seen = Q(case=None) | Exists(desk.cases().filter(pk=OuterRef("case_id")))
    rows = Notice.objects.filter(seen, person_id=desk.seat.person_id, seen_at=None)
    return list(rows.select_related("case").order_by("-id")[:MOST_NOTICES])


def may_be_mentioned(desk: Desk, case: Case, now: datetime) -> list[Person]:
    """Colleagues at the office that owes the answer and at those above it, in the same province."""
    on = local_date(now)
    places = [path for path in lineage(case.unit_path) if path.startswith(province_of(case.unit_path))]
    held = Holding.objects.valid(on).filter(post__unit__path__in=places, person=OuterRef("pk"))
    people = Person.objects.filter(Exists(held), is_active=True).exclude(pk=desk.seat.person_id)
    listed = list(people.order_by("name", "pk")[:MOST_COLLEAGUES])
    if not case.shielded:
        return listed
    shields, seats = Shields.of([case.code]), places_of([person.pk for person in listed], now)
    return [person for person in listed if not shields.hide(case.code, person.pk, seats[person.pk])]
