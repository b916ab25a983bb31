"""A transfer: the office that gets a case accepts or returns it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.duties.kind import DutyKind

PLUGIN = DutyKind(title=_("Transfer to accept or return"), length="1 working_days")
