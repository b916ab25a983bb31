"""Lets offices that were opened owe what directives in force demand of all: by a date counted from then on."""

from __future__ import annotations

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.directives.actions_issue import join, waiting_for_newcomers
from takrim.orgs.actor import system
from takrim.tasks.job import Job


def run(now: datetime) -> int:
    """Each directive by itself; says how many addressees have joined."""
    actor, joined = system("join_directives"), 0
    for directive in waiting_for_newcomers(now):
        try:
            joined += join(directive=directive, by=actor, now=now)
        except Refusal:
            # A secretary was faster, or it has just ended.
            continue
    return joined


PLUGIN = Job(title=_("Let new offices join directives"), at=time(0, 40), run=run)
