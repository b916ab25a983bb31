"""Reading proofs: who may reach which, what supports a thing, and which pictures were used before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from takrim.orgs.actor import Actor
from takrim.orgs.paths import ROOT, under
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared
from takrim.orgs.units import house_of
from takrim.proofs.models import Action, ActionFile, ActionQuerySet, Proves, State
from takrim.proofs.models_pictures import AlikePictures


@dataclass(frozen=True)
class Support:
    """How many proofs of each state a thing has."""

    accepted: int = 0
    sent: int = 0
    returned: int = 0
    refused: int = 0

    @property
    def is_proven(self) -> bool:
        return self.accepted > 0


NO_SUPPORT = Support()


def support_of(kind: str, codes: Collection[str]) -> dict[str, Support]:
    """What supports each of the things; one without proof has none. One query."""
    rows = Proves.objects.filter(kind=kind, code__in=codes).exclude(action__state__in=(State.DRAFT, State.WITHDRAWN))
    found: dict[str, dict[str, int]] = {}
    for code, state, count in rows.values_list("code", "action__state").annotate(count=Count("pk")).order_by():
        found.setdefault(code, {})[state] = count
    return {code: Support(**found[code]) if code in found else NO_SUPPORT for code in codes}


def actions_for(kind: str, code: str) -> ActionQuerySet:
    """All that was handed in to prove a thing, newest first."""
    proving = Proves.objects.filter(kind=kind, code=code).values("action")
    return Action.objects.filter(pk__in=proving).known().order_by("-pk")


def seen_by(actor: Actor) -> ActionQuerySet:
    """What a person may open: what their offices have done; whoever judges, all that their house has handed in."""
    if not actor.unit_path or not actor.may(Power.COUNCIL_SEE):
        return Action.objects.none()
    seen = under(actor.unit_path) & (Q(sent_at__isnull=False) | Q(unit_path=actor.unit_path))
    if actor.may(Power.PROOF_JUDGE):
        seen |= under(house_of(actor.unit_path)) & Q(sent_at__isnull=False)
    return Action.objects.filter(seen)


def of_house(actor: Actor) -> ActionQuerySet:
    """What a secretary may judge: all of their house but what their own office or they themselves have done."""
    if not actor.may(Power.PROOF_JUDGE) or not actor.unit_path:
        return Action.objects.none()
    house = house_of(actor.unit_path)
    rows = Action.objects.filter(under(house)) if house == ROOT else Action.objects.filter(chain=house)
    return rows.exclude(unit_path=actor.unit_path).exclude(person_id=actor.person)


# One more than a page shows: whether there is another page.
FIRST = 25


def first_waiting(actor: Actor) -> list[Action]:
    """The longest waiting of those that a secretary of a province may judge, without their long texts."""
    return _FIRST_WAITING(house=house_of(actor.unit_path), own=actor.unit_path, person=actor.person)


_FIRST_WAITING = Prepared(
    lambda house, own, person: (
        Action.objects.filter(chain=house)
        .exclude(unit_path=own)
        .exclude(person_id=person)
        .waiting()
        .order_by("sent_at", "pk")
        .defer("text")[:FIRST]
    )
)


@dataclass(frozen=True)
class Use:
    """A proof in which the same picture stands; `apart` is 0 where it is the same file."""

    action_id: int
    code: str
    unit_path: str
    sent_at: datetime
    apart: int


# Of one page of proofs; a picture that is used more often than this has been noticed.
MOST_USES = 400


def used_before(actions: Iterable[Action]) -> Mapping[int, list[Use]]:
    """The earlier proofs with the same pictures, by the number of each attachment. Three queries for many proofs."""
    of = {action.pk: action for action in actions}
    rows = ActionFile.objects.filter(action_id__in=of, evidence__isnull=False)
    files = list(rows.values_list("pk", "action_id", "evidence__file_id"))
    alike = _alike({file for _row, _action, file in files})
    wanted = {other for pairs in alike.values() for other in pairs}
    uses = _uses(wanted)
    return {row: found for row, action, file in files if (found := _before(of[action], alike.get(file, {}), uses))}


def _alike(files: set[int]) -> dict[int, dict[int, int]]:
    """For each file those that look the same, and itself: {file: bits}."""
    found = {file: {file: 0} for file in files}
    pairs = AlikePictures.objects.filter(Q(newer__in=files) | Q(older__in=files))
    for newer, older, apart in pairs.values_list("newer", "older", "apart"):
        for one, other in ((newer, older), (older, newer)):
            if one in found:
                found[one][other] = apart
    return found


def _uses(files: set[int]) -> dict[int, list[tuple[int, str, str, datetime]]]:
    rows = ActionFile.objects.filter(evidence__file__in=files, action__sent_at__isnull=False).order_by("action_id")
    wanted = ("evidence__file_id", "action_id", "action__code", "action__unit_path", "action__sent_at")
    found: dict[int, list[tuple[int, str, str, datetime]]] = {}
    for file, *use in rows.values_list(*wanted)[:MOST_USES]:
        found.setdefault(file, []).append((use[0], use[1], use[2], use[3]))
    return found


def _before(
    action: Action, alike: Mapping[int, int], uses: Mapping[int, list[tuple[int, str, str, datetime]]]
) -> list[Use]:
    """Those of other proofs that were sent before this one, each once, the nearest first."""
    found: dict[int, Use] = {}
    for file, apart in sorted(alike.items(), key=lambda pair: pair[1]):
        for other, code, path, sent_at in uses.get(file, ()):
            if other != action.pk and (action.sent_at is None or sent_at < action.sent_at):
                found.setdefault(other, Use(other, code, path, sent_at, apart))
    return list(found.values())
