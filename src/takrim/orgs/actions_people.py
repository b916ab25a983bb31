"""Who may sign in: accounts are made by the office, and opened by a link at which the person chooses a password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base import identity
from takrim.base.errors import Refusal
from takrim.base.persian import ascii_digits, clean_text
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.orgs.powers import Power
from takrim.orgs.telling import tell

_USERNAME = re.compile(r"[a-z0-9][a-z0-9.@+_-]{1,63}")


class BadUserName(Refusal):
    code = "bad_user_name"
    status = 422
    message = _("A user name has 2 to 64 small Latin letters, digits and the marks . @ + _ - and begins with no mark.")


class UserNameTaken(Refusal):
    code = "user_name_taken"
    message = _("Somebody else has this user name. Choose another.")


class NoSuchUserName(Refusal):
    code = "no_such_user_name"
    status = 404
    message = _("Nobody has the user name {username}.")


class PersonUnnamed(Refusal):
    code = "person_unnamed"
    status = 422
    message = _("Write the name of the person.")


@dataclass(frozen=True, kw_only=True)
class Who:
    """A person as the office writes them down."""

    username: str
    name: str
    email: str = ""
    mobile: str = ""


@transaction.atomic
def make_account(*, who: Who, by: Actor, now: datetime) -> Person:
    """An account that nobody can sign in to until its person has chosen a password. Without a post it opens nothing."""
    by.require(Power.POSTS_EDIT)
    username, name = ascii_digits(who.username).strip().lower(), " ".join(clean_text(who.name).split())
    if not _USERNAME.fullmatch(username):
        raise BadUserName
    if not name:
        raise PersonUnnamed
    if Person.objects.filter(username=username).exists():
        raise UserNameTaken
    person = Person(username=username, name=name)
    person.email = identity.email(who.email) if who.email else ""
    person.mobile = identity.mobile(who.mobile) if who.mobile else ""
    person.set_unusable_password()
    person.save(force_insert=True)
    path = by.unit_path
    tell("person.account_made", on=f"person:{person.pk}", unit_path=path, by=by, at=now, unit=path, person=person.pk)
    return person
