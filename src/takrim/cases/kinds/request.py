"""A request: a service, a law or a directive should be applied to somebody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.kind import MessageKind

PLUGIN = MessageKind(
    title=_("Request"),
    meaning=_("You ask that a service or a rule be applied to you."),
    length="20 calendar_days",
    order=2,
    mark="د",
)
