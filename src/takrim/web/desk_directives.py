"""What a desk reaches of directives: those it may see, those it keeps, what its offices owe of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from takrim.base.clock import local_date
from takrim.base.persian import ascii_digits, persian_digits
from takrim.directives.actions_work import HEADS, may_judge
from takrim.directives.models import (
    Clause,
    Demand,
    DemandQuerySet,
    Directive,
    DirectiveQuerySet,
    DirectiveVersion,
    PlanStep,
    Reading,
    ReadingQuerySet,
    Relation,
)
from takrim.directives.resolving import KIND
from takrim.duties.models import State as DutyState
from takrim.evidence.models import Evidence
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import under
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared
from takrim.orgs.presence import Seat, seats_of
from takrim.orgs.units import house_of
from takrim.proofs.models import Action
from takrim.proofs.queries import actions_for
from takrim.web.desk import Desk

_OWED = (DutyState.OPEN, DutyState.RETURNED)


def directives(desk: Desk) -> DirectiveQuerySet:
    """Those of the person's offices, and those addressed to them."""
    return Directive.objects.all().seen_by(desk.actor)


def directive(desk: Desk, number: int) -> Directive | None:
    """One of them."""
    actor = desk.actor
    if not actor.unit_path or not actor.may(Power.COUNCIL_SEE):
        return None
    if actor.may(Power.DIRECTIVE_ISSUE):
        return _OF_HOUSE.first(house=house_of(actor.unit_path), number=number)
    return _SHOWN_BELOW.first(path=actor.unit_path, number=number)


_OF_HOUSE = Prepared(lambda house, number: Directive.objects.all().of_house(house).filter(pk=number))
_SHOWN_BELOW = Prepared(lambda path, number: Directive.objects.all().shown_below(path).filter(pk=number))


def numbered(desk: Desk, number: str) -> Directive | None:
    """The newest of them with this number, however its digits are typed."""
    plain = ascii_digits(number).strip()
    written = {number, plain, persian_digits(plain)}
    return directives(desk).filter(number__in=written).order_by("-dated", "-pk").first() if plain else None


def named(desk: Desk, codes: Collection[str]) -> dict[str, Directive]:
    """Those of these codes that the desk sees. No query for none."""
    numbers = [int(rest) for code in codes if (rest := code.removeprefix("directive:")) != code and rest.isdecimal()]
    return {row.code: row for row in directives(desk).filter(pk__in=numbers)} if numbers else {}


def kept(desk: Desk) -> DirectiveQuerySet:
    """Those that the person may change, issue and end."""
    return Directive.objects.all().kept_by(desk.actor)


def clauses(directive: Directive) -> list[Clause]:
    """The clauses with their addressees. Two queries."""
    return list(
        Clause.objects.filter(directive=directive)
        .order_by("number")
        .prefetch_related("addressees__unit", "addressees__post__unit")
    )


def clause(directive: Directive) -> QuerySet[Clause]:
    return Clause.objects.filter(directive=directive).select_related("directive")


def versions(directive: Directive) -> QuerySet[DirectiveVersion]:
    """All versions, newest first."""
    return DirectiveVersion.objects.filter(directive=directive).order_by("-number")


def newest_versions(rows: Iterable[Directive]) -> list[DirectiveVersion]:
    """The version that holds of each of these. One query, none for none."""
    wanted = {row.pk: row.version for row in rows}
    if not wanted:
        return []
    found = DirectiveVersion.objects.filter(directive__in=wanted).order_by("-directive", "-number")
    return [row for row in found if row.number == wanted[row.directive_id]]


def relations(desk: Desk, directive: Directive) -> tuple[list[Relation], list[Relation]]:
    """What it does to earlier ones, and what later ones do to it, as far as the person sees those. Two queries."""
    seen = directives(desk).values("pk")
    earlier = Relation.objects.filter(newer=directive, older__in=seen).select_related("older")
    later = Relation.objects.filter(older=directive, newer__in=seen).exclude(newer__issued_at=None)
    return list(earlier.order_by("pk")), list(later.select_related("newer").order_by("pk"))


def relation(desk: Desk) -> QuerySet[Relation]:
    """What the person may take back."""
    return Relation.objects.filter(newer__in=kept(desk)).select_related("newer")


def issued(desk: Desk) -> DirectiveQuerySet:
    """Those that a new one may supersede, amend or follow."""
    return directives(desk).filter(issued_at__isnull=False).order_by("-dated", "-pk")


