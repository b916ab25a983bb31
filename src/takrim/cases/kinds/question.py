"""A question: how something is done, or where."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.kind import MessageKind

PLUGIN = MessageKind(
    title=_("Question"),
    meaning=_("You want to know how something is done, or where."),
    length="5 working_days",
    order=3,
    mark="س",
)
