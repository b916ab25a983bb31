"""A directive has come, or has new words: its head is asked to read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases.letters._to_office import LANG, address_of
from takrim.cases.letters._to_party import Texts
from takrim.directives.heads import at_posts, heads_of
from takrim.directives.models import Directive, Reading
from takrim.journal.models import Entry
from takrim.letters.kind import Address, Draft, LetterKind, Said
from takrim.letters.models import Way
from takrim.orgs.models import Person

# So much of a subject has room in a message.
_SHORT = 50

TEXTS = Texts(
    sms=Said(
        fa="تکریم: بخشنامه «{short}» به اداره شما ابلاغ شد؛ آن را بخوانید.\n{link}",
        en='Takrim: the directive "{short}" has come to your office; please read it.\n{link}',
    ),
    title=Said(fa="بخشنامه «{subject}» به اداره شما ابلاغ شد", en="The directive “{subject}” has come to your office"),
    body=Said(
        fa="""با سلام

بخشنامه «{subject}» به شماره {number} مورخ {date}، صادرشده از سوی {issuer}، به اداره شما ابلاغ شد.

خواهشمند است آن را بخوانید، خواندن آن را اعلام کنید و برای هر بند برنامه اقدام بنویسید:
{link}""",
        en="""Hello,

the directive “{subject}”, number {number} of {date}, issued by {issuer}, has come to your office.

Please read it, say that you have, and make a plan of action for each clause:
{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    """To the head of each office that was asked, or to who sits at the post. Four queries for a batch."""
    asked = Reading.objects.filter(pk__in=[entry.facts["reading"] for entry in entries]).unread()
    rows = {row.pk: row for row in asked.select_related("directive")}
    if not rows:
        return
    at = entries[-1].at
    heads = heads_of((row.unit_path for row in rows.values() if row.post_id is None), at)
    sitting = at_posts((row.post_id for row in rows.values() if row.post_id is not None), at)
    for entry in entries:
        row = rows.get(entry.facts["reading"])
        if row is None:
            continue
        people = sitting.get(row.post_id, []) if row.post_id else heads.get(row.unit_path, [])
        for person in people:
            if address := address_of(person):
                occasion = f"{row.pk} {person.pk}"
                yield _draft(address, person, row.directive, row.unit_path, occasion, entry.at)


def _facts(directive: Directive, lang: str) -> Mapping[str, str]:
    return {
        "subject": directive.subject,
        "short": Truncator(directive.subject).chars(_SHORT, truncate="..."),
        "number": directive.number,
        "date": words.date(directive.dated, lang),
        "issuer": directive.issuer,
        "link": f"{settings.ADDRESS}/council/directives/{directive.pk}/",
    }


def _draft(address: Address, person: Person, directive: Directive, unit: str, occasion: str, at: datetime) -> Draft:
    title, body = TEXTS.of(address.way, address.lang, _facts(directive, address.lang))
    return Draft(
        address=address,
        subject=f"person:{person.pk}",
        occasion=occasion,
        unit_path=unit,
        title=title,
        body=body,
        at=at,
    )


def _example(lang: str, way: Way) -> Draft:
    persian = lang == LANG
    directive = Directive(
        pk=12,
        number="۱۲۰۴/ت" if persian else "1204/T",
        dated=date(2026, 11, 21),
        issuer="وزارت تعاون، کار و رفاه اجتماعی" if persian else "Ministry of Labour",
        subject="راهنمای مراجعان در ادارات" if persian else "Guides for visitors",
    )
    to = "09121234567" if way is Way.SMS else "reza@example.ir"
    address = Address(way=way, to=to, lang=lang, trusted=True)
    at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    return _draft(address, Person(pk=1), directive, "ir/alborz/nazarabad/", "example", at)


PLUGIN = LetterKind(title=_("Directive to read"), verbs=("directive.asked",), compose=_compose, example=_example)
