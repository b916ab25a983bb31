"""An organisation from outside owes a part of a decision, or is asked to complete what it reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.clock import TEHRAN, local_date
from takrim.cases.letters._to_office import address_of
from takrim.cases.letters._to_party import Texts
from takrim.cases.models_partners import Partner
from takrim.councils.models import Body, Membership
from takrim.decisions.events import Issued, PartAdded, ReportReturned
from takrim.decisions.models import Decision, Share
from takrim.duties.models import Duty
from takrim.journal.models import Entry
from takrim.letters.kind import Address, Draft, LetterKind, Said
from takrim.letters.models import Way
from takrim.orgs.models import Person

# So much of a decision has room in a message.
_SHORT = 50

TEXTS = Texts(
    sms=Said(
        fa="تکریم: اجرای مصوبه «{short}» تا {due} با سازمان شماست.\n{link}",
        en='Takrim: your organisation carries out the decision "{short}" until {due}.\n{link}',
    ),
    title=Said(
        fa="مصوبه {body}: اجرا با {organisation}",
        en="Decision of {body}: carried out by {organisation}",
    ),
    body=Said(
        fa="""با سلام

بر پایه مصوبه شماره {number} {body}، این کار با {organisation} است:

{text}

مهلت: {due}

خواهشمند است پس از انجام کار، گزارش اجرا را همراه با مستندات در این صفحه بنویسید تا دبیر آن را بررسی کند:
{link}""",
        en="""Hello,

by decision {number} of {body} this is for {organisation} to carry out:

{text}

Until: {due}

Once it is done, please report on this page with what proves it; the secretary confirms it:
{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    """To all who sit in the body for the organisation. Two queries for a batch, none where no part is from outside."""
    codes = {_parted(entry)[0] for entry in entries}
    rows = Share.objects.filter(decision__code__in=codes, organisation__isnull=False).order_by("decision", "place")
    shares = list(rows.select_related("decision__body", "organisation", "duty"))
    if not shares:
        return
    today = local_date(entries[-1].at)
    seats = Membership.objects.valid(today).filter(body__in={share.body_id for share in shares})
    sitting: dict[tuple[int, int | None], list[Person]] = {}
    for seat in seats.filter(organisation__isnull=False, person__is_active=True).select_related("person"):
        if seat.person is not None:
            sitting.setdefault((seat.body_id, seat.organisation_id), []).append(seat.person)
    for entry in entries:
        code, place = _parted(entry)
        for share in shares:
            if share.decision.code == code and place in {"", str(share.place)}:
                yield from _written(share, sitting.get((share.body_id, share.organisation_id), ()), entry)


def _parted(entry: Entry) -> tuple[str, str]:
    """The decision's code and the place of the part, "" for all, from `decision:05…/2`."""
    code, _slash, place = entry.subject.partition(":")[2].partition("/")
    return code, place


def _written(share: Share, people: Iterable[Person], entry: Entry) -> Iterable[Draft]:
    for person in people:
        if address := address_of(person):
            yield _draft(address, person, share, f"{entry.pk} {share.pk}", entry.at)


def _draft(address: Address, person: Person, share: Share, occasion: str, at: datetime) -> Draft:
    decision, due = share.decision, share.duty.due_at
    text = share.task or decision.text
    facts = {
        "body": decision.body.name_in(address.lang),
        "organisation": share.from_outside,
        "number": decision.number,
        "text": text,
        "short": Truncator(" ".join(text.split())).chars(_SHORT, truncate="..."),
        "due": words.date(due, address.lang) if due else "—",
        "link": f"{settings.ADDRESS}/council/decisions/{decision.code}/",
    }
    title, body = TEXTS.of(address.way, address.lang, facts)
    return Draft(
        address=address,
        subject=f"person:{person.pk}",
        occasion=occasion,
        unit_path=share.unit_path,
        title=title,
        body=body,
        at=at,
    )


def _example(lang: str, way: Way) -> Draft:
    persian = lang == "fa"
    body = Body(name_fa="شورای هماهنگی استان قم", name_en="Coordination Council of Qom")
    decision = Decision(
        body=body,
        code="05482731597",
        number="۱۲/ص/۱۴۰۵-۱" if persian else "12/S/1405-1",
        text="سهم تسهیلات کارگاه‌های خرد هر ماه اعلام شود." if persian else "Say each month what small workshops got.",
    )
    due = datetime.combine(date(2026, 12, 22), time(23, 59), TEHRAN)
    organisation = Partner(name="بانک نمونه" if persian else "Bank of the example")
    share = Share(decision=decision, organisation=organisation, duty=Duty(due_at=due), unit_path="ir/qom/")
    to = "09121234567" if way is Way.SMS else "hamid@bank.example"
    address = Address(way=way, to=to, lang=lang, trusted=True)
    return _draft(address, Person(pk=1), share, "example", datetime(2026, 11, 24, 6, 30, tzinfo=UTC))


PLUGIN = LetterKind(
    title=_("Decision to be carried out by an organisation outside"),
    verbs=(Issued.verb, PartAdded.verb, ReportReturned.verb),
    compose=_compose,
    example=_example,
)
