"""What is drawn to be judged a second time, and by whom: from a seed that the journal tells, to be worked out anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.journal.models import Entry
from takrim.orgs.models import Holding
from takrim.orgs.paths import under
from takrim.orgs.powers import ROLES, Power
from takrim.orgs.units import house_of
from takrim.proofs.models import SUBJECT, Action, State
from takrim.proofs.models_judging import Draw
from takrim.surveys.calls import drawn

# Of a hundred accepted proofs so many are looked at again, and at least so many.
PER_CENT, LEAST = 5, 2
JUDGES = [role for role, powers in ROLES.items() if Power.PROOF_JUDGE in powers]
_ENDS = ("proof.returned", "proof.refused", "proof.reopened")


class Accepted(NamedTuple):
    """A proof that was accepted in a month: who accepted it, who wrote it down, and where it is found."""

    code: str
    unit_path: str
    first: int
    author: int
    action_id: int


class Judge(NamedTuple):
    """Somebody who may judge in a house; `paths` are all offices in which they hold a post."""

    person: int
    name: str
    paths: frozenset[str]


def accepted_in(chain: str, period: Period) -> list[Accepted]:
    """The proofs of a province that were accepted in a month and still are, by their codes. One query by an index."""
    since, until = period.bounds()
    rows = Action.objects.filter(chain=chain, state=State.ACCEPTED, judged_at__gte=since, judged_at__lt=until)
    found = rows.order_by("code").values_list("code", "unit_path", "judge_id", "person_id", "pk")
    return [Accepted(*row) for row in found]


def codes_from_journal(draw: Draw) -> list[str]:
    """The same codes as the journal alone tells them, up to the line of the draw: to be compared by whoever doubts."""
    since, until = Period.parse(draw.period).bounds()
    drawn_at = Entry.objects.get(subject=f"proofs:{draw.period}", chain=draw.chain).seq
    lines = Entry.objects.filter(chain=draw.chain, seq__lt=drawn_at, at__gte=since)
    rows = lines.filter(verb__in=("proof.accepted", *_ENDS))
    found: set[str] = set()
    for verb, subject, at in rows.order_by("seq").values_list("verb", "subject", "at"):
        code = subject.removeprefix(SUBJECT)
        if verb == "proof.accepted" and at < until:
            found.add(code)
        else:
            found.discard(code)
    return sorted(found)


def sampled(codes: Sequence[str], seed: str) -> list[str]:
    """Those that are looked at again: the same codes and the same seed give the same."""
    return drawn(codes, seed, max(LEAST, -(-len(codes) * PER_CENT // 100)))


def judges_of(chain: str, now: datetime) -> list[Judge]:
    """Who may judge in the house of a province today, by their numbers."""
    held = Holding.objects.valid(local_date(now)).filter(person__is_active=True)
    able = held.filter(under(house_of(chain), "post__unit__path"), post__role__in=JUDGES).values("person_id")
    rows = held.filter(person_id__in=able).values_list("person_id", "person__name", "post__unit__path")
    found: dict[int, tuple[str, set[str]]] = {}
    for person, name, path in rows:
        found.setdefault(person, (name, set()))[1].add(path)
    return [Judge(person, name, frozenset(paths)) for person, (name, paths) in sorted(found.items())]


def second_for(one: Accepted, judges: Sequence[Judge], seed: str) -> Judge | None:
    """Who looks at it again: neither who accepted it nor who wrote it down, nor anybody of its office."""
    able = {
        str(judge.person): judge
        for judge in judges
        if judge.person not in {one.first, one.author} and one.unit_path not in judge.paths
    }
    first = drawn(list(able), f"{seed}:{one.code}", 1)
    return able[first[0]] if first else None
