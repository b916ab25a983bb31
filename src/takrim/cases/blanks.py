"""The fields of answer templates: `{name}` or `{نام}`; what the case knows is put in, the rest stays open to be seen.

Templates are the standard library's `string.Template` with braces of our own. It only ever puts a text in the place of
a name: no attribute, no call, no loop, no filter, and nothing that was put in is read again, so whatever an officer or
an applicant has typed cannot do anything. Django's engine would need its tags, filters and look-ups closed one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Template
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.codes import pretty
from takrim.base.persian import fold
from takrim.cases.kind import KINDS
from takrim.cases.models import Case
from takrim.cases.objections import days_to_object
from takrim.orgs.units import unit_name

# What stands open in a text, however it came there.
OPEN = re.compile(r"\{[^{}\n]{0,60}\}")


# A brace in braces is one brace; a name stands in braces; anything else that opens is invalid.
_PATTERN = r"\{(?:(?P<escaped>\{)|(?P<braced>[^{}\n]{0,60})\}|(?P<named>(?!))|(?P<invalid>))"


# `{name}` with letters of any script, blanks and half-spaces in it. The pattern is a text that the class compiles while
# it is made, which the type of string.Template does not say.
_OURS = {"delimiter": "{", "flags": re.UNICODE, "pattern": _PATTERN}
Blank = cast(type[Template], type("Blank", (Template,), _OURS))
_FOUND = re.compile(_PATTERN, re.VERBOSE)


@dataclass(frozen=True, kw_only=True)
class Field:
    """`value` is what the case knows of it, in a language; "" leaves it open. `example` is what a trial puts in."""

    fa: str
    en: str
    example_fa: str
    example_en: str
    title: str | Promise
    value: Callable[[Case, datetime, str], str] = lambda case, now, lang: ""

    def example(self, lang: str) -> str:
        return self.example_en if lang == "en" else self.example_fa


def _name(case: Case, now: datetime, lang: str) -> str:
    return case.party.name if case.party else ""


def _card(case: Case, now: datetime, lang: str) -> str:
    if case.card is None:
        return ""
    return case.card.title_en if lang == "en" else case.card.title_fa


FIELDS = (
    Field(
        fa="نام متقاضی", en="applicant", example_fa="زهرا اکبری", example_en="Zahra Akbari",
        title=_("who brought the matter"), value=_name,
    ),
    Field(
        fa="کد رهگیری", en="code", example_fa="۰۵-۴۸۲۷-۳۱۵۹-۷", example_en="05-4827-3159-7",
        title=_("the tracking code"), value=lambda case, now, lang: words.digits(pretty(case.code), lang),
    ),
    Field(
        fa="موضوع", en="subject", example_fa="واریز نشدن حق بیمه", example_en="Insurance not paid",
        title=_("the subject of the case"), value=lambda case, now, lang: case.subject,
    ),
    Field(
        fa="تاریخ ثبت", en="registered", example_fa="۱ آذر ۱۴۰۵", example_en="1 Azar 1405",
        title=_("the day on which it was registered"),
        value=lambda case, now, lang: words.date(case.received_at, lang),
    ),
    Field(
        fa="تاریخ امروز", en="today", example_fa="۳ آذر ۱۴۰۵", example_en="3 Azar 1405",
        title=_("the day on which the draft is written"), value=lambda case, now, lang: words.date(now, lang),
    ),
    Field(
        fa="اداره", en="office", example_fa="اداره شهرستان نظرآباد", example_en="Office of Nazarabad",
        title=_("the office that answers"), value=lambda case, now, lang: unit_name(case.unit_path, lang),
    ),
    Field(
        fa="خدمت", en="service", example_fa="بیمه بیکاری", example_en="Unemployment insurance",
        title=_("the service, where the case names one"), value=_card,
    ),
    Field(
        fa="نوع پیام", en="kind", example_fa="شکایت", example_en="Complaint",
        title=_("the kind of message"), value=lambda case, now, lang: str(KINDS[case.kind].title),
    ),
    Field(
        fa="مهلت اعتراض", en="days to object", example_fa="۱۰", example_en="10",
        title=_("how many days there are to object"),
        value=lambda case, now, lang: words.number(days_to_object(case.unit_path), lang),
    ),
    # What only the officer knows: it stays open until somebody writes it.
    Field(fa="مبلغ", en="amount", example_fa="۱۲٬۵۰۰٬۰۰۰ ریال", example_en="12,500,000 rials", title=_("an amount")),
    Field(fa="تاریخ", en="date", example_fa="۲۰ آذر ۱۴۰۵", example_en="20 Azar 1405", title=_("a day")),
    Field(fa="شماره", en="number", example_fa="۸۸۴۵۱", example_en="88451", title=_("a number of a paper or a file")),
    Field(
        fa="نشانی", en="address", example_fa="نظرآباد، بلوار آزادی، پلاک ۱۲", example_en="12 Azadi Blvd, Nazarabad",
        title=_("an address"),
    ),
    Field(
        fa="کارگاه", en="workplace", example_fa="کارگاه تولیدی نمونه", example_en="Example workshop",
        title=_("a workplace or another side"),
    ),
    Field(
        fa="یافته", en="finding", example_fa="فهرست بیمه سه ماه ثبت نشده بود", example_en="Three months were missing",
        title=_("what was examined and found"),
    ),
)  # fmt: skip


def _key(name: str) -> str:
    return " ".join(fold(name).split())


_BY_NAME = {_key(name): field for field in FIELDS for name in (field.fa, field.en)}


def named(text: str) -> list[str]:
    """The names that stand in braces, in their order; "" for empty braces."""
    return [match["braced"].strip() for match in _FOUND.finditer(text) if match["braced"] is not None]


def is_broken(text: str) -> bool:
    """Whether a brace is opened and not closed, or the other way round."""
    rest = OPEN.sub("", text)
    return "{" in rest or "}" in rest


def unknown(text: str) -> list[str]:
    """Names that no field has, each once."""
    return list(dict.fromkeys(name for name in named(text) if name and _key(name) not in _BY_NAME))


def _put(text: str, value: Callable[[Field], str]) -> str:
    values: Mapping[str, str] = {}
    for match in _FOUND.finditer(text):
        name = match["braced"]
        field = _BY_NAME.get(_key(name)) if name is not None else None
        found = value(field) if field is not None else ""
        if name is not None and found:
            values = {**values, name: found}
    return Blank(text).safe_substitute(values)


def on_example(text: str, lang: str) -> str:
    """The text with the examples of all its fields."""
    return _put(text, lambda field: field.example(lang))


def on_case(text: str, case: Case, now: datetime) -> str:
    """The text with what the case knows; what it does not know stays open in its braces."""
    return _put(text, lambda field: field.value(case, now, case.lang))
