"""An inquiry to a body outside: a link that shows the question and takes the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases import inquiry_links
from takrim.cases.letters._to_party import Texts
from takrim.cases.models_partners import Inquiry
from takrim.journal.models import Entry
from takrim.letters.kind import Address, Draft, LetterKind, Said, mark
from takrim.letters.models import Letter, Way
from takrim.orgs.units import unit_name

LANG = "fa"
LINK = mark("link")
# The question itself does not lie in a letter: it is read behind the link, as long as that opens.
TEXTS = Texts(
    sms=Said(
        fa="تکریم: {office} از شما استعلامی دارد. مهلت پاسخ {due}\n{link}",
        en="Takrim: {office} asks you for an answer by {due}\n{link}",
    ),
    title=Said(fa="استعلام از {office}", en="An inquiry of {office}"),
    body=Said(
        fa="""با سلام

{office} برای رسیدگی به یک پرونده به پاسخ شما نیاز دارد. پرسش و مدارک آن را در این نشانی ببینید و همان‌جا پاسخ دهید:

{link}

مهلت پاسخ: {due}
این پیوند برای دستگاه شماست، یک بار پاسخ می‌گیرد و پس از مهلت باز نمی‌شود. آن را به دیگری ندهید.""",
        en="""Hello,

{office} needs your answer for a case. Read the question and its papers at this address, and answer there:

{link}

To be answered by: {due}
The link is for your organisation only, takes one answer and no longer opens after that date. Do not pass it on.""",
    ),
)


def _draft(
    number: int, address: Address, office: str, due: datetime, unit_path: str, at: datetime, link: str = LINK
) -> Draft:
    facts = {"office": office, "due": words.datetime(due, address.lang), "link": link}
    title, body = TEXTS.of(address.way, address.lang, facts)
    subject = f"inquiry:{number}"
    return Draft(address=address, subject=subject, unit_path=unit_path, title=title, body=body, at=at)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    numbers = [entry.facts["inquiry"] for entry in entries]
    for asked in Inquiry.objects.filter(pk__in=numbers).select_related("partner", "case"):
        way, to = (Way.EMAIL, asked.partner.email) if asked.partner.email else (Way.SMS, asked.partner.mobile)
        address = Address(way=way, to=to, lang=LANG, trusted=True)
        office = unit_name(asked.case.unit_path, LANG)
        yield _draft(asked.pk, address, office, asked.expires_at, asked.case.unit_path, asked.sent_at)


def _fill(letter: Letter) -> Mapping[str, str]:
    return {"link": inquiry_links.address_of(int(letter.subject.split(":")[1]))}


def _example(lang: str, way: Way) -> Draft:
    to = "09121234567" if way is Way.SMS else "office@example.ir"
    office = "Office of Nazarabad" if lang == "en" else "اداره شهرستان نظرآباد"
    at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    address = Address(way=way, to=to, lang=lang, trusted=True)
    return _draft(1, address, office, at, "", at, "https://takrim.example.ir/inquiry/MQ:1wN0xY:b5TqfUo/")


PLUGIN = LetterKind(
    title=_("Inquiry to a body outside"), verbs=("case.inquired",), compose=_compose, fill=_fill, example=_example
)
