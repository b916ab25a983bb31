"""A returned proof: its office completes it and sends it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty
from takrim.proofs.models import SUBJECT, Action


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    """One query."""
    codes = {duty.about.removeprefix(SUBJECT) for duty in duties}
    actions = {action.subject: action for action in Action.objects.filter(code__in=codes)}
    return {duty.pk: _head(actions[duty.about]) for duty in duties if duty.about in actions}


def _head(action: Action) -> Head:
    return Head(
        title=action.title, number=action.code, page=f"/council/proofs/{action.code}/", state=action.state, note=""
    )


PLUGIN = DutyKind(title=_("Proof to complete"), length="5 working_days", heads=_heads)
