"""Reading the letters: what the operator sees."""

from __future__ import annotations

from datetime import datetime

from takrim.letters.catalogue import confirm_address
from takrim.letters.models import Letter, LetterQuerySet
from takrim.orgs.actor import Actor


def letters_for(actor: Actor) -> LetterQuerySet:
    """The letters that this person may read."""
    return Letter.objects.all().seen_by(actor)


def outbox(actor: Actor) -> LetterQuerySet:
    """Letters that nobody carried out of the house because no carrier is set up: they are read on the outbox page."""
    return letters_for(actor).filter(carrier="outbox").order_by("-id")


def waiting_since(now: datetime) -> datetime | None:
    """When the oldest letter was due that nobody has carried yet; None when none waits."""
    due = Letter.objects.due(now).order_by("next_try_at")
    return due.values_list("next_try_at", flat=True).first()


def counts(now: datetime) -> dict[str, int]:
    """How many letters are waiting, held until their address is confirmed, and given up."""
    unfinished = Letter.objects.unfinished()
    return {
        "waiting": unfinished.filter(next_try_at__isnull=False).count(),
        "late": Letter.objects.due(now).count(),
        "held": Letter.objects.held().count(),
        "given_up": Letter.objects.given_up().count(),
    }


def letter_of_link(token: str) -> Letter | None:
    """The question whose link somebody opened; None for a link that is forged or too old."""
    number = confirm_address.read_token(token)
    return Letter.objects.filter(pk=number, kind=confirm_address.CODE).first() if number else None
