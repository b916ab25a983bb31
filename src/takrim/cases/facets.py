"""Finding cases by words and by what they are: the newest that fit, and how many there are of each sort.

However many cases there are, only so many of the newest are looked at: counts beyond are said to be "at least".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from takrim.base.clock import local_date
from takrim.base.jalali import JalaliDate
from takrim.base.persian import fold
from takrim.cases import search
from takrim.cases.models import CaseQuerySet
from takrim.cases.models_rights import rights_by_case
from takrim.cases.queries import HEAD
from takrim.orgs.actor import Actor

# So many cases are counted at most, found in so many documents: a case has one for each of its texts. What one office
# of a hundred thousand cases has about a common word is about as much, so that a million take no longer.
MOST_CASES, MOST_DOCUMENTS = 500, 1000
# Among so many of the newest texts a suggestion is looked for.
SUGGESTED_FROM, MOST_SUGGESTED = 400, 8

Head = dict[str, Any]


@lru_cache(maxsize=4096)
def _month_of_day(day: date) -> str:
    jalali = JalaliDate.from_date(day)
    return f"{jalali.year}-{jalali.month:02}"


def month_of(moment: datetime) -> str:
    """The Jalali month a moment lies in, as addresses write it: 1405-09."""
    return _month_of_day(local_date(moment))


# The values a case has of each facet; a case may concern several rights, or none that was named.
FACETS: dict[str, Callable[[Head], Sequence[str]]] = {
    "state": lambda head: (head["state"],),
    "kind": lambda head: (head["kind"],),
    "channel": lambda head: (head["channel"],),
    "unit": lambda head: (head["unit_path"],),
    "card": lambda head: (head["card__card__code"] or "",),
    "right": lambda head: head["rights"],
    "month": lambda head: (month_of(head["received_at"]),),
}
_NONE_NAMED = ("",)


@dataclass(frozen=True)
class Found:
    """What fits: heads newest first; of each facet the counts with all other facets applied.

    `more` is behind which document one looks further back, None when everything was looked at.
    """

    heads: list[Head]
    counts: dict[str, Counter[str]]
    more: int | None


def find(
    query: str, chosen: Mapping[str, str], cases: CaseQuerySet, *, unit_id: int, before: int | None, by: Actor
) -> Found:
    """Look at the newest cases with all the words among `cases`. Three queries."""
    documents = (
        search.find(query, unit_id=unit_id, by=by, limit=MOST_DOCUMENTS, before=before)
        if query
        else search.newest(unit_id=unit_id, by=by, limit=MOST_DOCUMENTS, before=before)
    )
    ids, more = _newest_cases(documents)
    rows = {head["id"]: head for head in cases.filter(pk__in=ids).values(*HEAD, "card__card__code")}
    named = rights_by_case(rows)
    seen = [rows[case] for case in ids if case in rows]
    for head in seen:
        head["rights"] = named.get(head["id"], _NONE_NAMED)
    fits = [{name for name, value in chosen.items() if value not in FACETS[name](head)} for head in seen]
    counts = {
        name: Counter(value for head, unfit in zip(seen, fits, strict=True) if unfit <= {name} for value in of(head))
        for name, of in FACETS.items()
    }
    return Found([head for head, unfit in zip(seen, fits, strict=True) if not unfit], counts, more)


def _newest_cases(documents: list[tuple[int, int]]) -> tuple[list[int], int | None]:
    """The cases of the documents, each once, and behind which document those begin that were not looked at."""
    ids: dict[int, None] = {}
    for place, (_document, case) in enumerate(documents):
        if case not in ids and len(ids) == MOST_CASES:
            return list(ids), documents[place - 1][0]
        ids[case] = None
    return list(ids), documents[-1][0] if len(documents) == MOST_DOCUMENTS else None


def suggest(text: str, cases: CaseQuerySet, *, unit_id: int, by: Actor) -> list[str]:
    """Subjects of the newest of `cases` that have all the words typed, or words they begin; the most frequent first."""
    typed = fold(text).split()
    if not typed:
        return []
    ids = {case for _document, case in search.newest(unit_id=unit_id, by=by, limit=SUGGESTED_FROM)}
    subjects = Counter(cases.filter(pk__in=ids).values_list("subject", flat=True))
    fitting = [subject for subject, _count in subjects.most_common() if _begun(typed, fold(subject).split())]
    return fitting[:MOST_SUGGESTED]


def _begun(typed: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in typed)
