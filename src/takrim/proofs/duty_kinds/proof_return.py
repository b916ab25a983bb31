"""A returned proof: its office completes it and sends it again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.duties.kind import DutyKind

PLUGIN = DutyKind(title=_("Proof to complete"), length="5 working_days")
