"""A complaint: a right was not kept, or a service was below its standard."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.kind import MessageKind

PLUGIN = MessageKind(
    title=_("Complaint"),
    meaning=_("A right of yours was not kept, or a service was not what it should be."),
    length="15 working_days",
    order=1,
    mark="ش",
)
