"""Thanks: somebody was served well."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.kind import MessageKind

PLUGIN = MessageKind(
    title=_("Thanks"),
    meaning=_("You were served well and want to say so."),
    length="20 calendar_days",
    order=8,
    mark="ق",
)
