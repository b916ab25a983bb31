"""Conflict of interest: whom a case is about, from whom it is therefore kept, and who answers instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.cases.models import Case
from takrim.cases.moves import CaseMovedMeanwhile
from takrim.duties.models import Shield
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, Post, Unit
from takrim.orgs.paths import ROOT, is_under, parent_of

# Where complaints about those directly below the ministry go.
INSPECTION = "ir/inspection-centre/"


class KeptFromThem(Refusal):
    code = "kept_from_them"
    message = _("This case is about that office or somebody in it, so it is not sent there. Choose another office.")


class NobodyAbove(Refusal):
    code = "nobody_above"
    status = 422
    message = _(
        "No office here stands above this one. Complain to the General Inspection Organization (telephone 136) instead."
    )


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom a case is about: an office, or one of its posts and so those who hold it. `said` is how people put it."""

    path: str
    post: Post | None = None
    said: str = ""


def persons_of(subject: Subject, now: datetime) -> list[tuple[int, str]]:
    """Those who hold the post, with the paths of all offices in which they hold one today."""
    if subject.post is None:
        return []
    valid = Holding.objects.valid(local_date(now))
    people = valid.filter(post=subject.post).values("person_id")
    rows = valid.filter(person_id__in=people, substitute_for=None).order_by("pk")
    return list(rows.values_list("person_id", "post__unit__path"))


def owner_above(paths: Iterable[str], start: str) -> Unit:
    """The office that answers instead: the nearest above `start` that none of `paths` covers. Raises NobodyAbove."""
    covered = list(paths)

    def free(path: str) -> bool:
        return not any(is_under(path, one) for one in covered)

    place = start
    while place and not free(place):
        place = parent_of(place)
    # Just below the ministry there is no level above that answers people; its inspection centre does.
    wanted = [INSPECTION, ROOT] if place in {"", ROOT} else [place]
    found = {unit.path: unit for unit in Unit.objects.filter(path__in=[path for path in wanted if free(path)])}
    unit = next((found[path] for path in wanted if path in found), None)
    if unit is None:
        raise NobodyAbove
    return unit


def may_receive(case: Case, path: str, person: int = 0) -> bool:
    """Whether a case may be referred or assigned to an office, and there to a person. Asks only where it matters."""
    return not case.shielded or not Shield.objects.against(path, person).filter(about=case.code).exists()


def require_may_receive(case: Case, path: str, *, by: Actor, now: datetime, post: Post | None = None) -> None:
    """Raise KeptFromThem unless the case may go to an office, and there to a post: to all who sit at it or stand in.

    From whom it is kept themselves learns nothing of that: to them it is a case that has just been changed.
    """
    if not case.shielded:
        return
    if by.is_staff and not may_receive(case, by.unit_path, by.person):
        raise CaseMovedMeanwhile
    people = [0, *sitting_at(post, now)] if post else [0]
    if not all(may_receive(case, path, person) for person in people):
        raise KeptFromThem


def sitting_at(post: Post, now: datetime) -> list[int]:
    """Who holds a post today: its owner and whoever stands in."""
    held = Holding.objects.valid(local_date(now)).filter(post=post).order_by("pk")
    return list(held.values_list("person_id", flat=True))


def places_of(people: Iterable[int], now: datetime) -> Mapping[int, list[str]]:
    """The offices at which people hold posts today, by person. One query."""
    found: dict[int, list[str]] = {person: [] for person in people}
    held = Holding.objects.valid(local_date(now)).filter(person_id__in=list(found), person__is_active=True)
    for person, path in held.values_list("person_id", "post__unit__path"):
        found[person].append(path)
    return found


@dataclass(frozen=True)
class Shields:
    """The shields of many cases at once, for letters and digests: `Shields.of(codes).keep(code, path, person)`."""

    rows: Mapping[str, list[Shield]]

    @classmethod
    def of(cls, codes: Iterable[str]) -> Shields:
        """One query."""
        found: dict[str, list[Shield]] = {}
        for row in Shield.objects.filter(about__in=set(codes)):
            found.setdefault(row.about, []).append(row)
        return cls(found)

    def keep(self, code: str, path: str, person: int) -> bool:
        """Whether the case is kept from a person of an office."""
        return any(is_under(path, row.path) or row.person_id == person for row in self.rows.get(code, ()))

    def hide(self, code: str, person: int, places: Iterable[str]) -> bool:
        """Whether the case is kept from a person at all the offices where they sit."""
        return code in self.rows and all(self.keep(code, path, person) for path in places)
