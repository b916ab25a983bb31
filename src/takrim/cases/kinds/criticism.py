"""A criticism of a policy, a process or a decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.kind import MessageKind

PLUGIN = MessageKind(
    title=_("Criticism"),
    meaning=_("You find a policy, a process or a decision wrong."),
    length="20 calendar_days",
    order=5,
    mark="ن",
)
