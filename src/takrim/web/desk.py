"""What the person at the screen may reach. Pages start here, never at a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from takrim.base import clock
from takrim.base.codes import same_secret, secret_for
from takrim.cards.models import CardVersion, CardVersionQuerySet
from takrim.cases.models import Case, CaseQuerySet
from takrim.channels.models import Draft
from takrim.duties.models import Duty, DutyQuerySet
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor, holder
from takrim.orgs.models import Closure, Holding, Unit, UnitQuerySet
from takrim.orgs.paths import lineage
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

    def with_codes(self, codes: Iterable[str]) -> HolderDesk:
        """The same desk with these cases on it; they come from it."""
        return HolderDesk(frozenset(codes), self.mobile)

    def final_duties(self) -> DutyQuerySet:
        """The answers owed, or once owed, to the person."""
        return Duty.objects.filter(about__in=self.codes, kind="final_answer")

    def closures(self, path: str) -> QuerySet[Closure]:
        """Days on which an office was or will be closed; everybody may know them."""
        return Closure.objects.filter(path__in=lineage(path), withdrawn_at=None).order_by("day")


@dataclass(frozen=True)
class PublicDesk:
    """What everybody may see."""

    def units(self) -> UnitQuerySet:
        return Unit.objects.all().open(clock.local_date(clock.now()))

    def cards(self) -> CardVersionQuerySet:
        return CardVersion.objects.all().valid(clock.local_date(clock.now()))

    def closures(self, path: str) -> QuerySet[Closure]:
        """Days on which an office was or will be closed."""
        return Closure.objects.filter(path__in=lineage(path), withdrawn_at=None).order_by("day")

    def judged(self, code: str, answer: int) -> Case | None:
        """The case whose served answer of that number a signed link asks about."""
        served = Case.objects.filter(code=code, answers__number=answer, answers__delivered_at__isnull=False)
        return served.select_related("card__card").first()

    def draft(self, token: str) -> Draft | None:
        """What is being written in the browser that knows the token."""
        return Draft.objects.filter(token=token).first()

    def case_with(self, code: str, secret: str) -> Case | None:
        """The case whose receipt has this number and this secret. An unknown number takes as long as a wrong secret."""
        case = Case.objects.filter(code=code).only("id", "code", "nonce").first()
        nonce = case.nonce if case else _NO_NONCE
        right = same_secret(secret_for(settings.SECRET_KEY.encode(), nonce), secret)
        return case if case and right else None


# Reckoned with where there is no case.
_NO_NONCE = "0" * 32


class StaffRequest(HttpRequest):
    """A request behind the staff gate."""

    desk: Desk


class HolderRequest(HttpRequest):
    """A request behind the holder gate."""

    desk: HolderDesk


class PublicRequest(HttpRequest):
    """A request that anyone may make."""

    desk: PublicDesk
