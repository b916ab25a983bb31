""" "Was this enough?": what a visitor has been shown and has said, each counted once in a visit, without an account.

The visitor's own browser remembers it, as digests in a signed cookie that ends with the visit and is sent nowhere but
to the cards and the form: the house keeps numbers only.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from takrim.cards.actions_help import Mark, count_help
from takrim.cards.answers import WHOLE, answers_of
from takrim.cards.models import CardVersion
from takrim.orgs.actor import holder
from takrim.web.citizen import limits

# One cookie a path: no other page is told, least of all the anonymous report.
COOKIES = {"helped": "/services/", "helped_before": "/file/"}
# The oldest are forgotten first; a cookie has room for these.
MOST = 150
_SAID = (Mark.ENOUGH, Mark.NOT_ENOUGH)


class Visit:
    """What this visit has counted, and what is to be remembered of it."""

    def __init__(self, request: HttpRequest, place: str, now: datetime) -> None:
        self.request, self.place, self.now = request, place, now
        kept = ".".join(_kept(request, name) for name in COOKIES)
        self.known = list(dict.fromkeys(one for one in kept.split(".") if one))

    def has(self, card: str, question: str, *marks: Mark) -> bool:
        """Whether one of the marks was counted in this visit."""
        return any(_digest(card, question, mark) in self.known for mark in marks)

    def count(self, card: str, question: str, mark: Mark) -> None:
        """Count it, unless this visit has already."""
        if self.has(card, question, mark):
            return
        count_help(card=card, question=question, mark=mark, place=self.place, by=holder(), now=self.now)
        self.known.append(_digest(card, question, mark))

    def say(self, card: str, question: str, mark: Mark) -> str:
        """The one press: what it was shown is counted with it. The answer is what the visitor reads."""
        if self.has(card, question, *_SAID):
            return _("You have said so already. Thank you.")
        if limits.spent(self.request, "marks", now=self.now):
            return _("Thank you. So much was said from here just now that this was not counted.")
        limits.count(self.request, "marks", now=self.now)
        for one in {WHOLE, question}:
            self.count(card, one, Mark.SHOWN)
        self.count(card, question, mark)
        if mark is Mark.ENOUGH:
            return _("Thank you. A visit is saved.")
        return _("Thank you. The office reads what was not enough; you can file your matter.")

    def filed(self, card: CardVersion | None) -> None:
        """The matter was filed all the same: of the card, and of each answer that was opened before."""
        if card is None:
            return
        for question in (WHOLE, *(answer["key"] for answer in answers_of(card))):
            if self.has(card.card.code, question, Mark.SHOWN):
                self.count(card.card.code, question, Mark.FILED)

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Let the browser know, until the visit ends."""
        value = ".".join(self.known[-MOST:])
        for name, path in COOKIES.items():
            response.set_signed_cookie(name, value, path=path, secure=settings.SECURE, httponly=True, samesite="Lax")
        return response


def _kept(request: HttpRequest, name: str) -> str:
    try:
        return str(request.get_signed_cookie(name, default="") or "")
    except BadSignature:
        return ""


def _digest(card: str, question: str, mark: Mark) -> str:
    return hashlib.sha256(f"{card} {question} {mark}".encode()).hexdigest()[:8]


def forget(response: HttpResponse) -> None:
    """Let the browser forget it."""
    for name, path in COOKIES.items():
        response.delete_cookie(name, path=path, samesite="Lax")
