"""Writes to heads, in the morning, about clauses of directives that fall due in the next days."""

from __future__ import annotations

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from takrim.directives.letters.clause_due import drafts
from takrim.letters.write import write
from takrim.tasks.job import Job


def run(now: datetime) -> int:
    """Says how many letters."""
    return write("clause_due", drafts(now))


PLUGIN = Job(title=_("Remind heads of clauses"), at=time(7, 15), run=run)
