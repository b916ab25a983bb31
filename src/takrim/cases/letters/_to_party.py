"""Letters to the person who brought a matter: to whom, about which cases, with which facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from takrim.base import words
from takrim.base.codes import pretty
from takrim.cases.models import Case
from takrim.journal.models import Entry
from takrim.letters.kind import Address, Draft, Said
from takrim.letters.models import Way
from takrim.orgs.units import unit_name

# A mark of direction: without it a Persian line would show the groups of a code in the wrong order.
_LTR = "\u200e"
# Matters that were brought and told elsewhere, and reports of those who stay unknown: nobody is written to.
_TOLD_ELSEWHERE = frozenset({"imported", "anonymous"})


@dataclass(frozen=True, kw_only=True)
class Texts:
    """One letter in its two lengths: an SMS, or the title and body of a mail."""

    sms: Said
    title: Said
    body: Said

    def of(self, way: Way, lang: str, facts: Mapping[str, str]) -> tuple[str, str]:
        """(title, body) for a way."""
        title = self.title.in_(lang, facts)
        return title, (self.sms if way is Way.SMS else self.body).in_(lang, facts)


@dataclass(frozen=True)
class Cause:
    """An event and the case it happened to."""

    entry: Entry
    case: Case


More = Callable[[Cause], Mapping[str, str]]


def causes(entries: Sequence[Entry]) -> list[Cause]:
    """The events whose case has somebody to write to. One query."""
    codes = {entry.subject for entry in entries if entry.facts.get("channel") not in _TOLD_ELSEWHERE}
    cases = {case.code: case for case in Case.objects.filter(code__in=codes).select_related("party")}
    found = [Cause(entry, cases[entry.subject]) for entry in entries if entry.subject in cases]
    return [cause for cause in found if address_of(cause.case)]


def address_of(case: Case) -> Address | None:
    """By SMS where there is a mobile, else by e-mail; nobody is written to who left neither."""
    if case.party is None:
        return None
    if case.party.mobile:
        return Address(way=Way.SMS, to=case.party.mobile, lang=case.lang)
    return Address(way=Way.EMAIL, to=case.party.email, lang=case.lang) if case.party.email else None


def link(code: str) -> str:
    """The page where the case is tracked, its number already typed; the secret never stands in an address."""
    return f"{settings.ADDRESS}/track/?code={code}"


def ltr(text: str, lang: str) -> str:
    """Digits and Latin letters that keep their order in a Persian line. An English SMS stays in its short alphabet."""
    return text if lang == "en" else f"{_LTR}{text}{_LTR}"


def shown_code(code: str, lang: str) -> str:
    """A tracking code as letters write it."""
    return ltr(pretty(code), lang)


def facts_of(case: Case) -> dict[str, str]:
    """What every letter about a case may say."""
    return {
        "code": shown_code(case.code, case.lang),
        "office": unit_name(case.unit_path, case.lang),
        "link": link(case.code),
    }


_UNTIL = Said(fa="پاسخ تا {date}", en="Answer by {date}")


def until(entry: Entry, lang: str) -> str:
    """A line with the promised date of an event, or nothing where none was promised."""
    due = entry.facts.get("due")
    if not due:
        return ""
    return "\n" + _UNTIL.in_(lang, {"date": words.date(datetime.fromisoformat(due), lang)})


def drafts(
    found: Sequence[Cause], texts: Texts, more: More = lambda cause: {}, *, delay: timedelta = timedelta()
) -> Iterator[Draft]:
    """One letter for each event; `more` adds the facts that only this kind of letter has."""
    for cause in found:
        address = address_of(cause.case)
        if address is None:
            continue
        title, body = texts.of(address.way, address.lang, {**facts_of(cause.case), **more(cause)})
        yield Draft(
            address=address,
            subject=cause.case.code,
            # The event itself is the occasion: read again, it writes no second letter.
            occasion=str(cause.entry.seq),
            unit_path=cause.case.unit_path,
            title=title,
            body=body,
            at=cause.entry.at,
            not_before=cause.entry.at + delay if delay else None,
        )


Facts = Mapping[str, str]


def example(texts: Texts, *, fa: Facts, en: Facts) -> Callable[[str, Way], Draft]:
    """A letter of this kind with invented facts; `fa` and `en` are those that only this kind has."""

    def write(lang: str, way: Way) -> Draft:
        facts = {
            "code": shown_code("05482731597", lang),
            "office": "Office of Nazarabad" if lang == "en" else "اداره شهرستان نظرآباد",
            "link": "https://takrim.example.ir/track/?code=05482731597",
            **(en if lang == "en" else fa),
        }
        title, body = texts.of(way, lang, facts)
        to = "09121234567" if way is Way.SMS else "name@example.ir"
        address = Address(way=way, to=to, lang=lang)
        at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
        return Draft(address=address, subject="05482731597", title=title, body=body, at=at)

    return write
