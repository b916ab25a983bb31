"""Opens what bodies owe in the period that has begun."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from takrim.councils.actions_rhythm import owe_meetings
from takrim.tasks.job import Job

PLUGIN = Job(title=_("Open the meetings that bodies owe"), at=time(0, 20), run=owe_meetings)
