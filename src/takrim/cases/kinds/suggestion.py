"""A suggestion: a better, quicker or cheaper way."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.kind import MessageKind

PLUGIN = MessageKind(
    title=_("Suggestion"),
    meaning=_("You know a better, quicker or cheaper way."),
    length="30 calendar_days",
    order=6,
    mark="پ",
)
