"""The journal as people read it: sentences in the current language, oldest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import get_language, gettext

from takrim.base import words
from takrim.journal.event import EVENTS, sentence_of
from takrim.journal.models import Entry
from takrim.journal.record import FOR_PERSON
from takrim.orgs.models import Person
from takrim.orgs.prepared import Prepared
from takrim.orgs.units import unit_name


@dataclass(frozen=True)
class Line:
    """One line of a timeline, ready to print."""

    at: datetime
    verb: str
    sentence: str
    by: str
    post: str
    unit: str
    facts: dict[str, Any]


class Told(NamedTuple):
    """What a line is made of."""

    at: datetime
    verb: str
    actor_name: str
    actor_post: str
    unit_path: str
    facts: dict[str, Any]


_OF_SUBJECT = Prepared(lambda subject: Entry.objects.filter(subject=subject).order_by("id").values_list(*Told._fields))


_LAST = Prepared(lambda subject: Entry.objects.filter(subject=subject).order_by("-id").values_list("id")[:1])


def last_about(subject: str) -> int:
    """The number of the last entry about a subject, 0 where there is none: another one when something was added."""
    found = _LAST.first(subject=subject)
    return found[0] if found else 0


def timeline(subject: str, *, public_only: bool = False) -> list[Line]:
    """What happened to a subject. One query."""
    rows = [Told(*row) for row in _OF_SUBJECT(subject=subject)]
    if public_only:
        rows = [entry for entry in rows if (event := EVENTS.get(entry.verb)) is not None and event.public]
    return list(lines(rows))


def _absent(entries: Iterable[Entry | Told]) -> dict[int, str]:
    """Names of those for whom substitutes acted. No query where none did."""
    numbers = {entry.facts[FOR_PERSON] for entry in entries if FOR_PERSON in entry.facts}
    return dict(Person.objects.filter(pk__in=numbers).values_list("pk", "name")) if numbers else {}


def _who(entry: Entry | Told, absent: dict[int, str]) -> str:
    name = absent.get(entry.facts.get(FOR_PERSON, 0))
    if not name:
        return entry.actor_name
    return gettext("{name} as the substitute of {absent}").format(name=entry.actor_name, absent=name)


def timelines(subjects: Collection[str]) -> dict[str, list[Line]]:
    """What happened to several subjects. One query."""
    told: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(subject__in=subjects).order_by("id"):
        told.setdefault(entry.subject, []).append(entry)
    return {subject: list(lines(entries)) for subject, entries in told.items()}


def lines(entries: Iterable[Entry | Told]) -> Iterable[Line]:
    """Entries turned into lines."""
    lang = get_language() or "fa"
    entries = list(entries)
    absent = _absent(entries)
    for entry in entries:
        sentence = sentence_of(
            entry.verb,
            entry.facts,
            unit_name=lambda path: unit_name(path, lang),
            moment=lambda at: words.datetime(at, lang),
            number=lambda value: words.number(value, lang),
        )
        yield Line(
            at=entry.at,
            verb=entry.verb,
            sentence=sentence,
            by=_who(entry, absent),
            post=entry.actor_post,
            unit=unit_name(entry.unit_path, lang),
            facts=entry.facts,
        )