def readings(desk: Desk, directive: Directive) -> list[Reading]:
    """Who is asked to read the newest version, and who has; of the whole house for who keeps directives."""
    rows = Reading.objects.filter(under(_place(desk)), directive=directive, version=directive.version)
    return list(rows.select_related("unit", "post").order_by("unit_path", "pk"))


def _place(desk: Desk) -> str:
    """All of its house for who issues directives, the own offices for everybody else."""
    actor = desk.actor
    return house_of(actor.unit_path) if actor.may(Power.DIRECTIVE_ISSUE) else actor.unit_path


class Read(NamedTuple):
    """Who is asked to read a directive, and when and by whom that was done."""

    unit: int
    post: int | None
    at: datetime | None
    by: str


def read_by(desk: Desk, directive: Directive) -> dict[tuple[int, int | None], Read]:
    """The same as `readings`, for the matrix: by office and post."""
    rows = _READ(place=_place(desk), directive=directive.pk, version=directive.version)
    return {(row[0], row[1]): Read(*row) for row in rows}


_READ: Prepared[Any] = Prepared(
    lambda place, directive, version: Reading.objects.filter(
        under(place), directive_id=directive, version=version
    ).values_list("unit_id", "post_id", "read_at", "read_by_name")
)


def own_readings(desk: Desk) -> ReadingQuerySet:
    """What the person is asked to read: as head of the office, or at the post that is addressed."""
    rows = _unread(desk.actor.post_id, desk.actor.unit_path, head=desk.actor.role in HEADS)
    return rows.order_by("asked_at", "pk")


def _unread(post: int | None, path: str, *, head: bool) -> ReadingQuerySet:
    mine = Q(post_id=post) | Q(post=None) if head else Q(post_id=post)
    return Reading.objects.unread().filter(mine, unit_path=path).select_related("directive")


def reading(desk: Desk, directive: Directive) -> Reading | None:
    """What the person themselves is asked to read of a directive."""
    query = _READING_OF_HEAD if desk.actor.role in HEADS else _READING
    return query.first(post=desk.actor.post_id or 0, path=desk.actor.unit_path, directive=directive.pk)


_READING = Prepared(
    lambda post, path, directive: (
        _unread(post, path, head=False).filter(directive_id=directive).order_by("asked_at", "pk")[:1]
    )
)
_READING_OF_HEAD = Prepared(
    lambda post, path, directive: (
        _unread(post, path, head=True).filter(directive_id=directive).order_by("asked_at", "pk")[:1]
    )
)


def files(code: str) -> list[Evidence]:
    """The files of a directive or of what an office owes of it."""
    return list(Evidence.objects.filter(subject=code).select_related("file").order_by("id"))


def demands(desk: Desk) -> DemandQuerySet:
    """What the offices in scope owe or owed."""
    rows = Demand.objects.all().seen_by(desk.actor)
    return rows.select_related("duty", "clause", "directive", "unit", "post")


class Owed(NamedTuple):
    """What an office, or a post in it, owes of a clause in a period, for the matrix."""

    pk: int
    unit: int
    post: int | None
    unit_path: str
    clause: int
    period: str
    planned_at: datetime | None
    state: str
    due_at: datetime | None


def of_directive(desk: Desk, directive: Directive) -> list[Owed]:
    """What offices owe of one directive, as far as the person sees them, office by office. One query."""
    return [Owed(*row) for row in _OWED_OF(place=_place(desk), directive=directive.pk)]


_OWED_OF: Prepared[Any] = Prepared(
    lambda place, directive: (
        Demand.objects.filter(under(place), directive_id=directive)
        .order_by("unit_path", "pk")
        .values_list(
            "pk",
            "unit_id",
            "post_id",
            "unit_path",
            "clause__number",
            "period",
            "planned_at",
            "duty__state",
            "duty__due_at",
        )
    )
)


def clause_texts(directive: Directive) -> dict[int, str]:
    """The texts of its clauses by number. One query."""
    return dict(_TEXTS(directive=directive.pk))


_TEXTS: Prepared[Any] = Prepared(
    lambda directive: Clause.objects.filter(directive_id=directive).values_list("number", "text")
)


def was_read(demand: Demand) -> bool:
    """Whether the head of the office, or the post that is addressed, has read the directive."""
    asked = Reading.objects.filter(directive=demand.directive, unit=demand.unit, post=demand.post)
    return asked.filter(version=demand.directive.version, read_at__isnull=False).exists()


