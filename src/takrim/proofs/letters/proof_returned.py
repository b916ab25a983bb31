"""A proof was returned: its owner completes it by a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases.letters._to_office import LANG, address_of
from takrim.cases.letters._to_party import Texts
from takrim.duties.models import Duty
from takrim.journal.models import Entry
from takrim.letters.kind import Address, Draft, LetterKind, Said
from takrim.letters.models import Way
from takrim.orgs.models import Person
from takrim.proofs.actions import RETURN_KIND
from takrim.proofs.models import SUBJECT, Action

TEXTS = Texts(
    sms=Said(
        fa="تکریم: یکی از مستندهای شما برای اصلاح برگشت؛ مهلت: {due}.\n{link}",
        en="Takrim: one of your proofs was returned; complete it by {due}.\n{link}",
    ),
    title=Said(fa="مستند «{title}» برای اصلاح برگشت", en="Your proof “{title}” was returned"),
    body=Said(
        fa="""با سلام

دبیر مستند «{title}» را برای اصلاح برگرداند و چنین نوشت:

{reason}

مهلت اصلاح و ارسال دوباره: {due}
{link}""",
        en="""Hello,

the secretary returned your proof “{title}” and wrote:

{reason}

Complete it and send it again by {due}:
{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    """To whoever wrote the proof down. Three queries for a batch."""
    codes = {entry.subject.removeprefix(SUBJECT) for entry in entries}
    actions = {action.subject: action for action in Action.objects.filter(code__in=codes)}
    people = Person.objects.in_bulk({action.person_id for action in actions.values()})
    owed = Duty.objects.owed().filter(about__in=list(actions), kind=RETURN_KIND)
    due = dict(owed.values_list("about", "due_at"))
    for entry in entries:
        # What was sent again or given up since needs no word any more.
        if entry.subject in due and (address := address_of(people[actions[entry.subject].person_id])):
            action = actions[entry.subject]
            facts = _facts(action, due[entry.subject], address.lang)
            yield _draft(address, action, facts, f"{action.code} {entry.seq}", entry.at)


def _facts(action: Action, due: datetime | None, lang: str) -> Mapping[str, str]:
    return {
        "title": action.title,
        "reason": action.reason,
        "due": words.datetime(due, lang) if due else "",
        "link": f"{settings.ADDRESS}/council/proofs/{action.code}/",
    }


def _draft(address: Address, action: Action, facts: Mapping[str, str], occasion: str, at: datetime) -> Draft:
    title, body = TEXTS.of(address.way, address.lang, facts)
    subject = f"person:{action.person_id}"
    return Draft(address=address, subject=subject, occasion=occasion, title=title, body=body, at=at)


def _example(lang: str, way: Way) -> Draft:
    to = "09121234567" if way is Way.SMS else "reza@example.ir"
    action = Action(
        code="05482731597",
        person_id=1,
        title="نصب تابلوی حقوق شهروندی" if lang == LANG else "Board of citizens’ rights",
        reason="فهرست حاضران پیوست نیست." if lang == LANG else "The list of those present is missing.",
    )
    at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    address = Address(way=way, to=to, lang=lang, trusted=True)
    return _draft(address, action, _facts(action, at, lang), "example", at)


PLUGIN = LetterKind(title=_("Proof returned"), verbs=("proof.returned",), compose=_compose, example=_example)
