"""Forgets what people began to write and left, and numbers sent to telephones."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.channels.actions_draft import forget_old
from takrim.orgs.actor import system
from takrim.tasks.job import Job


def run(now: datetime) -> int:
    """Says how many rows were dropped."""
    return forget_old(by=system("forget_drafts"), now=now)


PLUGIN = Job(title=_("Forget drafts that nobody went on with"), every=timedelta(hours=1), run=run)
