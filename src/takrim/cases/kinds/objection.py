"""An objection to an answer or a decision of the office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.kind import MessageKind

PLUGIN = MessageKind(
    title=_("Objection"),
    meaning=_("You object to a decision or an answer of the office."),
    length="15 working_days",
    order=7,
    mark="ع",
)
