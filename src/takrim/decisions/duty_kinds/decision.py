"""A part in a decision: what one office carries out of what a body decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.decisions.models import Share
from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    """One query. A part that went on after it had been stopped has had several duties, all about the same."""
    parts = {duty.pk: _part(duty.about) for duty in duties}
    rows = Share.objects.filter(decision__code__in={code for code, _place in parts.values()})
    found = {
        (share.decision.code, share.place): share for share in rows.select_related("decision__body", "organisation")
    }
    return {number: _head(found[part]) for number, part in parts.items() if part in found}


def _part(about: str) -> tuple[str, int]:
    """The decision's code and the place of the part, from `decision:05…/2`."""
    code, _slash, place = about.partition(":")[2].partition("/")
    return code, int(place or 0)


def _head(share: Share) -> Head:
    decision = share.decision
    return Head(
        title=share.title,
        number=decision.number,
        page=f"/council/decisions/{decision.code}/",
        state=share.state,
        note=" · ".join(filter(None, [decision.body.name, share.from_outside])),
    )


PLUGIN = DutyKind(title=_("Decision to carry out"), length="30 calendar_days", heads=_heads)
