"""Cards as one JSON document, written out with versions and dates and read back field by field: docs/cards.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.length import BadLength, Length
from takrim.cards import schema
from takrim.cards.actions import CardText
from takrim.cards.models import CardVersion
from takrim.cards.schema import Fault, PartsNeeded, UnknownField
from takrim.orgs.paths import ROOT
from takrim.orgs.units import house_of

FORMAT = "takrim-cards"
VERSION = 1
_HEAD = ("format", "version", "cards")
_CARD = ("code", "national_code", "house", "versions")
_DATED = ("since", "until", "title", "promise", "content")


class NotJson(Refusal):
    code = "cards_not_json"
    status = 422
    message = _("This is not JSON: line {line}, character {column}.")


class DocumentWrong(Refusal):
    """`faults`: one sentence a line, each with the field it is about."""

    code = "cards_document_wrong"
    status = 422
    message = "{faults}"


class WrongKind(Fault):
    message = _("{field}: this is not a document of service cards of a form that is known here.")


class DateNeeded(Fault):
    message = _("{field}: a date is needed, such as 2026-11-26.")


class DatesOutOfOrder(Fault):
    message = _("{field}: it must be later than the date before it.")


class LengthNeeded(Fault):
    message = _("{field}: a length of time is needed, such as 10 working days.")


class HouseUnknown(Fault):
    message = _("{field}: there is no province and no ministry at this path.")


class NationalCodeWrong(Fault):
    message = _("{field}: 11 digits are needed, or nothing.")


class Twice(Fault):
    message = _("{field}: this card of this house stands in the document twice.")


@dataclass(frozen=True)
class Dated:
    """One version: what it says, from when, and until when if that is known."""

    says: CardText
    since: date
    until: date | None


@dataclass(frozen=True)
class CardRow:
    """One card of one house, with its versions in the order of their dates."""

    code: str
    national_code: str
    house: str
    versions: tuple[Dated, ...]


def write_out(*, house: str = "", on: date | None = None) -> dict[str, Any]:
    """All cards, or those of one house; with all their versions, or only those that hold on a day or are to come."""
    rows = CardVersion.objects.standing().select_related("card").order_by("card__code", "path", "valid_from")
    if house:
        rows = rows.filter(path=house)
    cards: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        if on is not None and row.valid_until is not None and row.valid_until <= on:
            continue
        key = (row.card.code, row.path)
        head = {"code": key[0], "national_code": row.card.national_code, "house": key[1], "versions": []}
        cards.setdefault(key, head)["versions"].append(_dated(row))
    return {"format": FORMAT, "version": VERSION, "cards": list(cards.values())}


def _dated(row: CardVersion) -> dict[str, Any]:
    return {
        "since": row.valid_from.isoformat(),
        "until": row.valid_until.isoformat() if row.valid_until else None,
        "title": {"fa": row.title_fa, "en": row.title_en},
        "promise": str(row.length),
        "content": row.content,
    }


def read(text: str) -> list[CardRow]:
    """The cards of a document. Raises NotJson, or DocumentWrong with all that is wrong."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotJson(line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise NotJson(line=1, column=1) from error
    if found := list(_of_document(document)):
        raise DocumentWrong(faults="\n".join(str(fault) for fault in found))
    return [_card(row) for row in document["cards"]]


def _card(row: Mapping[str, Any]) -> CardRow:
    versions = tuple(_version(one) for one in row["versions"])
    return CardRow(row["code"], row["national_code"], row["house"], versions)


def _version(row: Mapping[str, Any]) -> Dated:
    says = CardText(
        title_fa=row["title"]["fa"], title_en=row["title"]["en"], promise=row["promise"], content=row["content"]
    )
    return Dated(says, date.fromisoformat(row["since"]), date.fromisoformat(row["until"]) if row["until"] else None)


def _of_document(document: Any) -> Iterator[Fault]:
    if not isinstance(document, Mapping) or set(document) != set(_HEAD):
        yield PartsNeeded(field="document", parts=", ".join(_HEAD))
        return
    if (document["format"], document["version"]) != (FORMAT, VERSION) or not isinstance(document["cards"], list):
        yield WrongKind(field="format")
        return
    seen: set[tuple[str, str]] = set()
    for n, card in enumerate(document["cards"]):
        field = f"cards[{n}]"
        yield from (faults := list(_of_card(field, card)))
        if not faults and (key := (card["code"], card["house"])) in seen:
            yield Twice(field=field)
        elif not faults:
            seen.add(key)


def _of_card(field: str, card: Any) -> Iterator[Fault]:
    if not isinstance(card, Mapping) or set(card) != set(_CARD):
        yield PartsNeeded(field=field, parts=", ".join(_CARD))
        return
    yield from schema.slug(f"{field}.code", card["code"])
    national = card["national_code"]
    if not isinstance(national, str) or (national and not (len(national) == 11 and national.isdecimal())):
        yield NationalCodeWrong(field=f"{field}.national_code")
    house = card["house"]
    if not isinstance(house, str) or (house != ROOT and house_of(house) != house):
        yield HouseUnknown(field=f"{field}.house")
    versions = card["versions"]
    if not isinstance(versions, list) or not 0 < len(versions) <= schema.MOST:
        yield schema.ListNeeded(field=f"{field}.versions")
        return
    before: date | None = None
    for n, one in enumerate(versions):
        place = f"{field}.versions[{n}]"
        faults = list(_of_version(place, one, before))
        yield from faults
        if not faults:
            before = date.fromisoformat(one["until"] or one["since"])


def _of_version(field: str, row: Any, before: date | None) -> Iterator[Fault]:
    if not isinstance(row, Mapping) or set(row) != set(_DATED):
        yield PartsNeeded(field=field, parts=", ".join(_DATED))
        return
    yield from schema.text(f"{field}.title", row["title"])
    yield from _of_dates(field, row, before)
    try:
        Length.parse(row["promise"] if isinstance(row["promise"], str) else "")
    except BadLength:
        yield LengthNeeded(field=f"{field}.promise")
    if not isinstance(row["content"], Mapping):
        yield UnknownField(field=f"{field}.content")
        return
    for fault in schema.faults(row["content"]):
        yield type(fault)(**{**fault.facts, "field": f"{field}.content.{fault.facts['field']}"})


def _of_dates(field: str, row: Mapping[str, Any], before: date | None) -> Iterator[Fault]:
    since, until = _day(row["since"]), _day(row["until"])
    if since is None:
        yield DateNeeded(field=f"{field}.since")
    elif before is not None and since < before:
        yield DatesOutOfOrder(field=f"{field}.since")
    if until is None and row["until"] is not None:
        yield DateNeeded(field=f"{field}.until")
    elif since is not None and until is not None and until <= since:
        yield DatesOutOfOrder(field=f"{field}.until")


def _day(value: Any) -> date | None:
    # Only the one form: 2026-11-26.
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
