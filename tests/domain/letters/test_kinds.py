"""Every kind of letter can be read in both languages, fits its way and says what it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from importlib.util import find_spec
from string import Formatter
from types import ModuleType

import pytest

from takrim.letters.kind import KINDS, Draft, Said
from takrim.letters.models import Way

# Persian letters: 67 to a part of a long SMS; Latin ones: 153.
PART, MOST_PARTS = {"fa": 67, "en": 153}, 3

EXPECTED = {
    "receipt",
    "answer",
    "answer_sent",
    "survey",
    "survey_bad",
    "survey_good",
    "survey_thanks",
    "survey_unclear",
    "completion_asked",
    "refused",
    "duplicate",
    "extended",
    "inquiry",
    "reopened",
    "separated",
    "escalation",
    "digest",
    "objection_decided",
    "mobile_number",
    "new_password",
    "confirm_address",
    "proof_returned",
    "meeting_invitation",
    "meeting_changed",
    "meeting_cancelled",
    "meeting_substitute",
    "outside_account",
    "directive_arrived",
    "clause_due",
    "outside_part",
}


def examples() -> Iterator[tuple[str, str, Draft]]:
    for code, kind in sorted(KINDS.items()):
        for lang in ("fa", "en"):
            for way in Way:
                yield f"{code}-{lang}-{way}", lang, kind.example(lang, way)


ALL = list(examples())


def test_all_folders_have_brought_their_kinds() -> None:
    assert set(KINDS) == EXPECTED


@pytest.mark.parametrize(("lang", "draft"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_an_example_reads_well(lang: str, draft: Draft) -> None:
    said = f"{draft.title}\n{draft.body}"
    assert not re.search(r"[{}]|None", said)
    assert bool(re.search("[آ-ی]", said)) == (lang == "fa")
    assert "\n" not in draft.title
    assert draft.address.lang == lang


@pytest.mark.parametrize(("lang", "draft"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_an_sms_is_short(lang: str, draft: Draft) -> None:
    if draft.address.way is Way.SMS:
        assert len(draft.body) <= PART[lang] * MOST_PARTS
        # One letter outside the alphabet of telephones halves the room of an English one.
        assert lang == "fa" or draft.body.isascii()


FOLDERS = (
    "letters.catalogue",
    "cases.letters",
    "proofs.letters",
    "councils.letters",
    "directives.letters",
    "decisions.letters",
)


def _module(code: str) -> ModuleType:
    """The file of a kind, in whichever folder it is."""
    place = next(place for place in FOLDERS if find_spec(f"takrim.{place}.{code}"))
    return import_module(f"takrim.{place}.{code}")


def texts() -> Iterator[tuple[str, Said]]:
    """Every text of every kind."""
    for code in sorted(EXPECTED):
        for name, value in vars(_module(code)).items():
            if isinstance(value, Said):
                yield f"{code}.{name}", value
            elif name == "TEXTS":
                yield from ((f"{code}.{field.name}", getattr(value, field.name)) for field in fields(value))


@pytest.mark.parametrize(("said"), [said for _, said in texts()], ids=[name for name, _ in texts()])
def test_both_languages_say_the_same_facts(said: Said) -> None:
    named = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (said.fa, said.en)]
    assert named[0] == named[1]
    assert said.fa != said.en or not re.search(r"[A-Za-zآ-ی]", re.sub(r"\{\w+\}", "", said.fa))
