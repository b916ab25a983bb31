"""What the person at the screen may reach. Pages start here, never at a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from takrim.base import clock
from takrim.base.codes import same_secret, secret_for
from takrim.cards.models import CardDraft, CardVersion, CardVersionQuerySet
from takrim.cases import queries, reads
from takrim.cases.models import Answer, Case, CaseQuerySet, Party, SavedView
from takrim.cases.models_judged import Praise
from takrim.cases.models_partners import Inquiry, Partner, PartnerQuerySet
from takrim.channels.models import Draft
from takrim.duties.models import Duty, DutyQuerySet, Sharing
from takrim.evidence.models import Evidence
from takrim.orgs.actions_posts import colleagues
from takrim.orgs.actor import Actor, holder
from takrim.orgs.models import Absence, Closure, Holding, Person, SearchWord, Unit, UnitQuerySet
from takrim.orgs.paths import lineage, under
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared
from takrim.orgs.presence import Seat, seats_of
from takrim.orgs.units import UnitNames, all_names, house_of
from takrim.surveys.models import Response


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
        """Cases about which an office in scope owes or owed something, without those kept from this person."""
        return Case.objects.all().seen_by(self.actor)

    def case(self, code: str) -> Case | None:
        """One of the cases, with its party, its card and the case it repeats."""
        return reads.case_seen_by(self.actor, code)

    def others_of_party(self, case: Case) -> list[dict[str, Any]]:
        """Heads of other cases of the same person, as far as this desk reaches."""
        return reads.others_of_party(case, self.actor)

    def duties(self) -> DutyQuerySet:
        """What the offices in scope owe or owed."""
        if not self.actor.may(Power.CASE_SEE):
            return Duty.objects.none()
        return Duty.objects.all().seen_by(self.actor)

    def owed_by_office(self) -> DutyQuerySet:
        """What the offices in scope owe, to be counted by who answers for them."""
        if not self.actor.may(Power.OFFICE_SEE):
            return Duty.objects.none()
        return Duty.objects.all().seen_by(self.actor)

    def asked(self) -> DutyQuerySet:
        """What the offices in scope have asked of others and is not settled."""
        if not self.actor.may(Power.CASE_SEE):
            return Duty.objects.none()
        return Duty.objects.all().asked_by(self.actor).owed()

    def duties_about(self, case: Case) -> DutyQuerySet:
        """All that any office owes or owed about a case that was reached through `cases()`."""
        return Duty.objects.filter(about=case.code)

    def registered(self) -> CaseQuerySet:
        """Cases that this person has registered, wherever they are owed, unless one turned out to be about them."""
        mine = Case.objects.filter(received_by=self.actor.code)
        return mine.open_to(self.actor.unit_path, self.actor.person)

    def views_by_name(self) -> list[SavedView]:
        """The filters this person has given names, by name."""
        return queries.views_of(self.seat.person_id)

    def first_due(self) -> list[Duty]:
        """What the person's own office owes, soonest first: the beginning of the cartable."""
        if not self.actor.may(Power.CASE_SEE) or not self.actor.unit_path:
            return []
        return queries.first_due(self.unit.pk, by=self.actor)

    def views(self) -> QuerySet[SavedView]:
        """The filters this person has given names."""
        return SavedView.objects.filter(person_id=self.seat.person_id)

    def people(self, *, mobile: str = "", national_code: str = "") -> QuerySet[Party]:
        """People known by a telephone or national code to an office in scope; strangers stay unknown."""
        known = Q(mobile=mobile) if mobile else Q(pk__in=[])
        known |= Q(national_code=national_code) if national_code else Q(pk__in=[])
        return Party.objects.filter(known, Exists(self.cases().filter(party=OuterRef("pk"))))

    def cards(self) -> CardVersionQuerySet:
        """The service cards that hold today."""
        return CardVersion.objects.all().valid(clock.local_date(clock.now()))

    def card_versions(self) -> CardVersionQuerySet:
        """The versions of cards that are those of this desk's own house: its province, or the ministry."""
        own = CardVersion.objects.standing().filter(path=house_of(self.actor.unit_path))
        return own.select_related("card").order_by("valid_from")

    def card_drafts(self) -> QuerySet[CardDraft]:
        """What is being written about cards in the same house."""
        return CardDraft.objects.filter(path=house_of(self.actor.unit_path)).order_by("code")

    def closures(self) -> QuerySet[Closure]:
        """Days on which this office or one below it is closed, and those of the offices above."""
        above = Q(path__in=lineage(self.actor.unit_path))
        return Closure.objects.filter(above | under(self.actor.unit_path, "path"), withdrawn_at=None)

    def partners(self) -> PartnerQuerySet:
        """Bodies outside that this office may send inquiries to."""
        return Partner.objects.all().of(self.actor.unit_path).at_work().order_by("name")

    def search_words(self) -> QuerySet[SearchWord]:
        """Pairs that the search takes for the same."""
        return SearchWord.objects.all()

    def colleagues(self, on: date) -> QuerySet[Person]:
        """Who may substitute for this person's posts."""
        return colleagues(self.actor.unit_path, on)

    def substitutions(self) -> QuerySet[Holding]:
        """Who stands in, or is to stand in, for this person."""
        mine = Holding.objects.filter(substitute_for_id=self.seat.person_id)
        return mine.select_related("person", "post__unit").order_by("since")

    def absences(self) -> QuerySet[Absence]:
        """When this person is away, as far as it is not over."""
        return Absence.objects.filter(person_id=self.seat.person_id, ended_at=None).order_by("since")

    def names_of(self, people: set[int]) -> dict[int, str]:
        """Names of colleagues whom the journal of a case in scope tells of by number. No query for none."""
        return dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}

    def my_work(self) -> DutyQuerySet:
        """What was given to the post at which the person acts; a substitute sees that of the absent."""
        return self.duties().given_to(self.seat.post_id)

    def work_elsewhere(self) -> list[tuple[Holding, int]]:
        """Other posts at which the person acts, and how much was given to each and is not done."""
        others = {seat.post_id: seat for seat in self.seats if seat.post_id != self.seat.post_id}
        if not others:
            return []
        seen = Duty.objects.all().open_to(self.actor.unit_path, self.actor.person)
        owed = seen.owed().filter(assignee_id__in=others, answered_at=None).order_by()
        counted = dict(owed.values_list("assignee_id").annotate(many=Count("id")))
        return [(seat, counted[post]) for post, seat in others.items() if post in counted]

    def colleagues_at(self, unit_id: int, on: date) -> list[Seat]:
        """Who works at an office in scope, and who is there on a day."""
        return seats_of(self.units().filter(pk=unit_id).values_list("pk", flat=True), on)

    def sharing(self) -> Sharing | None:
        """How the person's office shares its work out, if its head has said so."""
        return Sharing.objects.filter(unit_id=self.unit.pk).first() if self.actor.may(Power.DUTY_ASSIGN) else None

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

    def own_cases(self) -> CaseQuerySet:
        """All that this browser has shown to be the person's: by receipt, or by a proven telephone."""
        return self.cases() | self.cases_of_mobile() if self.mobile else self.cases()

    def case(self, code: str) -> Case | None:
        """One of the cases, with its card."""
        return reads.case_with_code(code) if code in self.codes else None

    def final_duty(self, case: Case) -> Duty | None:
        """The answer owed last about a case of this desk."""
        return reads.FINAL_DUTIES.first(code=case.code) if case.code in self.codes else None

    def files(self, case: Case) -> list[Evidence]:
        """What the person may see of a case's files, oldest first."""
        return [file for file in reads.FILES(code=case.code) if file.shown_to_party] if case.code in self.codes else []

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
        return self.units_on(clock.local_date(clock.now()))

    def units_on(self, day: date) -> UnitQuerySet:
        """The offices that are not closed for good on a day."""
        return Unit.objects.all().open(day)

    def cards(self) -> CardVersionQuerySet:
        return CardVersion.objects.all().valid(clock.local_date(clock.now()))

    def closures(self, path: str) -> QuerySet[Closure]:
        """Days on which an office was or will be closed."""
        return Closure.objects.filter(path__in=lineage(path), withdrawn_at=None).order_by("day")

    def judged(self, code: str, answer: int) -> Answer | None:
        """The served answer of a case that a signed link asks about."""
        served = Answer.objects.filter(case__code=code, number=answer, delivered_at__isnull=False)
        return served.select_related("case__card__card").first()

    def judged_here(self, code: str, path: str, since: datetime) -> Answer | None:
        """The newest answer of a case that an office has served since a moment, and that nobody has judged yet."""
        served = Answer.objects.filter(case__code=code, delivered_at__gte=since).filter(under(path, "case__unit_path"))
        found = served.exclude(case__channel="anonymous").select_related("case__card__card").order_by("-number").first()
        return None if found is None or self.judgement(found) else found

    def judgement(self, answer: Answer) -> Response | None:
        """What was said about it."""
        return Response.objects.filter(subject=answer.case.code, occasion=answer.number).first()

    def praise_of(self, answer: Answer) -> Praise | None:
        """Whom it made somebody praise."""
        return Praise.objects.filter(case=answer.case, number=answer.number).first()

    def inquiry(self, number: int, now: datetime) -> Inquiry | None:
        """The inquiry whose signed link somebody opened, while the link opens."""
        still = Inquiry.objects.waiting().filter(pk=number, expires_at__gt=now, duty__settled_at=None)
        return still.select_related("case", "partner", "duty").first()

    def shown_with(self, inquiry: Inquiry) -> QuerySet[Evidence]:
        """The files that an inquiry shows."""
        chosen = Evidence.objects.filter(pk__in=inquiry.files, subject=inquiry.case.code)
        return chosen.select_related("file").order_by("id")

    def draft(self, token: str) -> Draft | None:
        """What is being written in the browser that knows the token."""
        return _DRAFT.first(token=token)

    def case_with(self, code: str, secret: str) -> Case | None:
        """The case whose receipt has this number and this secret. An unknown number takes as long as a wrong secret."""
        case = Case.objects.filter(code=code).exclude(channel="anonymous").only("id", "code", "nonce").first()
        nonce = case.nonce if case else _NO_NONCE
        right = same_secret(secret_for(settings.SECRET_KEY.encode(), nonce), secret)
        return case if case and right else None


_DRAFT = Prepared(lambda token: Draft.objects.filter(token=token))
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
