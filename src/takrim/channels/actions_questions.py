"""Writing the province's own questions: whatever would lead nowhere is refused, fault by fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal, reads_persian
from takrim.base.persian import persian_digits
from takrim.channels.models import QuestionSheet
from takrim.channels.questions import FirstQuestions, Question, parse, sheet_of
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import province_of
from takrim.orgs.powers import Power
from takrim.orgs.stamps import bump

LONGEST = 100_000
_LINE = re.compile(r"line (\d+)")


class QuestionsWrong(Refusal):
    """`faults`: one sentence a line."""

    code = "questions_wrong"
    status = 422
    message = "{faults}"


class SheetMovedOn(Refusal):
    code = "sheet_moved_on"
    message = _("A colleague was faster and has changed the questions. Look at their text, then change it again.")


@dataclass(frozen=True, kw_only=True)
class QuestionsWritten(Event):
    verb = "questions.written"
    sentence = _("{unit} changed the questions before filing (version {number}).")
    unit: str
    number: int


@dataclass(frozen=True)
class Known:
    """What a question may name."""

    cards: Collection[str]
    kinds: Collection[str]


def faults(text: str, known: Known) -> list[str]:
    """What is wrong with a sheet, one sentence each; nothing when people may be asked by it."""
    if len(text) > LONGEST:
        return [gettext("The text is too long.")]
    try:
        sheet = parse(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        said = gettext(
            "Line {line} cannot be read: a quotation mark, a bracket or an equals sign is missing or too many."
        )
        return [said.format(line=_digits(found[1]) if found else "")]
    except KeyError as error:
        return [gettext("The field {name} is missing, or names something that is not there.").format(name=error)]
    except (TypeError, AttributeError, ValueError):
        return [gettext("A field has another form than it must have. Compare it with the first text.")]
    return [*_unknown(sheet, known), *_of_each(sheet)] or [*_loops(sheet)]


def _unknown(sheet: FirstQuestions, known: Known) -> Iterator[str]:
    """Names of nothing."""
    if not sheet.first:
        yield gettext("No question is asked first: write at least one into “first”.")
    named = [("first", sheet.first), *((one.code, one.asks) for one in sheet.questions.values())]
    for where, codes in named:
        for code in codes:
            if code not in sheet.questions:
                yield gettext("“{where}” leads to “{code}”, which is not there.").format(where=where, code=code)
    for one in sheet.questions.values():
        if one.card and one.card not in known.cards:
            yield gettext("“{code}” names the service card “{card}”, which is not there.").format(
                code=one.code, card=one.card
            )
        if one.kind and one.kind not in known.kinds:
            yield gettext("“{code}” names the kind “{kind}”, which is not there.").format(code=one.code, kind=one.kind)


def _of_each(sheet: FirstQuestions) -> Iterator[str]:
    """What each question lacks by itself."""
    for one in sheet.questions.values():
        for fault, applies in _LACKS:
            if applies(one):
                yield str(fault).format(code=one.code)


def _not_https(one: Question) -> bool:
    if one.system is None:
        return False
    parts = urlsplit(one.system.url)
    return parts.scheme != "https" or not parts.netloc


def _half_said(one: Question) -> bool:
    texts = [one.title, one.hint, one.heading, one.here, *one.says]
    return any(bool(text.fa.strip()) != bool(text.en.strip()) for text in texts) or not one.title


_LACKS: tuple[tuple[str | Promise, Callable[[Question], bool]], ...] = (
    (_("The link of “{code}” must begin with https:// and name a house."), _not_https),
    (_("“{code}” needs each of its texts in Persian and in English."), _half_said),
    (_("“{code}” asks further and is an end at once: leave out one of them."), lambda one: bool(one.asks and one.here)),
    (
        _("“{code}” explains something and does not say how it goes on: write “here” or “asks”."),
        lambda one: bool(one.heading and not one.here and not one.asks),
    ),
    (_("“{code}” asks further: give it a heading."), lambda one: bool(one.asks and not one.heading)),
    (
        _("“{code}” is urgent: it needs a heading and telephones."),
        lambda one: one.urgent and not (one.heading and one.phones),
    ),
)


def _loops(sheet: FirstQuestions) -> Iterator[str]:
    """Questions that lead back to themselves, and those that nothing leads to."""
    reached: set[str] = set()

    def go(code: str, way: tuple[str, ...]) -> Iterator[str]:
        if code in way:
            yield gettext("These questions go round in a circle: {way}.").format(way=" → ".join((*way, code)))
            return
        if code in reached:
            return
        for following in sheet.questions[code].asks:
            yield from go(following, (*way, code))
        reached.add(code)

    for code in sheet.first:
        yield from go(code, ())
    for code in sheet.questions:
        if code not in reached:
            yield gettext("Nothing leads to “{code}”.").format(code=code)


@transaction.atomic
def write_questions(*, text: str, after: int, known: Known, by: Actor, now: datetime) -> QuestionSheet:
    """The province asks by this sheet from now on. `after`: the version it was made from, 0 for the house's own."""
    by.require(Power.QUESTIONS_EDIT)
    if found := faults(text, known):
        raise QuestionsWrong(faults="\n".join(found))
    path = province_of(by.unit_path)
    last = sheet_of(path)
    if (last.number if last else 0) != after:
        raise SheetMovedOn
    sheet = QuestionSheet(path=path, number=after + 1, text=text, at=now, by=by.code, by_name=by.name)
    sheet.save(force_insert=True)
    bump("questions")
    event = QuestionsWritten(unit=path, number=sheet.number)
    record(event, on=f"questions:{path}", unit_path=path, by=by, at=now)
    return sheet


def _digits(number: str) -> str:
    return persian_digits(number) if reads_persian() else number
