"""The buttons of a case: steps that can be taken now. Written directly: each page of a case has eight of them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from takrim.web.parts.templatetags.takrim import icon
from takrim.web.staff.shown import lang
from takrim.web.staff.steps import STEPS

# Where the number of the case, the form's token and the version stand in a button that is kept.
_CODE, _TOKEN, _VERSION = "\x01", "\x02", "\x03"
CSS = {"main": ' class="btn btn-primary"', "beside": ' class="btn btn-outline-secondary"', "rare": ""}


class Offer(NamedTuple):
    """A step that can be taken now, and its button."""

    key: str
    drawn: SafeString


@lru_cache(maxsize=256)
def _kept(key: str, place: str, _lang: str) -> str:
    step, address = STEPS[key], f"/staff/cases/{_CODE}/"
    look, words = CSS[place], f"{icon(step.icon)} {escape(step.title)}"
    if step.form is None:
        hidden = f'<input type="hidden" name="csrfmiddlewaretoken" value="{_TOKEN}">'
        hidden += f'<input type="hidden" name="version" value="{_VERSION}">'
        return f'<form method="post" action="{address}{key}/">{hidden}<button{look}>{words}</button></form>'
    get = f"{address}?do={key}"
    fetch = f'hx-get="{get}" hx-target="#work" hx-swap="outerHTML"'
    return f'<a{look} href="{get}#work" {fetch}>{words}</a>'


def offer(key: str, place: str, *, code: str, version: str, token: str) -> Offer:
    """A step with its button: a link to its form, or one press that takes it at once. `place`: main, beside or rare."""
    kept = _kept(key, place, lang()).replace(_CODE, code)
    return Offer(key, SafeString(kept.replace(_TOKEN, escape(token)).replace(_VERSION, escape(version))))
