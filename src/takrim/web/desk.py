"""What the person at the screen may reach. Pages start here, never at a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest

from takrim.base import clock
from takrim.cards.models import CardVersion, CardVersionQuerySet
from takrim.cases.models import Case, CaseQuerySet
from takrim.duties.models import Duty, DutyQuerySet
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor, holder
from takrim.orgs.models import Holding, Unit, UnitQuerySet
from takrim.orgs.powers import Power
from takrim.orgs.units import UnitNames, all_names


@dataclass
class Desk:
    """The desk of a member of staff at one of their posts."""

    actor: Actor
    seat: Holding
    seats: list[Holding] = field(default_factory=list)

    @cached_property
    def unit(self) -> Unit:
        """The office the person works in."""
        return self.seat.post.unit

    def cases(self) -> CaseQuerySet:
        """Cases about which an office in scope owes or owed something."""
        return Case.objects.all().seen_by(self.actor)

    def duties(self) -> DutyQuerySet:
        """What the offices in scope owe or owed."""
        if not self.actor.may(Power.CASE_SEE):
            return Duty.objects.none()
        return Duty.objects.all().seen_by(self.actor)

    def evidence(self) -> QuerySet[Evidence]:
        """Files; whoever shows one asks first whether its subject can be reached."""
        return Evidence.objects.select_related("file")

    def units(self) -> UnitQuerySet:
        """The person's office and those below it."""
        return Unit.objects.all().under(self.actor.unit_path)

    def all_units(self) -> UnitQuerySet:
        """Every office: names and places of offices are public, matters may be referred to any of them."""
        return Unit.objects.all()

    def unit_names(self) -> list[UnitNames]:
        """Names of the offices in scope, in the order of the tree, without a query."""
        return [unit for path, unit in all_names().items() if path.startswith(self.actor.unit_path)]


@dataclass(frozen=True)
class HolderDesk:
    """The desk of a person who holds cases: by code and secret, or by a telephone number they have proven."""

    codes: frozenset[str] = frozenset()
    mobile: str = ""

    @property
    def actor(self) -> Actor:
        return holder()

    def cases(self) -> CaseQuerySet:
        return Case.objects.filter(code__in=self.codes)

    def evidence(self) -> QuerySet[Evidence]:
        """Files of the person's cases that are theirs or meant for them."""
        return Evidence.objects.filter(subject__in=self.codes, shown_to_party=True).select_related("file")

    def cases_of_mobile(self) -> CaseQuerySet:
        """Cases of the telephone number that was proven in this session; none without one."""
        return Case.objects.filter(party__mobile=self.mobile) if self.mobile else Case.objects.none()


@dataclass(frozen=True)
class PublicDesk:
    """What everybody may see."""

    def units(self) -> UnitQuerySet:
        return Unit.objects.all().open(clock.local_date(clock.now()))

    def cards(self) -> CardVersionQuerySet:
        return CardVersion.objects.all().valid(clock.local_date(clock.now()))


class StaffRequest(HttpRequest):
    """A request behind the staff gate."""

    desk: Desk


class HolderRequest(HttpRequest):
    """A request behind the holder gate."""

    desk: HolderDesk


class PublicRequest(HttpRequest):
    """A request that anyone may make."""

    desk: PublicDesk
