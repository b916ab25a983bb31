"""The address at which a person chooses a password; made by the layer that signs people in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from takrim.orgs.models import Person

_account: list[Callable[[Person], str]] = []


def take_account_links(make: Callable[[Person], str]) -> None:
    """Called once, by the layer that signs people in."""
    _account[:] = [make]


def account_link(person: Person) -> str:
    """Where this person chooses a password; works once and for some days."""
    return f"{settings.ADDRESS}{_account[0](person)}"
