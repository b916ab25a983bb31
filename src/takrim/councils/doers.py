"""Who carries a decision out, as minutes write it: offices by their path, organisations from outside by a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from takrim.cases.models_partners import Partner
from takrim.councils.models import Body, Membership
from takrim.orgs.units import unit_name

_OUTSIDE = "outside:"


def outside(number: int) -> str:
    """How minutes name an organisation without an office here."""
    return f"{_OUTSIDE}{number}"


def number_of(doer: str) -> int | None:
    """The number of the organisation; None for an office, and for words that name nobody."""
    number = doer.removeprefix(_OUTSIDE)
    known = doer.startswith(_OUTSIDE) and number.isascii() and number.isdigit() and len(number) < 19
    return int(number) if known else None


def organisations(body: Body, day: date) -> dict[str, str]:
    """Those that sit in a body on a day, with their names: what they have taken part in deciding they can owe."""
    seats = Membership.objects.valid(day).filter(body=body, organisation__isnull=False)
    rows = seats.order_by("organisation__name").values_list("organisation__pk", "organisation__name")
    return {outside(number): name for number, name in rows}


def with_seats(body: Body, numbers: Iterable[int]) -> dict[int, Partner]:
    """Of these organisations those that sit in the body, or have sat there: nobody else is bound by its words."""
    wanted = set(numbers)
    seats = Membership.objects.filter(body=body, organisation__in=wanted).values("organisation_id")
    return Partner.objects.filter(pk__in=seats).in_bulk() if wanted else {}


def names(doers: Sequence[str]) -> list[str]:
    """In Persian, as sealed minutes keep them. No query where all of them are offices."""
    numbers = {number for doer in doers if (number := number_of(doer)) is not None}
    known = Partner.objects.in_bulk(numbers) if numbers else {}
    return [_name(doer, known) for doer in doers]


def _name(doer: str, known: dict[int, Partner]) -> str:
    number = number_of(doer)
    if number is None:
        return unit_name(doer, "fa")
    return known[number].name if number in known else doer
