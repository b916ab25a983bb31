"""The service cards a new house starts with, one file each in catalogue/; a changed file is a new version."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from takrim.cards.actions import CardText, publish_version
from takrim.cards.models import CardVersion
from takrim.orgs.actor import Actor, system
from takrim.orgs.paths import ROOT

CATALOGUE = Path(__file__).parent / "catalogue"
# These are columns; all other fields of a file are the content of the version.
_COLUMNS = {"title", "promise", "national_code", "valid_from"}


class CardFile(NamedTuple):
    """A card as its file has it."""

    code: str
    national_code: str
    since: date
    says: CardText


def read(path: Path) -> CardFile:
    """One file of the catalogue. Raises KeyError or ValueError when it is not a card."""
    fields: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    says = CardText(
        title_fa=fields["title"]["fa"],
        title_en=fields["title"]["en"],
        promise=fields["promise"],
        content={name: value for name, value in fields.items() if name not in _COLUMNS},
    )
    return CardFile(path.stem, fields.get("national_code", ""), date.fromisoformat(fields["valid_from"]), says)


def catalogue(folder: Path = CATALOGUE) -> Iterator[CardFile]:
    """Every card of the folder, by code."""
    return (read(path) for path in sorted(folder.glob("*.toml")))


@transaction.atomic
def seed(now: datetime, folder: Path = CATALOGUE) -> int:
    """Publish what the files say and the database does not; says how many versions. Run again it adds nothing.

    A card the office has changed or withdrawn itself is the office's: its file no longer speaks.
    """
    by = system("seed")
    standing = CardVersion.objects.standing().filter(path=ROOT).select_related("card").order_by("valid_from")
    latest = {version.card.code: version for version in standing}
    published = 0
    for file in catalogue(folder):
        known = latest.get(file.code)
        if known is not None and (_is_theirs(known, by) or file.says.is_said_by(known)):
            continue
        publish_version(
            code=file.code,
            says=file.says,
            national_code=file.national_code,
            since=file.since if known is None else None,
            by=by,
            now=now,
        )
        published += 1
    return published


def _is_theirs(version: CardVersion, by: Actor) -> bool:
    return version.recorded_by != by.code or version.valid_until is not None
