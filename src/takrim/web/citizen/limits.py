"""How often somebody may guess: failures are counted per address in the cache that all processes share."""

from __future__ import annotations

import hashlib
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal

WINDOW_MINUTES = 15
MOST_FAILURES = 20


class TooManyTries(Refusal):
    code = "too_many_tries"
    status = 429
    message = _("There were too many wrong tries from here. Wait {minutes} minutes, then try again.")


def _key(request: HttpRequest, what: str) -> str:
    # A digest: addresses do not stand in the cache.
    address = get_adapter().get_client_ip(request)
    return f"tries:{what}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"


def _recent(key: str, now: datetime) -> list[float]:
    since = now.timestamp() - WINDOW_MINUTES * 60
    times: list[float] = cache.get(key, [])
    return [at for at in times if at > since]


def spent(request: HttpRequest, what: str, *, now: datetime) -> bool:
    """Whether this address has used up what it may do in a quarter of an hour."""
    return len(_recent(_key(request, what), now)) >= MOST_FAILURES


def check(request: HttpRequest, what: str, *, now: datetime) -> None:
    """Raise TooManyTries when this address has used up its tries of the last quarter of an hour."""
    if spent(request, what, now=now):
        raise TooManyTries(minutes=WINDOW_MINUTES)


def count(request: HttpRequest, what: str, *, now: datetime) -> None:
    """One more try. Two at once may count as one, which does no harm: what is guessed has forty bits."""
    key = _key(request, what)
    cache.set(key, [*_recent(key, now)[-MOST_FAILURES:], now.timestamp()], WINDOW_MINUTES * 60)
