"""Carries the letters that wait, and tries again those that could not be carried."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.letters.carry import carry_waiting
from takrim.tasks.job import Job

# A person at the screen waits for a number on the telephone.
PLUGIN = Job(title=_("Carry letters"), every=timedelta(seconds=5), run=carry_waiting)
