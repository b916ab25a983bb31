"""Hears what carriers say about answers that were sent: they are delivered by that word, or were tried in vain."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.base.errors import Refusal
from takrim.cases.actions_delivery import arrived
from takrim.cases.actions_send import fail
from takrim.cases.delivery import Heard, heard
from takrim.orgs.actor import system
from takrim.tasks.job import Job


def run(now: datetime) -> int:
    """Each in its own transaction, so that one which cannot move holds up no other; says how many were settled."""
    settled = 0
    for word in heard(now):
        try:
            _settle(word)
        except Refusal:
            # Settled or answered by somebody in this very moment.
            continue
        settled += 1
    return settled


def _settle(word: Heard) -> None:
    by = system("hear_carriers")
    if word.arrived:
        arrived(attempt=word.attempt, proof=word.words, by=by, now=word.at)
    else:
        why = _("The carrier gave it up: {why}").format(why=word.words or "—")
        fail(attempt=word.attempt, why=why, by=by, now=word.at)


PLUGIN = Job(title=gettext_lazy("Hear what became of answers that were sent"), every=timedelta(minutes=1), run=run)
