"""What can be done to the tree of offices."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from takrim.orgs.actions_posts import require_in_scope
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power
from takrim.orgs.stamps import bump
from takrim.orgs.telling import tell


@transaction.atomic
def open_unit(*, path: str, kind: str, name: str, by: Actor, now: datetime) -> Unit:
    """Open an office that has one name in both languages, as offices of other systems have."""
    require_in_scope(by, Power.POSTS_EDIT, path)
    unit = Unit(path=path, kind=kind, name_fa=name, name_en=name, short_fa=name, short_en=name)
    unit.save(force_insert=True)
    bump("units")
    tell("unit.opened", on=f"unit:{path}", unit_path=path, by=by, at=now, unit=path, kind=kind)
    return unit
