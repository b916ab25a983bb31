"""The final answer: what an office owes the person who brought a matter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.duties.kind import DutyKind

PLUGIN = DutyKind(title=_("Final answer"), length="20 calendar_days")
