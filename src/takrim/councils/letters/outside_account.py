"""Tells a member from outside how to get into their account: a link that lets them choose a password, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_office import LANG, address_of
from takrim.cases.letters._to_party import Texts
from takrim.councils.models import Membership
from takrim.journal.models import Entry
from takrim.letters.kind import Address, Draft, LetterKind, Said, mark
from takrim.letters.models import Letter, Way
from takrim.orgs.account_links import account_link
from takrim.orgs.models import Person

TEXTS = Texts(
    sms=Said(
        fa="تکریم: شما عضو {body} شدید. نام کاربری: {username}. رمز خود را اینجا بسازید:\n{link}",
        en="Takrim: you are a member of {body} now. User name: {username}. Choose a password here:\n{link}",
    ),
    title=Said(fa="عضویت در {body}", en="Your seat in {body}"),
    body=Said(
        fa="""{name} گرامی

با سلام. شما به نمایندگی از {organisation} عضو {body} شده‌اید. برای دیدن دعوت‌ها و دستور جلسه‌ها، نخست رمز خود را بسازید:
{link}

نام کاربری شما: {username}

این پیوند یک بار و تا سه روز باز می‌شود. اگر بسته شد، از دبیر بخواهید آن را دوباره بفرستد.""",
        en="""Dear {name},

you sit in {body} for {organisation} from now on. To see its invitations and agendas, first choose a password:
{link}

Your user name: {username}

The link opens once and for three days. If it no longer opens, ask the secretary to send it again.""",
    ),
)


def _draft(person: Person, address: Address, body: str, organisation: str, subject: str, at: datetime) -> Draft:
    facts = {
        "name": person.name,
        "username": person.username,
        "body": body,
        "organisation": organisation,
        "link": mark("link"),
    }
    title, text = TEXTS.of(address.way, address.lang, facts)
    return Draft(
        address=address, subject=subject, occasion=at.isoformat(timespec="seconds"), title=title, body=text, at=at
    )


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    seats = {entry.facts["seat"]: entry for entry in entries}
    rows = Membership.objects.filter(pk__in=seats).select_related("person", "body", "organisation")
    for row in rows.order_by("pk"):
        person, organisation = row.person, row.organisation
        address = address_of(person) if person else None
        if person is not None and organisation is not None and address is not None:
            body = row.body.name_in(LANG)
            yield _draft(person, address, body, organisation.name, f"seat:{row.pk}", seats[row.pk].at)


def _fill(letter: Letter) -> Mapping[str, str]:
    seat = Membership.objects.filter(pk=int(letter.subject.removeprefix("seat:"))).select_related("person").first()
    return {"link": account_link(seat.person) if seat and seat.person else ""}


def _example(lang: str, way: Way) -> Draft:
    to = "09121234567" if way is Way.SMS else "hamid@bank.example"
    name, body, organisation = (
        ("Hamid Rahmani", "Coordination Council of the province", "Bank of the example")
        if lang == "en"
        else ("حمید رحمانی", "شورای هماهنگی استان", "بانک نمونه")
    )
    person = Person(name=name, username="hamid@bank.example")
    address = Address(way=way, to=to, lang=lang, trusted=True)
    draft = _draft(person, address, body, organisation, "seat:1", datetime(2026, 11, 24, 6, 30, tzinfo=UTC))
    page = "https://takrim.example.ir/accounts/password/reset/key/1-c1a2b3/"
    return Draft(**{**vars(draft), "body": draft.body.replace(mark("link"), page)})


PLUGIN = LetterKind(
    title=_("Account of a member from outside"),
    verbs=("body.account_made",),
    compose=_compose,
    fill=_fill,
    good_for=timedelta(days=3),
    urgent=True,
    example=_example,
)
