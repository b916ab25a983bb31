"""Reading decisions: the register, who carries out what, the matrix of bodies and offices, the months."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.fields import IntegerField
from django.db.models.functions import RowNumber

from takrim.base.period import Period, PeriodKind
from takrim.base.persian import query_groups
from takrim.cases.search import synonyms
from takrim.councils import doers
from takrim.councils.models import Body, Membership, Role
from takrim.councils.queries import looking
from takrim.decisions.links import Thing
from takrim.decisions.models import Decision, DecisionQuerySet, Link, Report, Share, ShareQuerySet, State, Verdict
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding
from takrim.orgs.paths import under
from takrim.orgs.powers import ROLES, Power
from takrim.orgs.prepared import Prepared, PreparedList

LATE = Q(state__in=[State.ISSUED, State.IN_HAND], duty__due_at__isnull=False)


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """What the register is narrowed down to; empty values narrow nothing.

    `unit` is who carries something out, as minutes name them: an office with those below it, or an organisation.
    """

    body: str = ""
    unit: str = ""
    state: str = ""
    late: bool = False
    right: str = ""
    month: Period | None = None
    query: str = ""


def narrowed(rows: DecisionQuerySet, narrow: Narrow, now: datetime) -> DecisionQuerySet:
    """Only the decisions that fit."""
    if narrow.body:
        rows = rows.filter(body__code=narrow.body)
    if narrow.state:
        rows = rows.filter(state=narrow.state)
    if narrow.unit:
        organisation = doers.number_of(narrow.unit)
        own = under(narrow.unit) & Q(organisation=None) if organisation is None else Q(organisation=organisation)
        rows = rows.filter(Exists(_parts().filter(own)))
    if narrow.late:
        rows = rows.filter(Exists(late(_parts(), now)))
    if narrow.right:
        rights = Link.objects.filter(decision=OuterRef("pk"), kind=Thing.RIGHT, code=narrow.right)
        rows = rows.filter(Exists(rights))
    if narrow.month:
        rows = rows.filter(decided_on__gte=narrow.month.start(), decided_on__lte=narrow.month.last_day())
    return with_words(rows, narrow.query)


def _parts() -> ShareQuerySet:
    return Share.objects.filter(decision=OuterRef("pk"))


def late(shares: ShareQuerySet, now: datetime) -> ShareQuerySet:
    """Not reported although their time is over."""
    return shares.to_do().filter(duty__due_at__lt=now)


def with_words(rows: DecisionQuerySet, query: str) -> DecisionQuerySet:
    """Those with all the words, each in any of its forms; with no word in it, a query narrows nothing."""
    for group in query_groups(query, synonyms()):
        rows = rows.filter(reduce(or_, (Q(words__contains=f" {word} ") for word in group)))
    return rows


# One more than a page shows: whether there is another page.
FIRST = 26


_FIRST = Prepared(
    lambda path, person, post, on: (
        Decision.objects.all()
        .seen_by(looking(path, person, post), on)
        .select_related("body")
        .defer("words")
        .order_by("-pk")[:FIRST]
    )
)


def first(actor: Actor, on: date) -> list[Decision]:
    """The newest that the actor sees: the page of the register that is asked for most."""
    return _FIRST(path=actor.unit_path, person=actor.person, post=actor.post_id or 0, on=on)


def newest(rows: DecisionQuerySet, before: int | None, limit: int) -> list[Decision]:
    """Newest first, from a place on."""
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("body").defer("words").order_by("-pk")[:limit])


class Part(NamedTuple):
    """The part of one office, as lists show it; `outside` names the organisation that does it, where one does."""

    decision: int
    place: int
    unit_path: str
    state: str
    due_at: datetime | None
    answered_at: datetime | None
    outside: str | None = None

    def late(self, now: datetime) -> bool:
        """Late until it is reported; what was reported late was late."""
        return self.due_at is not None and (self.answered_at or now) > self.due_at


def parts_of(decisions: Collection[int]) -> dict[int, list[Part]]:
    """The parts of many decisions. One query."""
    found: dict[int, list[Part]] = {}
    for row in _PARTS(list(decisions)):
        found.setdefault(row[0], []).append(Part(*row))
    return found


_PARTS: PreparedList[Any] = PreparedList(
    lambda decisions: (
        Share.objects.filter(decision_id__in=decisions)
        .order_by("decision_id", "place")
        .values_list(
            "decision_id", "place", "unit_path", "state", "duty__due_at", "duty__answered_at", "organisation__name"
        )
    ),
    most=25,
)


class Sum(NamedTuple):
    """The parts of one office in decisions of one body: all, fulfilled, not settled, and those whose time is over.

    Where an organisation from outside does them, `outside` is what minutes call it and `name` its name.
    """

    unit_path: str
    body: int
    all: int
    fulfilled: int
    open: int
    late: int
    outside: str = ""
    name: str = ""


def matrix(bodies: Collection[int], path: str, now: datetime) -> list[Sum]:
    """What offices at or below `path` carry out, and what others carry out of these bodies.

    What organisations from outside do stands by itself, not with the office that sees to it. Three queries.
    """
    sums, outside = _of_offices(bodies, path, now), _of_outside(bodies, path, now)
    if not outside:
        return sums
    theirs: dict[tuple[str, int], list[Sum]] = {}
    for one in outside:
        theirs.setdefault((one.unit_path, one.body), []).append(one)
    own = [_without(one, theirs.get((one.unit_path, one.body), ())) for one in sums]
    return [*(one for one in own if one.all), *outside]


def _without(whole: Sum, others: Iterable[Sum]) -> Sum:
    numbers = [whole[2:6], *(tuple(-number for number in one[2:6]) for one in others)]
    return Sum(whole.unit_path, whole.body, *(sum(column) for column in zip(*numbers, strict=True)))


def _of_outside(bodies: Collection[int], path: str, now: datetime) -> list[Sum]:
    rows = _OUTSIDE(bodies, path, now=now)
    return [Sum(*row[2:])._replace(outside=doers.outside(row[0]), name=row[1]) for row in rows]


def _of_offices(bodies: Collection[int], path: str, now: datetime) -> list[Sum]:
    rest = {(path, body): (many, late) for path, body, many, late in _OPEN(bodies, path, now=now)}
    counted = _COUNTED(bodies, path)
    return [Sum(unit, body, many, done, *rest.get((unit, body), _NOTHING)) for unit, body, many, done in counted]


_NOTHING = (0, 0)


def _outside(shares: ShareQuerySet, now: datetime) -> QuerySet[Any, Any]:
    done, still = Count("pk", filter=Q(state=State.FULFILLED)), Count("pk", filter=Q(settled_at=None))
    over = Count("pk", filter=Q(state__in=[State.ISSUED, State.IN_HAND], duty__due_at__lt=now))
    rows = shares.filter(organisation__isnull=False).order_by()
    which = rows.values_list("organisation_id", "organisation__name", "unit_path", "body_id")
    return which.annotate(many=Count("pk"), done=done, still=still, late=over)


def _counted(shares: ShareQuerySet) -> QuerySet[Any, Any]:
    done = Count("pk", filter=Q(state=State.FULFILLED))
    return shares.order_by().values_list("unit_path", "body_id").annotate(many=Count("pk"), done=done)


def _open(shares: ShareQuerySet, now: datetime) -> QuerySet[Any, Any]:
    over = Count("pk", filter=Q(state__in=[State.ISSUED, State.IN_HAND], duty__due_at__lt=now))
    still = shares.filter(settled_at=None).order_by()
    return still.values_list("unit_path", "body_id").annotate(many=Count("pk"), late=over)


class _InScope:
    """Sums over the parts at or below a path, and over those of others in the bodies named. One query.

    The two are asked apart and put together by the database, so that each goes along an index of its own.
    """

    def __init__(self, of: Callable[..., QuerySet[Any, Any]]) -> None:
        self.of = of
        self.asked: PreparedList[Any] = PreparedList(self._both, most=24)

    def _both(self, bodies: Collection[int], path: str, **moment: datetime) -> QuerySet[Any, Any]:
        below = self.of(Share.objects.filter(under(path)), **moment)
        others = self.of(Share.objects.filter(body_id__in=bodies).exclude(under(path)), **moment)
        return below.union(others, all=True)

    def __call__(self, bodies: Collection[int], path: str, **moment: datetime) -> Iterable[Any]:
        if not path:
            return self.of(Share.objects.filter(body_id__in=bodies), **moment)
        # No body has the number nought.
        return self.asked(list(bodies) or [0], path=path, **moment)


_OUTSIDE, _COUNTED, _OPEN = _InScope(_outside), _InScope(_counted), _InScope(_open)


class Month(NamedTuple):
    """The decisions of one Jalali month: how many stand how, and the newest of them."""

    period: Period
    states: Mapping[str, int]
    late: int
    newest: Sequence[Decision]


def months(rows: DecisionQuerySet, year: int, now: datetime, shown: int) -> list[Month]:
    """The months of a Jalali year that had decisions, the last first. Three queries."""
    periods = [Period(PeriodKind.MONTH, year, number) for number in range(1, 13)]
    whens = [
        When(decided_on__gte=period.start(), decided_on__lte=period.last_day(), then=Value(period.index))
        for period in periods
    ]
    span = rows.filter(decided_on__gte=periods[0].start(), decided_on__lte=periods[-1].last_day())
    dated = span.annotate(month=Case(*whens, output_field=IntegerField())).order_by()
    states: dict[int, dict[str, int]] = {}
    for month, state, many in dated.values_list("month", "state").annotate(many=Count("pk")):
        states.setdefault(month, {})[state] = many
    overdue = dated.filter(Exists(late(_parts(), now))).values_list("month").annotate(many=Count("pk"))
    over = dict(overdue)
    numbered = dated.annotate(
        turn=Window(RowNumber(), partition_by=F("month"), order_by=[F("decided_on").desc(), F("pk").desc()])
    )
    listed: dict[int, list[Decision]] = {}
    top: Any = numbered.filter(turn__lte=shown).select_related("body").defer("words")
    for decision in top.order_by("-decided_on", "-pk"):
        listed.setdefault(decision.month, []).append(decision)
    return [
        Month(period, states[period.index], over.get(period.index, 0), listed.get(period.index, []))
        for period in reversed(periods)
        if period.index in states
    ]


def years(rows: DecisionQuerySet) -> tuple[int, int] | None:
    """The first and the last Jalali year with decisions; none where there are none."""
    first = rows.order_by("decided_on").values_list("decided_on", flat=True).first()
    last = rows.order_by("-decided_on").values_list("decided_on", flat=True).first()
    return (_year(first), _year(last)) if first and last else None


def _year(day: date) -> int:
    return Period.containing(day, PeriodKind.YEAR).year


def to_confirm(actor: Actor, on: date) -> ShareQuerySet:
    """What waits for the word of the actor as secretary or chair; also what they did themselves."""
    if not actor.may(Power.DECISION_CONFIRM):
        return Share.objects.none()
    keeps = Membership.objects.valid(on).of(actor).filter(role__in=[Role.CHAIR, Role.SECRETARY])
    return Share.objects.reported().filter(body_id__in=keeps.values("body_id"))


def last_reports(shares: Iterable[int]) -> dict[int, Report]:
    """The newest report of each part. One query."""
    rows = Report.objects.filter(share_id__in=list(shares)).order_by("share_id", "number")
    return {report.share_id: report for report in rows}


# Who leads an office answers for what it does.
_LEADING = tuple(role for role, powers in ROLES.items() if Power.DUTY_ASSIGN in powers)


def own_work(shares: Collection[Share], actor: Actor, on: date) -> set[int]:
    """The parts in which the actor, or whom they stand in for, had a hand: reported it, was given it, leads the office.

    It is the person that counts, whichever of their posts they act from. What an organisation outside does is its
    own: the office that sees to it has no hand in it. The duties are at hand. Two queries.
    """
    mine = {number for number in (actor.person_id, actor.substitute_for_id) if number is not None}
    if not mine or not shares:
        return set()
    reported = Report.objects.filter(share__in=shares).filter(Q(person_id__in=mine) | Q(for_person_id__in=mine))
    own = set(reported.values_list("share_id", flat=True))
    here = [share for share in shares if share.organisation_id is None]
    posts = {share.duty.assignee_id for share in here} - {None}
    there = Q(post_id__in=posts) | Q(post__unit_id__in={share.unit_id for share in here}, post__role__in=_LEADING)
    held = Holding.objects.valid(on).filter(Q(person_id__in=mine) | Q(substitute_for_id__in=mine)).filter(there)
    seats = list(held.values_list("post_id", "post__unit_id", "post__role"))
    given = {post for post, _unit, _role in seats}
    led = {unit for _post, unit, role in seats if role in _LEADING}
    return own | {share.pk for share in here if share.duty.assignee_id in given or share.unit_id in led}


def bodies_seen(actor: Actor, on: date) -> list[Body]:
    """The bodies whose decisions the actor sees as such, by name."""
    if not actor.unit_path or not actor.may(Power.COUNCIL_SEE):
        return list(Body.objects.all().seen_by(actor, on).order_by("name_fa"))
    return _BODIES(path=actor.unit_path, person=actor.person, post=actor.post_id or 0, on=on)


_BODIES = Prepared(
    lambda path, person, post, on: Body.objects.all().seen_by(looking(path, person, post), on).order_by("name_fa")
)


def waiting_report(share: Share) -> Report | None:
    """The report that nobody has judged yet."""
    return share.reports.filter(verdict=Verdict.WAITING).order_by("-number").first()
