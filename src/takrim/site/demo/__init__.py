"""The demonstration: an invented half-year of two provinces and some others, lived through the real deeds.

`takrim demo` loads it (load.py). Everything is drawn first from the parts in ../demonstration (texts, compose, offices,
people, scenario, plot), then happens in the order of time (stage).
"""

from __future__ import annotations

from dataclasses import dataclass

from takrim.site.demo import marker

PASSWORD = marker.PASSWORD


@dataclass(frozen=True)
class Receipt:
    """A case that a visitor may track as if it were theirs: number and secret as they stand on a receipt."""

    code: str
    secret: str
    state: str


def signins() -> list[tuple[str, str, str, str]]:
    """User name, name, post and path of the office of those as whom a visitor may look around; none without marker."""
    from django.utils.translation import get_language

    from takrim.orgs.models import Person

    found = marker.read()
    if found is None:
        return []
    people = dict(Person.objects.filter(is_active=True).values_list("username", "name"))
    english = get_language() == "en"
    return [
        (one.username, people[one.username], one.title_en if english else one.title_fa, one.path)
        for one in found.sign_ins
        if one.username in people
    ]


def receipts() -> list[Receipt]:
    """The receipts a visitor may use; none without marker."""
    from takrim.base import codes
    from takrim.cases.actions_intake import secret_of
    from takrim.cases.models import Case

    found = marker.read()
    cases = {case.code: case for case in Case.objects.filter(code__in=found.receipts)} if found else {}
    return [
        Receipt(codes.pretty(code), codes.pretty_secret(secret_of(cases[code])), cases[code].state)
        for code in (found.receipts if found else ())
        if code in cases
    ]
