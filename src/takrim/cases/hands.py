"""Who had a hand in an answer, told by what they did and not by name; and whom a text names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from takrim.base.persian import fold
from takrim.cases.events import Answered, Received
from takrim.cases.models import Answer
from takrim.duties.actions import Answered as Replied
from takrim.journal.models import Entry
from takrim.orgs.models import Holding, Person
from takrim.orgs.paths import is_under, lineage, province_of, under

# What somebody did, in the order in which they are offered; of several things that one person did, the first.
WROTE, RECEIVED, DELIVERED, SIGNED, REPLIED = "wrote", "received", "delivered", "signed", "replied"
_TOLD = {Received.verb: RECEIVED, Answered.verb: DELIVERED, Replied.verb: REPLIED}
_PERSON = "person:"
# Shorter family names are words of every text.
_SHORTEST = 4


@dataclass(frozen=True)
class Hand:
    """One officer and what they did."""

    code: str
    person_id: int
    name: str


def hands_of(answer: Answer) -> list[Hand]:
    """The officers who worked towards an answer, each once. Two queries."""
    did = [(WROTE, answer.drafted_by), (SIGNED, answer.approved_by)]
    told = Entry.objects.filter(subject=answer.case.code, verb__in=_TOLD, actor__startswith=_PERSON).order_by("id")
    did += [
        (_TOLD[verb], actor)
        for verb, actor, at in told.values_list("verb", "actor", "at")
        # An earlier answer, objected to since, was another's.
        if verb != Answered.verb or at == answer.delivered_at
    ]
    order = (WROTE, RECEIVED, DELIVERED, SIGNED, REPLIED)
    people: dict[int, str] = {}
    for code, actor in sorted(did, key=lambda one: order.index(one[0])):
        if actor.startswith(_PERSON):
            people.setdefault(int(actor.removeprefix(_PERSON)), code)
    if sum(code == REPLIED for code in people.values()) > 1:
        # Several who did the same cannot be told apart without their names.
        people = {number: code for number, code in people.items() if code != REPLIED}
    names = dict(Person.objects.filter(pk__in=people, is_active=True).values_list("pk", "name"))
    return [Hand(code, number, names[number]) for number, code in people.items() if number in names]


@dataclass(frozen=True)
class Named:
    """Whom a text names: their numbers, and the office from which it is therefore kept; "" where it names nobody."""

    people: tuple[int, ...] = ()
    path: str = ""


def named_at(text: str, path: str, on: date) -> Named:
    """Those whose full names a text has and who hold a post at an office or above it."""
    return _named(text, Holding.objects.valid(on).filter(post__unit__path__in=lineage(path)).values_list(*_ROW), ())


def named_in(text: str, answer: Answer, on: date) -> Named:
    """Those whom a text about an answer names: of the office by full name, those who worked on it by family name."""
    worked = {hand.person_id for hand in hands_of(answer)}
    path = answer.case.unit_path
    at_office = Holding.objects.valid(on).filter(post__unit__path__in=lineage(path)).values_list(*_ROW)
    elsewhere = Holding.objects.valid(on).filter(person_id__in=worked).values_list(*_ROW)
    return _named(text, [*at_office, *elsewhere], worked)


_ROW = ("person_id", "person__name", "post__unit__path")


def _named(text: str, rows: Iterable[tuple[int, str, str]], worked: Iterable[int]) -> Named:
    said, known = f" {_plain(text)} ", set(worked)
    found = {(number, path) for number, name, path in rows if _says(said, _plain(name), by_family=number in known)}
    if not found:
        return Named()
    paths = sorted({path for _number, path in found})
    shared = [place for place in lineage(paths[0]) if all(is_under(path, place) for path in paths)]
    return Named(tuple(sorted({number for number, _path in found})), shared[-1])


def _plain(text: str) -> str:
    """Words with single blanks between them."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(text)).split())


def _says(said: str, name: str, *, by_family: bool) -> bool:
    _first, _blank, family = name.partition(" ")
    if not family:
        return False
    return f" {name} " in said or (by_family and len(family) >= _SHORTEST and f" {family} " in said)


def officer_named(name: str, answer: Answer, on: date) -> tuple[int, str] | None:
    """The one officer of the province with this name, first of all among those who worked on the case."""
    wanted = _plain(name)
    if not wanted:
        return None
    hands = {hand.person_id: hand.name for hand in hands_of(answer)}
    here = under(province_of(answer.case.unit_path), "post__unit__path")
    rows = list(Holding.objects.valid(on).filter(here, substitute_for=None).values_list(*_ROW).order_by("pk"))
    for mine in (True, False):
        found = [row for row in rows if (row[0] in hands) is mine and _meant(wanted, _plain(row[1]), by_family=mine)]
        if len({number for number, _name, _path in found}) == 1:
            return found[0][0], found[0][2]
    return None


def _meant(wanted: str, name: str, *, by_family: bool) -> bool:
    return wanted == name or (by_family and wanted == name.partition(" ")[2])


def office_of(person_id: int, path: str, on: date) -> str:
    """Where an officer works: in the province of the case if anywhere there."""
    held = Holding.objects.valid(on).filter(person_id=person_id, substitute_for=None).order_by("pk")
    paths = list(held.values_list("post__unit__path", flat=True))
    return next((one for one in paths if one.startswith(province_of(path))), next(iter(paths), path))
