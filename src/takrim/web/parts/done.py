"""What an office did, in words: when it was, in which way, for whom and for how many."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from takrim.proofs.models import Action, Manner
from takrim.web.parts.templatetags.takrim import jdate, number

MANNERS: dict[str, str | Promise] = {
    Manner.IN_PERSON: _("In person"),
    Manner.ONLINE: _("Online"),
    Manner.BOTH: _("In person and online"),
}


def days(action: Action) -> str:
    """When it was done."""
    if action.done_until and action.done_until != action.done_on:
        return gettext("{first} to {last}").format(first=jdate(action.done_on), last=jdate(action.done_until))
    return jdate(action.done_on)


def people(action: Action) -> SafeString:
    """For whom, in people's own words, and how many of them were women and men where that was said."""
    count = _many(ngettext("{count} person", "{count} people", action.people or 0), action.people)
    parts = [
        _many(ngettext("{count} woman", "{count} women", action.women or 0), action.women),
        _many(ngettext("{count} man", "{count} men", action.men or 0), action.men),
    ]
    audience = f"<bdi>{escape(action.audience)}</bdi>" if action.audience else ""
    return SafeString(" · ".join(filter(None, [audience, *map(escape, [count, *parts])])))


def _many(words: str, count: int | None) -> str:
    return "" if count is None else words.format(count=number(count))
