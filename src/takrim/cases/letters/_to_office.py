"""Letters to those who answer for an office: a list of what it owes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from takrim.base import words
from takrim.cases.letters._to_party import Texts, shown_code
from takrim.duties.kind import KINDS
from takrim.duties.regime import REGIMES
from takrim.letters.kind import Address, Draft, Said
from takrim.letters.models import Way
from takrim.orgs.models import Person
from takrim.orgs.units import UnitNames, all_names

# The office works in this language.
LANG = "fa"
MOST_LINES = 30

_LINE = Said(fa="{code} · {kind} · {unit} · {date} · {step}", en="{code} · {kind} · {unit} · {date} · {step}")
_MORE = Said(fa="و {count} مورد دیگر", en="and {count} more")
_KINDS = {
    "final_answer": Said(fa="پاسخ نهایی", en="final answer"),
    "referral": Said(fa="پاسخ به ارجاع", en="reply to a referral"),
    "transfer": Said(fa="پذیرش یا بازگرداندن پرونده انتقالی", en="accept or return a transferred case"),
    "inquiry": Said(fa="پیگیری استعلام", en="inquiry to follow up"),
}


@dataclass(frozen=True)
class Owed:
    """What a reminder needs to know of a duty; `step` is the step of its ladder that was reached: "promise 80%".

    `number` is what people know it by where it is about no case.
    """

    id: int
    kind: str
    about: str
    unit_path: str
    due_at: datetime
    step: str
    number: str = ""


def step_words(step: str, lang: str) -> str:
    """A step in people's words: «مهلت وعده‌داده‌شده: ۸۰٪ گذشته»."""
    code, _, at = step.partition(" ")
    regime = REGIMES.get(code)
    number = words.number(int("".join(one for one in at if one.isdecimal()) or 0), lang)
    said = _STEPS["%" if at.endswith("%") else at.split()[0][0]]
    ended = _ENDED if at == "100%" else said
    title = regime.title["en" if lang == "en" else "fa"] if regime else code
    return _STEP.in_(lang, {"clock": title, "said": ended.in_(lang, {"number": number})})


_STEP = Said(fa="{clock}: {said}", en="{clock}: {said}")
_ENDED = Said(fa="به پایان رسید", en="has ended")
_STEPS = {
    "%": Said(fa="{number}٪ گذشت", en="{number}% has gone by"),
    "+": Said(fa="{number} روز پس از پایان", en="{number} days past its end"),
    "d": Said(fa="روز {number}", en="day {number}"),
}


def address_of(person: Person) -> Address | None:
    """By e-mail where there is one, else by SMS; the office entered both."""
    if person.email:
        return Address(way=Way.EMAIL, to=person.email, lang=LANG, trusted=True)
    return Address(way=Way.SMS, to=person.mobile, lang=LANG, trusted=True) if person.mobile else None


def lines(duties: Sequence[Owed], lang: str, names: Mapping[str, UnitNames]) -> str:
    """One duty a line, the first due first."""
    shown = []
    for duty in duties[:MOST_LINES]:
        unit = names.get(duty.unit_path)
        facts = {
            "code": words.digits(duty.number, lang) if duty.number else shown_code(duty.about, lang),
            "kind": _kind_words(duty.kind, lang),
            "unit": unit.short(lang) if unit else duty.unit_path,
            "date": words.datetime(duty.due_at, lang),
            "step": step_words(duty.step, lang),
        }
        shown.append(_LINE.in_(lang, facts))
    if len(duties) > MOST_LINES:
        shown.append(_MORE.in_(lang, {"count": words.number(len(duties) - MOST_LINES, lang)}))
    return "\n".join(shown)


def _kind_words(code: str, lang: str) -> str:
    said, kind = _KINDS.get(code), KINDS.get(code)
    if said is not None:
        return said.in_(lang, {})
    with override(lang):
        return str(kind.title) if kind else code


def draft(
    texts: Texts,
    address: Address,
    subject: str,
    duties: Sequence[Owed],
    at: datetime,
    occasion: str,
    not_before: datetime | None = None,
) -> Draft:
    """One letter about all these duties; the same occasion is written once."""
    written = _draft(texts, address, subject, duties, at, all_names())
    return replace(written, occasion=occasion, not_before=not_before)


def _draft(
    texts: Texts, address: Address, subject: str, duties: Sequence[Owed], at: datetime, names: Mapping[str, UnitNames]
) -> Draft:
    lang = address.lang
    facts = {
        "count": words.number(len(duties), lang),
        "first": words.datetime(min(duty.due_at for duty in duties), lang),
        "list": lines(duties, lang, names),
        "link": f"{settings.ADDRESS}/staff/",
    }
    title, body = texts.of(address.way, lang, facts)
    return Draft(address=address, subject=subject, title=title, body=body, at=at)


_NAZARABAD = UnitNames(
    1, "", "county", "اداره شهرستان نظرآباد", "Office of Nazarabad", short_fa="نظرآباد", short_en="Nazarabad"
)


def example(texts: Texts) -> Callable[[str, Way], Draft]:
    """A letter of this kind with invented facts."""

    def write(lang: str, way: Way) -> Draft:
        to = "09121234567" if way is Way.SMS else "reza@example.ir"
        at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
        owed = [
            Owed(number, "final_answer", "05482731597", "nazarabad", at + timedelta(days=number), "promise 80%")
            for number in range(1, 3)
        ]
        address = Address(way=way, to=to, lang=lang, trusted=True)
        return _draft(texts, address, "person:1", owed, at, {"nazarabad": _NAZARABAD})

    return write
