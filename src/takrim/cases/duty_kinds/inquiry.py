"""An inquiry: a body outside is asked, and the office that asks sees to it that an answer comes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases.duty_kinds.referral import go_on
from takrim.duties.kind import DutyKind

PLUGIN = DutyKind(title=_("Inquiry"), length="10 working_days", on_answered=go_on)
