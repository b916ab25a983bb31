"""What a kind of letter must say about itself, and what it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from takrim.base.registry import Folder
from takrim.journal.models import Entry
from takrim.letters.carrier import Attachment
from takrim.letters.models import Letter, Way
from takrim.orgs.actor import Actor


@dataclass(frozen=True)
class Said:
    """A text in both languages with `{named}` facts."""

    fa: str
    en: str

    def in_(self, lang: str, facts: Mapping[str, str]) -> str:
        """The text in one language. What is put in may hold braces and line breaks; nothing in it is read again."""
        return (self.en if lang == "en" else self.fa).format_map(facts)


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a letter goes. `trusted`: an office entered it, so it needs no confirmation."""

    way: Way
    to: str
    lang: str
    trusted: bool = False


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter before it is kept: to whom, on which occasion, in which words. The same occasion is written once."""

    address: Address
    subject: str
    occasion: str = ""
    unit_path: str = ""
    title: str
    body: str
    at: datetime
    not_before: datetime | None = None


Compose = Callable[[Sequence[Entry]], Iterable[Draft]]
Fill = Callable[[Letter], Mapping[str, str]]
Files = Callable[[Letter], Sequence[Attachment]]
Follow = Callable[[Letter, Actor, datetime], None]


def _nothing(entries: Sequence[Entry]) -> Iterable[Draft]:
    return ()


def _nothing_follows(letter: Letter, by: Actor, now: datetime) -> None:
    pass


def _no_marks(letter: Letter) -> Mapping[str, str]:
    return {}


def _no_files(letter: Letter) -> Sequence[Attachment]:
    return ()


@dataclass(frozen=True, kw_only=True)
class LetterKind:
    """`verbs` are the events that cause it, `compose` turns a batch of them into drafts.

    `fill` gives the values of the marks in a body while it is carried: what must not lie in the table. `good_for` is
    how long the letter is worth carrying. `urgent` letters are asked for by the reader and not counted as a flood.
    `example` writes one in a language, for tests and for the documents. `lost` and `again` are done in the same
    transaction in which a letter is given up or is to be tried once more. `files` go along where the way carries files.
    """

    title: str | Promise
    example: Callable[[str, Way], Draft]
    verbs: tuple[str, ...] = ()
    compose: Compose = _nothing
    fill: Fill = _no_marks
    files: Files = _no_files
    good_for: timedelta = timedelta(days=7)
    urgent: bool = False
    lost: Follow = _nothing_follows
    again: Follow = _nothing_follows


KINDS: dict[str, LetterKind] = {}


def introduce(package: str) -> None:
    """Let a folder bring its kinds; called once for each, at start-up."""
    KINDS.update(Folder(package, LetterKind).items)


def mark(name: str) -> str:
    """Stands in a body for what is known only while it is carried."""
    return f"⟦{name}⟧"


def filled(letter: Letter) -> str:
    """The letter as its reader gets it."""
    body = letter.body
    if "⟦" not in body or letter.kind not in KINDS:
        return body
    for name, value in KINDS[letter.kind].fill(letter).items():
        body = body.replace(mark(name), value)
    return body
