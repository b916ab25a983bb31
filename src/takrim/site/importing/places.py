"""Offices named in a file: found below the map's office by their name, or opened there."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from takrim.base.persian import fold
from takrim.orgs.actions_units import open_unit
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.site.importing.mapping import BadMap, Map
from takrim.site.importing.rows import RowRefused

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """A short Latin name for a path; names without Latin letters get one made of their hash."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = _NOT_PLAIN.sub("-", plain).strip("-")[:40].strip("-")
    return slug or f"office-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


class Places:
    """Offices by the name that the file gives them, kept while the file is read."""

    def __init__(self, plan: Map, *, by: Actor, now: datetime) -> None:
        self.plan, self.by, self.now = plan, by, now
        above = Unit.objects.filter(path=plan.under).first()
        if above is None and not plan.create:
            raise BadMap(what=_("There is no office at {path}.").format(path=plan.under))
        self.above = above or self._open(plan.under, plan.source)
        self.known: dict[str, Unit] = {}
        for unit in Unit.objects.all().under(plan.under):
            for name in (unit.name_fa, unit.name_en, unit.short_fa, unit.short_en):
                self.known.setdefault(fold(name), unit)

    def _open(self, path: str, name: str) -> Unit:
        return open_unit(path=path, kind="imported", name=name, by=self.by, now=self.now)

    def of(self, name: str) -> Unit:
        """The office of that name. Raises RowRefused when it is unknown and may not be opened."""
        key = fold(name)
        if key not in self.known:
            if not self.plan.create:
                raise RowRefused(_("There is no office “{name}” below {path}.").format(name=name, path=self.plan.under))
            path = f"{self.plan.under}{slug_of(name)}/"
            if Unit.objects.filter(path=path).exists():
                path = f"{path[:-1]}-{hashlib.sha256(name.encode()).hexdigest()[:6]}/"
            self.known[key] = self._open(path, name)
        return self.known[key]

    def paths(self, names: Iterable[str]) -> list[str]:
        """Where the offices of these names are, as far as they are known."""
        return [self.known[key].path for name in names if (key := fold(name)) in self.known]

    def let_go(self) -> None:
        """A row was taken back: offices that were opened for it are not there any more."""
        there = set(Unit.objects.filter(pk__in=[unit.pk for unit in self.known.values()]).values_list("pk", flat=True))
        self.known = {key: unit for key, unit in self.known.items() if unit.pk in there}