def proofs(demand: Demand) -> list[Action]:
    """The actions that its office has handed in as its proof, newest first."""
    return list(actions_for(KIND, demand.code.removeprefix(f"{KIND}:")))


def post_titles(numbers: Collection[int]) -> dict[int, str]:
    """Titles of posts by number. No query for none."""
    return {post.pk: post.title for post in Post.objects.filter(pk__in=numbers)} if numbers else {}


def steps(demand: Demand) -> QuerySet[PlanStep]:
    """The steps of a plan of action."""
    return PlanStep.objects.filter(demand=demand).select_related("demand__duty").order_by("number")


def owed_by_office(desk: Desk) -> DemandQuerySet:
    """What the person's own office has to do, the first due first."""
    rows = demands(desk).filter(unit_path=desk.actor.unit_path, duty__settled_at=None, duty__state__in=_OWED)
    return rows.order_by(F("duty__due_at").asc(nulls_last=True), "pk")


def reported_by_office(desk: Desk) -> DemandQuerySet:
    """What waits to be confirmed."""
    rows = demands(desk).filter(unit_path=desk.actor.unit_path, duty__state=DutyState.ANSWERED)
    return rows.order_by("duty__answered_at", "pk")


def done_by_office(desk: Desk) -> DemandQuerySet:
    """What is over, newest first."""
    rows = demands(desk).filter(unit_path=desk.actor.unit_path, duty__settled_at__isnull=False)
    return rows.order_by("-duty__settled_at", "-pk")


def to_confirm(desk: Desk) -> DemandQuerySet:
    """Reports that wait for the person's word, the oldest first; never those of themselves or their own office."""
    actor = desk.actor
    if not (actor.may(Power.PROOF_JUDGE) or actor.may(Power.DIRECTIVE_ISSUE)) or not actor.unit_path:
        return Demand.objects.none()
    house = house_of(actor.unit_path)
    above = [house[: end + 1] for end, letter in enumerate(house) if letter == "/"]
    rows = Demand.objects.filter(under(house), duty__state=DutyState.ANSWERED, directive__unit_path__in=above)
    rows = rows.exclude(reported_by=actor.code).exclude(unit_path=actor.unit_path)
    return rows.select_related("duty", "clause", "directive", "unit", "post").order_by("duty__answered_at", "pk")


def may_confirm(desk: Desk, demand: Demand) -> bool:
    return may_judge(demand, desk.actor)


def file(desk: Desk, evidence_id: int) -> Evidence | None:
    """A file of a directive or a report that the person sees."""
    found = Evidence.objects.select_related("file").filter(pk=evidence_id).first()
    if found is None:
        return None
    of_clause = demands(desk).filter(code=found.subject).exists()
    if of_clause or (found.subject.startswith("directive:") and _seen(desk, found.subject.partition(":")[2])):
        return found
    return None


def _seen(desk: Desk, number: str) -> bool:
    return number.isdecimal() and directives(desk).filter(pk=int(number)).exists()


def progress(rows: Iterable[Directive], now: datetime) -> dict[int, dict[str, int]]:
    """How many demands of each directive there are, are proven, and are late. One query."""
    late = When(duty__settled_at=None, duty__state__in=_OWED, duty__due_at__lt=now, then=Value(1))
    proven = When(duty__state=DutyState.ACCEPTED, then=Value(1))
    counted = (
        Demand.objects.filter(directive__in=[row.pk for row in rows])
        .exclude(duty__state=DutyState.WITHDRAWN)
        .order_by()
        .values("directive_id")
        .annotate(
            many=Count("pk"),
            proven=Count(Case(proven, output_field=IntegerField())),
            late=Count(Case(late, output_field=IntegerField())),
        )
    )
    return {row["directive_id"]: {name: row[name] for name in ("many", "proven", "late")} for row in counted}


def addressable(desk: Desk, now: datetime) -> list[Unit]:
    """The offices to which the person's house may address a clause, in the order of the tree."""
    house = house_of(desk.actor.unit_path)
    return list(Unit.objects.under(house).open(local_date(now)).order_by("path"))


def posts(desk: Desk, now: datetime) -> list[Seat]:
    """The posts of the house that somebody holds and that can report."""
    units = [unit.pk for unit in addressable(desk, now) if not house_is_root(desk)]
    return seats_of(units, local_date(now)) if units else []


def house_is_root(desk: Desk) -> bool:
    """Whether the person works for the ministry itself: its posts all over the country are too many to list."""
    return house_of(desk.actor.unit_path).count("/") == 1
