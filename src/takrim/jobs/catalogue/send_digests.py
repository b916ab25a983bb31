"""Writes each person's digest of the day, in the morning."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.escalation import send_digests
from takrim.tasks.job import Job

PLUGIN = Job(title=_("Write the digest of the day"), every=timedelta(minutes=15), run=send_digests)
