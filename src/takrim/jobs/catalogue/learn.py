"""Learns every night from each province's own cases where matters belong."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from takrim.cases.learning import learn_all
from takrim.tasks.job import Job

PLUGIN = Job(title=_("Learn where matters belong"), at=time(2, 40), run=learn_all)
