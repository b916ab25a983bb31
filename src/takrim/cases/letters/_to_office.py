"""Letters to those who answer for an office: a list of what it owes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from takrim.base import words
from takrim.cases.letters._to_party import Texts, shown_code
from takrim.letters.kind import Address, Draft, Said
from takrim.letters.models import Way
from takrim.orgs.models import Person
from takrim.orgs.units import UnitNames, all_names

# The office works in this language.
LANG = "fa"
MOST_LINES = 30

_LINE = Said(fa="{code} · {kind} · {unit} · {date}", en="{code} · {kind} · {unit} · {date}")
_MORE = Said(fa="و {count} مورد دیگر", en="and {count} more")
_KINDS = {
    "final_answer": Said(fa="پاسخ نهایی", en="final answer"),
    "referral": Said(fa="پاسخ به ارجاع", en="reply to a referral"),
    "transfer": Said(fa="پذیرش یا بازگرداندن پرونده انتقالی", en="accept or return a transferred case"),
    "inquiry": Said(fa="پیگیری استعلام", en="inquiry to follow up"),
}


@dataclass(frozen=True)
class Owed:
    """What a reminder needs to know of a duty."""

    id: int
    kind: str
    about: str
    unit_path: str
    due_at: datetime


def address_of(person: Person) -> Address | None:
    """By e-mail where there is one, else by SMS; the office entered both."""
    if person.email:
        return Address(way=Way.EMAIL, to=person.email, lang=LANG, trusted=True)
    return Address(way=Way.SMS, to=person.mobile, lang=LANG, trusted=True) if person.mobile else None


def lines(duties: Sequence[Owed], lang: str, names: Mapping[str, UnitNames]) -> str:
    """One duty a line, the first due first."""
    shown = []
    for duty in duties[:MOST_LINES]:
        kind, unit = _KINDS.get(duty.kind), names.get(duty.unit_path)
        facts = {
            "code": shown_code(duty.about, lang),
            "kind": kind.in_(lang, {}) if kind else duty.kind,
            "unit": unit.short(lang) if unit else duty.unit_path,
            "date": words.datetime(duty.due_at, lang),
        }
        shown.append(_LINE.in_(lang, facts))
    if len(duties) > MOST_LINES:
        shown.append(_MORE.in_(lang, {"count": words.number(len(duties) - MOST_LINES, lang)}))
    return "\n".join(shown)


def draft(texts: Texts, address: Address, subject: str, duties: Sequence[Owed], at: datetime) -> Draft:
    """One letter about all these duties."""
    return _draft(texts, address, subject, duties, at, all_names())


def _draft(
    texts: Texts, address: Address, subject: str, duties: Sequence[Owed], at: datetime, names: Mapping[str, UnitNames]
) -> Draft:
    lang = address.lang
    facts = {
        "count": words.number(len(duties), lang),
        "first": words.datetime(duties[0].due_at, lang),
        "list": lines(duties, lang, names),
        "link": f"{settings.ADDRESS}/staff/",
    }
    title, body = texts.of(address.way, lang, facts)
    # Each duty is reminded of once, so the first of them names the letter.
    return Draft(address=address, subject=subject, occasion=str(duties[0].id), title=title, body=body, at=at)


_NAZARABAD = UnitNames(
    1, "", "county", "اداره شهرستان نظرآباد", "Office of Nazarabad", short_fa="نظرآباد", short_en="Nazarabad"
)


def example(texts: Texts) -> Callable[[str, Way], Draft]:
    """A letter of this kind with invented facts."""

    def write(lang: str, way: Way) -> Draft:
        to = "09121234567" if way is Way.SMS else "reza@example.ir"
        at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
        owed = [
            Owed(number, "final_answer", "05482731597", "nazarabad", at + timedelta(days=number))
            for number in range(1, 3)
        ]
        address = Address(way=way, to=to, lang=lang, trusted=True)
        return _draft(texts, address, "person:1", owed, at, {"nazarabad": _NAZARABAD})

    return write
