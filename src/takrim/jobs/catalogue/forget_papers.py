"""Removes papers that were drawn more than a week ago; whoever wants one again has it drawn again."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from takrim.tasks.job import Job
from takrim.web.papers import forget

PLUGIN = Job(title=_("Remove papers drawn long ago"), at=time(3, 40), run=forget)
