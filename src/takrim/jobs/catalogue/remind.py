"""Reminds offices of what will soon be due and of what is overdue."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.reminders import remind
from takrim.tasks.job import Job

PLUGIN = Job(title=_("Remind offices of what is due"), every=timedelta(minutes=15), run=remind)
