"""Gives new work to colleagues in offices that share it out by themselves."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.share_out import share_out
from takrim.tasks.job import Job

PLUGIN = Job(title=_("Share new work out"), every=timedelta(seconds=10), run=share_out)
