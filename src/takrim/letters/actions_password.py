"""Somebody at the sign-in page has forgotten a password."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from takrim.letters.catalogue import new_password
from takrim.letters.write import write
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.orgs.powers import Power


@transaction.atomic
def send_password_link(*, person: Person, lang: str, by: Actor, now: datetime) -> None:
    """Write to the address that the office keeps of this person; within a minute it is one letter."""
    by.require(Power.OPERATE)
    write(new_password.CODE, [new_password.draft(person, lang, now)])
