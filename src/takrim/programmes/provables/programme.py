"""A planned action of a programme: its office proves that it was done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.orgs.actor import Actor
from takrim.programmes.models import Planned
from takrim.programmes.proving import follow, hold
from takrim.proofs.provable import Owing, Provable, Thing


def _address(row: Planned) -> str:
    return f"/council/programmes/actions/{row.pk}/"


def _describe(codes: Collection[str]) -> Mapping[str, Thing]:
    rows = Planned.objects.filter(code__in=codes)
    return {row.code: Thing(code=row.code, title=row.title, address=_address(row)) for row in rows}


def _owed_by(actor: Actor) -> Sequence[Owing]:
    """What the actor's own office has not proven yet."""
    rows = Planned.objects.standing().filter(unit_path=actor.unit_path, duty__settled_at=None)
    return [
        Owing(code=row.code, title=row.title, address=_address(row), due=row.duty.due_at)
        for row in rows.select_related("duty").order_by("duty__due_at")[:200]
    ]


def _open_to(code: str, actor: Actor) -> bool:
    return Planned.objects.standing().filter(code=code, unit_path=actor.unit_path).exists()


PLUGIN = Provable(
    title=_("Planned action of a programme"),
    describe=_describe,
    owed_by=_owed_by,
    hold=hold,
    support_changed=follow,
    open_to=_open_to,
)
