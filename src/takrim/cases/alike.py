"""Cases that may repeat one another: the same person, card and place, in similar words.

The database gives a bounded number of candidates by its indexes; their words are compared here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from takrim.base.persian import tokens
from takrim.cases.models import Case, CaseQuerySet
from takrim.cases.queries import HEAD

# Candidates: so many of the person's other cases, so many of the newest of the office.
OF_PERSON, OF_OFFICE = 20, 100
MOST_SHOWN = 6
# Texts are compared by their beginning; what they have in common shows there.
LONGEST = 3000
# How alike words must be at least, whatever else is the same; and what sameness adds, out of a hundred.
LEAST_WORDS, ENOUGH = 45, 75
_ADDS = {"person": 20, "card": 10, "office": 5}


class Same(StrEnum):
    """What two cases have in common."""

    PERSON = auto()
    CARD = auto()
    OFFICE = auto()
    WORDS = auto()


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A matter, filed or not, as it is held against others."""

    text: str
    parties: frozenset[int] = frozenset()
    unit_id: int = 0
    card_id: int = 0
    case_id: int = 0


class Alike(NamedTuple):
    """Another case, how alike it is (to 100 and over), and in what."""

    head: dict[str, Any]
    score: float
    same: tuple[Same, ...]


def words_of(text: str) -> str:
    """The words of a text in their one form, for comparing."""
    return " ".join(tokens(text[:LONGEST]))


def brought(case: Case) -> Brought:
    """A case, to be held against others."""
    parties = frozenset({case.party_id}) if case.party_id else frozenset()
    return Brought(text=case.text, parties=parties, unit_id=case.unit_id, card_id=case.card_id or 0, case_id=case.pk)


def find(matter: Brought, cases: CaseQuerySet) -> list[Alike]:
    """Those of `cases` that may be the same matter, the most alike first. Two queries."""
    others = cases.exclude(pk=matter.case_id).order_by("-id")
    fields = (*HEAD, "text", "party_id", "unit_id", "card_id")
    rows = list(others.filter(party_id__in=matter.parties).values(*fields)[:OF_PERSON]) if matter.parties else []
    if matter.unit_id:
        known = {row["id"] for row in rows}
        newest = others.filter(unit_id=matter.unit_id).values(*fields)[:OF_OFFICE]
        rows += [row for row in newest if row["id"] not in known]
    return _best(matter, rows)


def find_own(text: str, cases: CaseQuerySet) -> list[Alike]:
    """Those of a person's own `cases` that may be what they are filing once more. One query."""
    rows = list(cases.order_by("-id").values(*HEAD, "text", "party_id", "unit_id", "card_id")[:OF_PERSON])
    people = frozenset(row["party_id"] for row in rows if row["party_id"])
    return _best(Brought(text=text, parties=people), rows)


def _best(matter: Brought, rows: list[dict[str, Any]]) -> list[Alike]:
    words = words_of(matter.text)
    found = [held for row in rows if (held := _hold(matter, words, row)) is not None]
    return sorted(found, key=lambda alike: (-alike.score, -alike.head["id"]))[:MOST_SHOWN]


def _hold(matter: Brought, words: str, row: dict[str, Any]) -> Alike | None:
    """One case held against the matter; None when they are two matters."""
    ratio = fuzz.token_sort_ratio(words, words_of(row["text"]), score_cutoff=LEAST_WORDS)
    same = [
        name
        for name, is_same in (
            (Same.PERSON, row["party_id"] in matter.parties),
            (Same.CARD, bool(matter.card_id) and row["card_id"] == matter.card_id),
            (Same.OFFICE, row["unit_id"] == matter.unit_id),
        )
        if is_same
    ]
    score = ratio + sum(_ADDS[name] for name in same)
    if not ratio or score < ENOUGH:
        return None
    return Alike(row, score, (*same, Same.WORDS))
