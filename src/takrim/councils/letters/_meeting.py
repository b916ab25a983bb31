"""What the letters about meetings share: to whom, with which facts, and the calendar file that goes along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from takrim.base import words
from takrim.base.clock import local
from takrim.base.jalali import weekday_name
from takrim.cases.letters._to_office import address_of
from takrim.cases.letters._to_party import Texts
from takrim.councils import ical, links
from takrim.councils.models_meetings import Invitation, Meeting
from takrim.journal.models import Entry
from takrim.letters.carrier import Attachment
from takrim.letters.kind import Address, Draft, mark
from takrim.letters.models import Letter, Way
from takrim.orgs.models import Person

LINK = mark("link")
_SUBJECT = "invitation:"


@dataclass(frozen=True)
class About:
    """What a letter says of a meeting; all in words of its language."""

    body: str
    number: str
    title: str
    when: str
    place: str
    online: str
    name: str
    why: str = ""
    substitute: str = ""

    def facts(self, link: str) -> dict[str, str]:
        return {**vars(self), "link": link}


def about(invitation: Invitation, lang: str) -> About:
    meeting = invitation.meeting
    return About(
        body=meeting.body.name_in(lang),
        number=words.number(meeting.number, lang),
        title=meeting.title,
        when=when(meeting.starts_at, lang),
        place=meeting.place or "—",
        online=meeting.online_url or "—",
        name=invitation.name,
        why=meeting.cancelled_why,
        substitute=invitation.substitute_name,
    )


def when(moment: datetime, lang: str) -> str:
    """«سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۰:۰۰»: the weekday helps whoever reads it."""
    return f"{weekday_name(local(moment).date(), lang)} {words.datetime(moment, lang)}"


Rows = Callable[[Sequence[Entry]], Iterable[Invitation]]


def of_meetings(entries: Sequence[Entry]) -> Iterable[Invitation]:
    """Everybody who was invited to the meetings that these events are about."""
    codes = [entry.subject.removeprefix("meeting:") for entry in entries]
    rows = Invitation.objects.filter(meeting__code__in=codes, invited_at__isnull=False)
    return rows.select_related("person", "meeting__body").order_by("pk")


def of_invitations(entries: Sequence[Entry]) -> Iterable[Invitation]:
    """Those that these events are about."""
    numbers = [entry.facts["invitation"] for entry in entries]
    related = ("person", "substitute_person", "meeting__body")
    return Invitation.objects.filter(pk__in=numbers).select_related(*related).order_by("pk")


def written(
    texts: Texts, entries: Sequence[Entry], rows: Iterable[Invitation], to: Callable[[Invitation], Person | None]
) -> Iterable[Draft]:
    """A letter for each invitation whose person can be reached; the same change is told once."""
    last = {entry.subject: entry for entry in entries}
    for row in rows:
        person, entry = to(row), last.get(row.meeting.subject)
        address = address_of(person) if person else None
        if address is not None and entry is not None:
            yield draft(texts, row.pk, row.meeting, address, about(row, address.lang), entry)


def draft(texts: Texts, number: int, meeting: Meeting, address: Address, said: About, entry: Entry) -> Draft:
    title, body = texts.of(address.way, address.lang, said.facts(LINK))
    return Draft(
        address=address,
        subject=f"{_SUBJECT}{number}",
        occasion=f"{entry.verb} {meeting.sequence} {entry.pk}",
        unit_path=meeting.unit_path,
        title=title,
        body=body,
        at=entry.at,
    )


def invitation_of(letter: Letter) -> Invitation | None:
    """The invitation that a letter is about."""
    number = int(letter.subject.removeprefix(_SUBJECT))
    return Invitation.objects.filter(pk=number).select_related("person", "meeting__body").first()


def fill(letter: Letter) -> Mapping[str, str]:
    """Its link, which is not to lie in the table of letters."""
    found = invitation_of(letter)
    return {"link": links.invitation_address(found) if found else ""}


def calendar_file(letter: Letter) -> Sequence[Attachment]:
    """The meeting as calendar programmes take it in; SMS carries none."""
    found = invitation_of(letter) if letter.way == Way.EMAIL else None
    if found is None:
        return ()
    text = ical.one_meeting(ical.Entry(found.meeting, found), letter.lang, letter.written_at)
    method = next(line.removeprefix("METHOD:") for line in text.splitlines() if line.startswith("METHOD:"))
    return (Attachment(name="meeting.ics", subtype="calendar", text=text, parameters={"method": method}),)


_EXAMPLE = {
    "fa": About(
        body="کمیته صیانت از حقوق شهروندی و تکریم ارباب رجوع",
        number="۱۲",
        title="",
        when="سه‌شنبه ۱۰ آذر ۱۴۰۵ ساعت ۱۰:۰۰",
        place="سالن جلسات اداره کل",
        online="—",
        name="مینا رضایی",
        why="هم‌زمانی با بازدید وزیر",
        substitute="هادی موسوی",
    ),
    "en": About(
        body="Committee for citizens' rights and honouring clients",
        number="12",
        title="",
        when="Tuesday 10 Azar 1405, 10:00",
        place="Meeting room of the directorate",
        online="—",
        name="Mina Rezaei",
        why="the minister visits on that day",
        substitute="Hadi Mousavi",
    ),
}


def example(texts: Texts, page: str = "council/invitation/WzFd:1wN0xY:b5TqfUo/") -> Callable[[str, Way], Draft]:
    """A letter of this kind with invented facts."""

    def write(lang: str, way: Way) -> Draft:
        to = "09121234567" if way is Way.SMS else "mina@example.ir"
        address = Address(way=way, to=to, lang=lang, trusted=True)
        facts = _EXAMPLE[lang].facts(f"https://takrim.example.ir/{page}")
        title, body = texts.of(way, lang, facts)
        return Draft(
            address=address,
            subject=f"{_SUBJECT}1",
            title=title,
            body=body,
            at=datetime(2026, 11, 24, 6, 30, tzinfo=UTC),
        )

    return write
