"""Takes the steps of the ladders that have come."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.escalation import escalate
from takrim.tasks.job import Job

PLUGIN = Job(title=_("Tell those above what is late"), every=timedelta(minutes=5), run=escalate)
