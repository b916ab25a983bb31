"""Clauses of an office fall due in the next days: its head gets one letter about all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.persian import clean_text
from takrim.cases.letters._to_office import LANG, MOST_LINES, address_of
from takrim.cases.letters._to_party import Texts
from takrim.directives.heads import at_posts, heads_of
from takrim.directives.models import Clause, Demand, Directive
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.letters.kind import Address, Draft, LetterKind, Said
from takrim.letters.models import Way
from takrim.orgs.models import Person

# So long before the end its office is told.
AHEAD = timedelta(days=3)
_LONG = 100
_LINE = Said(fa="{clause} (بخشنامه {number}): تا {due}", en="{clause} (directive {number}): by {due}")

TEXTS = Texts(
    sms=Said(
        fa="تکریم: مهلت {count} بند بخشنامه نزدیک است؛ نخستین: {first}.\n{link}",
        en="Takrim: {count} clauses of directives fall due soon; the first on {first}.\n{link}",
    ),
    title=Said(fa="مهلت {count} بند بخشنامه نزدیک است", en="{count} clauses of directives fall due soon"),
    body=Said(
        fa="""با سلام

مهلت این بندها در سه روز آینده به پایان می‌رسد و گزارش اجرای آن‌ها هنوز نرسیده است:

{list}

گزارش را با مستندات در این نشانی ثبت کنید:
{link}""",
        en="""Hello,

these clauses fall due in the next three days, and your office has not reported on them yet:

{list}

Report with proof here:
{link}""",
    ),
)


def due_soon(now: datetime) -> list[Demand]:
    """What falls due in the next days and nobody has reported."""
    owed = (DutyState.OPEN, DutyState.RETURNED)
    rows = Demand.objects.filter(duty__settled_at=None, duty__state__in=owed)
    soon = rows.filter(duty__due_at__gt=now, duty__due_at__lte=now + AHEAD)
    return list(soon.select_related("duty", "clause", "directive").order_by("duty__due_at", "pk"))


def drafts(now: datetime) -> list[Draft]:
    """One letter to each person about all that falls due; the same clauses are written about once."""
    rows = due_soon(now)
    heads = heads_of((row.unit_path for row in rows if row.post_id is None), now)
    sitting = at_posts((row.post_id for row in rows if row.post_id is not None), now)
    told: dict[int, tuple[Person, list[Demand]]] = {}
    for row in rows:
        people = sitting.get(row.post_id, []) if row.post_id else heads.get(row.unit_path, [])
        for person in people:
            told.setdefault(person.pk, (person, []))[1].append(row)
    return [draft for person, theirs in told.values() for draft in _to(person, theirs, now)]


def _to(person: Person, rows: Sequence[Demand], now: datetime) -> Iterable[Draft]:
    address = address_of(person)
    if address is not None:
        # Written once a day of ending: what has come since gets a letter of its own.
        last = max(row.duty.due_at for row in rows if row.duty.due_at)
        yield _draft(address, person, rows, f"{person.pk} {last:%Y-%m-%d} {rows[-1].pk}", now)


def _facts(rows: Sequence[Demand], lang: str) -> Mapping[str, str]:
    first = min(row.duty.due_at for row in rows if row.duty.due_at)
    return {
        "count": words.number(len(rows), lang),
        "first": words.date(first, lang),
        "list": "\n".join(_line(row, lang) for row in rows[:MOST_LINES]),
        "link": f"{settings.ADDRESS}/council/directives/mine/",
    }


def _line(row: Demand, lang: str) -> str:
    text = " ".join(clean_text(row.clause.text).split())
    short = text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]}…"
    due = words.datetime(row.duty.due_at, lang) if row.duty.due_at else ""
    return _LINE.in_(lang, {"clause": short, "number": row.directive.number, "due": due})


def _draft(address: Address, person: Person, rows: Sequence[Demand], occasion: str, at: datetime) -> Draft:
    title, body = TEXTS.of(address.way, address.lang, _facts(rows, address.lang))
    subject = f"person:{person.pk}"
    return Draft(
        address=address,
        subject=subject,
        occasion=occasion,
        unit_path=rows[0].unit_path,
        title=title,
        body=body,
        at=at,
    )


def _example(lang: str, way: Way) -> Draft:
    persian = lang == LANG
    at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    clause = Clause(text="راهنمای مراجعان در محل دید نصب شود." if persian else "Put up guides for visitors.")
    directive = Directive(number="۱۲۰۴/ت" if persian else "1204/T")
    duty = Duty(due_at=at + timedelta(days=2))
    row = Demand(pk=7, clause=clause, directive=directive, duty=duty, unit_path="ir/alborz/nazarabad/")
    to = "09121234567" if way is Way.SMS else "reza@example.ir"
    address = Address(way=way, to=to, lang=lang, trusted=True)
    return _draft(address, Person(pk=1), [row], "example", at)


PLUGIN = LetterKind(title=_("Clauses that fall due"), example=_example, good_for=timedelta(days=3))
