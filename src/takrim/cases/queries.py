"""Reading the cartable: what is owed, asked, waiting or done, page after page from a place in the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from takrim.cases import search
from takrim.cases.models import Case, CaseQuerySet, SavedView, State
from takrim.cases.models_partners import Inquiry
from takrim.duties.models import Duty, DutyQuerySet
from takrim.duties.models import State as DutyState
from takrim.orgs.actor import Actor
from takrim.orgs.paths import under
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared, PreparedList

# One more than a page shows: whether there is another page.
FIRST = 26
SOON = timedelta(days=2)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(x|\d{1,18})-(\d{1,18})")
TIMES = ("late", "soon", "later", "undated")


class Place(NamedTuple):
    """Behind which row a page goes on: the row's moment (none for what has no date) and its number."""

    moment: datetime | None
    id: int

    def __str__(self) -> str:
        micros = (self.moment - _EPOCH) // timedelta(microseconds=1) if self.moment else "x"
        return f"{micros}-{self.id}"


def read_place(text: str) -> Place | None:
    """A place as an address carries it; anything else is the beginning."""
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    micros = found[1]
    try:
        return Place(None if micros == "x" else _EPOCH + timedelta(microseconds=int(micros)), int(found[2]))
    except OverflowError:
        return None


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """What a list is narrowed down to; empty values narrow nothing."""

    kind: str = ""
    channel: str = ""
    card: str = ""
    state: str = ""
    time: str = ""

    def of_case(self) -> dict[str, Any]:
        """The part that is about cases, as lookups."""
        fields = {"kind": self.kind, "channel": self.channel, "card__card__code": self.card, "state": self.state}
        return {name: value for name, value in fields.items() if value}

    def of_due(self, now: datetime) -> Q:
        """The part that is about due dates."""
        return {
            "late": Q(due_at__lt=now),
            "soon": Q(due_at__gte=now, due_at__lt=now + SOON),
            "later": Q(due_at__gte=now + SOON),
            "undated": Q(due_at=None),
        }.get(self.time, Q())


def of_ours(duties: DutyQuerySet) -> DutyQuerySet:
    """Without what a body outside was asked: its answer is the body's to give, and its lateness not the office's."""
    return duties.exclude(kind="inquiry")


def partners_of(duties: Iterable[Duty]) -> dict[int, str]:
    """Who was asked, by the number of the inquiry's duty. No query where nobody was."""
    asked = [duty.pk for duty in duties if duty.kind == "inquiry"]
    return dict(Inquiry.objects.filter(duty__in=asked).values_list("duty_id", "partner__name")) if asked else {}


def narrowed(duties: DutyQuerySet, narrow: Narrow, now: datetime) -> DutyQuerySet:
    """Only the duties that fit. The kind is asked of the duty, which an index serves."""
    fitting = duties.filter(narrow.of_due(now))
    about = narrow.of_case()
    if kind := about.pop("kind", ""):
        fitting = fitting.filter(about_kind=kind)
    return fitting.filter(Exists(Case.objects.filter(code=OuterRef("about"), **about))) if about else fitting


def by_due(duties: DutyQuerySet, after: Place | None, limit: int, *, only_dated: bool = False) -> list[Duty]:
    """Those with a date first, soonest first, then those without one. Two ranges of one index, never a sort.

    `only_dated`: they are narrowed down to a time, so none without a date is looked for.
    """
    found: list[Duty] = []
    if after is None or after.moment is not None:
        dated = duties.filter(due_at__isnull=False)
        if after is not None:
            dated = dated.filter(Q(due_at=after.moment, id__gt=after.id) | Q(due_at__gt=after.moment))
            dated = dated.filter(due_at__gte=after.moment)
        found = list(dated.order_by("due_at", "id")[:limit])
    if len(found) < limit and not only_dated:
        last = after.id if after is not None and after.moment is None else 0
        undated = duties.filter(due_at=None, id__gt=last).order_by("id")
        found += undated[: limit - len(found)]
    return found


_FIRST_DUE = Prepared(
    lambda unit_id, path, person: (
        of_ours(Duty.objects.owed())
        .open_to(path, person)
        .filter(unit_id=unit_id, due_at__isnull=False)
        .order_by("due_at", "id")[:FIRST]
    )
)


_FIRST_UNDATED = Prepared(
    lambda unit_id, path, person: (
        of_ours(Duty.objects.owed())
        .open_to(path, person)
        .filter(unit_id=unit_id, due_at__isnull=True)
        .order_by("id")[:FIRST]
    )
)


