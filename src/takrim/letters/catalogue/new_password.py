"""Lets an officer who has forgotten the password choose another: by a link that opens once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.letters.kind import Address, Draft, LetterKind, Said, mark
from takrim.letters.models import Letter, Way
from takrim.orgs.account_links import account_link
from takrim.orgs.models import Person

CODE = "new_password"
_PREFIX = "person:"

TITLE = Said(fa="تعیین گذرواژهٔ تازه", en="A new password")
BODY = Said(
    fa="""{name} گرامی

برای حساب شما در سامانه تکریم گذرواژهٔ تازه خواسته شده است. اگر خودتان خواسته‌اید، آن را اینجا تعیین کنید:
{link}

نام کاربری شما: {username}

این پیوند یک بار و تا سه روز باز می‌شود. اگر کار شما نبوده است، کاری نکنید؛ گذرواژهٔ کنونی می‌ماند.""",
    en="""Dear {name},

a new password was asked for your account with Takrim. If it was you, choose it here:
{link}

Your user name: {username}

The link opens once and for three days. If it was not you, do nothing: the present password stays.""",
)


def draft(person: Person, lang: str, at: datetime) -> Draft:
    """The letter to this person, one a minute at most. They must have an e-mail address."""
    facts = {"name": person.name, "username": person.username, "link": mark("link")}
    return Draft(
        address=Address(way=Way.EMAIL, to=person.email, lang=lang, trusted=True),
        subject=f"{_PREFIX}{person.pk}",
        occasion=at.isoformat(timespec="minutes"),
        title=TITLE.in_(lang, {}),
        body=BODY.in_(lang, facts),
        at=at,
    )


def _fill(letter: Letter) -> Mapping[str, str]:
    return {"link": account_link(Person.objects.get(pk=int(letter.subject.removeprefix(_PREFIX))))}


def _example(lang: str, way: Way) -> Draft:
    name = "Mina Rezaei" if lang == "en" else "مینا رضایی"
    person = Person(pk=1, name=name, username="mina", email="mina@takrim.example")
    return draft(person, lang, datetime(2026, 11, 24, 6, 30, tzinfo=UTC))


PLUGIN = LetterKind(title=_("A new password"), example=_example, fill=_fill, good_for=timedelta(days=3), urgent=True)
