"""A report: somebody saw a fact that should be known."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.kind import MessageKind

PLUGIN = MessageKind(
    title=_("Report"),
    meaning=_("You saw something that the office should know."),
    length="20 calendar_days",
    order=4,
    mark="گ",
)