def first_due(unit_id: int, *, by: Actor) -> list[Duty]:
    """What one office owes, as `by_due` begins it: the page that is asked for most."""
    asked: dict[str, Any] = {"unit_id": unit_id, "path": by.unit_path, "person": by.person}
    dated = _FIRST_DUE(**asked)
    return dated if len(dated) == FIRST else (dated + _FIRST_UNDATED(**asked))[:FIRST]


_VIEWS = Prepared(lambda person_id: SavedView.objects.filter(person_id=person_id).order_by("name"))


def views_of(person_id: int) -> list[SavedView]:
    """The filters a person has given names, by name."""
    return _VIEWS(person_id=person_id)


def by_done(duties: DutyQuerySet, after: Place | None, limit: int) -> list[Duty]:
    """What was settled, newest first."""
    done = duties.filter(settled_at__isnull=False)
    if after is not None and after.moment is not None:
        done = done.filter(settled_at__lte=after.moment)
        done = done.exclude(settled_at=after.moment, id__gte=after.id)
    return list(done.order_by("-settled_at", "-id")[:limit])


def to_approve(by: Actor, *, exactly: bool) -> CaseQuerySet:
    """Cases of the actor's office (and those below it) whose draft waits for approval."""
    here = Q(unit_path=by.unit_path) if exactly else under(by.unit_path)
    return Case.objects.filter(here, state=State.AWAITING_APPROVAL).open_to(by.unit_path, by.person)


def to_judge(duties: DutyQuerySet) -> DutyQuerySet:
    """Of what was asked of others, the replies that came."""
    return duties.filter(state=DutyState.ANSWERED)


HEAD = ("id", "code", "subject", "kind", "channel", "state", "unit_path", "received_at", "reopened")


def heads(cases: QuerySet[Case], *more: str, **which: Any) -> list[dict[str, Any]]:
    """What a list shows of cases, without their texts. One query."""
    return list(cases.filter(**which).values(*HEAD, *more))


_HEADS: PreparedList[dict[str, Any]] = PreparedList(
    lambda codes: Case.objects.filter(code__in=codes).values(*HEAD), most=25
)


def heads_about(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The cases that duties in scope are about, by code. One query."""
    return {head["code"]: head for head in _HEADS(list(codes))}


class FoundCases(NamedTuple):
    """A page of what a search found, newest first; `more` is where the next page goes on."""

    heads: list[dict[str, Any]]
    more: int | None


# A case has several texts: a page of cases is looked for among twice as many documents, then among more.
_LOOKED_AT = (2, 6)


def _page_of(documents: list[tuple[int, int]], limit: int, *, full: int) -> tuple[dict[int, int], int | None]:
    """The first cases, each with its newest document; and behind which document the next page begins, if any does."""
    ids: dict[int, int] = {}
    more = documents[-1][0] if len(documents) == full else None
    for document, case_id in documents:
        if case_id in ids:
            continue
        if len(ids) == limit:
            return ids, list(ids.values())[-1]
        ids[case_id] = document
    return ids, more


_SEEN_HEADS: PreparedList[dict[str, Any]] = PreparedList(
    lambda ids, path, person: Case.objects.all().seen_under(path, person).filter(pk__in=ids).values(*HEAD), most=25
)


def find(
    query: str,
    cases: Callable[[], CaseQuerySet],
    *,
    unit_id: int,
    by: Actor,
    narrow: Narrow,
    limit: int,
    before: int | None,
) -> FoundCases:
    """Cases with all the words, among `cases()`: those that the actor may see. `unit_id` is the actor's office.

    `cases` is called only where filters are set: putting that query together takes a tenth of the page.
    """
    for depth in _LOOKED_AT:
        documents = search.find(query, unit_id=unit_id, by=by, limit=limit * depth, before=before)
        ids, more = _page_of(documents, limit, full=limit * depth)
        if len(ids) == limit or more is None:
            break
    listed = list(ids)
    if narrow == Narrow() and by.may(Power.CASE_SEE):
        rows = _SEEN_HEADS(listed, path=by.unit_path, person=by.person)
    else:
        rows = heads(cases(), pk__in=listed, **narrow.of_case())
    seen = {head["id"]: head for head in rows}
    return FoundCases([seen[case_id] for case_id in ids if case_id in seen], more)


def due_of(codes: Iterable[str]) -> dict[str, datetime | None]:
    """When the answers still owed about these cases are due. One query."""
    return dict(_DUE(list(codes)))


_DUE: PreparedList[Any] = PreparedList(
    lambda codes: Duty.objects.owed().filter(about__in=codes, kind="final_answer").values_list("about", "due_at"),
    most=25,
)
