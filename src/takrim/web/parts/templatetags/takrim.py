"""Template tags and filters: words, numbers and dates in the page's language, fields, icons, pills."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from takrim.base import clock, codes, jalali, persian, words
from takrim.indicators.indicator import INDICATORS
from takrim.web.parts import assets, fields, timeline
from takrim.web.parts.pills import pill as pill_of

register = template.Library()
# What a filter says of None, and of the empty text that a name unknown to the template gives.
NOTHING = "—"
# These point along the line of reading, so they turn round in right-to-left pages.
TURNING = frozenset({"next", "prev", "back", "forward", "reply", "send", "sign-in", "sign-out", "list", "refer"})
SOON = timedelta(days=2)


def language() -> str:
    """'fa' or 'en': the language of this page."""
    return "en" if (get_language() or "fa").startswith("en") else "fa"


@register.filter
def number(value: int | float | Fraction | str | None, decimals: int = 0) -> str:
    return NOTHING if value is None or isinstance(value, str) else words.number(value, language(), int(decimals))


@register.filter
def percent(value: Fraction | float | str | None) -> str:
    """A share 0..1 as a percentage; nothing measured is a dash, never zero."""
    return NOTHING if value is None or isinstance(value, str) else words.percent(Fraction(value), language())


@register.filter
def jdate(value: date | datetime | None) -> str:
    return words.date(value, language()) if value else NOTHING


@register.filter
def jdatetime(value: datetime | None) -> str:
    return words.datetime(value, language()) if value else NOTHING


def listed(words: Iterable[str]) -> str:
    """Words one after the other, with the comma of the page's language."""
    return ("، " if language() == "fa" else ", ").join(words)


@register.filter
def duration(value: timedelta | float | str | None) -> str:
    return NOTHING if value is None or isinstance(value, str) else words.duration(value, language())


@register.filter
def jnumeric(value: date | datetime | None) -> str:
    """«۱۴۰۵/۰۹/۰۲»: for narrow columns."""
    if not value:
        return NOTHING
    return jalali.numeric(clock.local(value).date() if isinstance(value, datetime) else value, language())


@register.filter
def jtime(value: datetime | None) -> str:
    return words.time(value, language()) if value else NOTHING


@register.filter
def timeleft(due: datetime | None, now: datetime | None = None) -> str:
    """`{{ duty.due_at|timeleft:now }}`: days and hours left or gone."""
    return words.time_left(now or clock.now(), due, language()) if due else NOTHING


@register.filter
def dueclass(due: datetime | None, now: datetime | None = None) -> str:
    """The class that colours a row by its time: due-late, due-soon, due-ok, due-none."""
    if not due:
        return "due-none"
    left = due - (now or clock.now())
    if left < timedelta(0):
        return "due-late"
    return "due-soon" if left <= SOON else "due-ok"


@register.filter
def digits(value: object) -> str:
    text = "" if value is None else str(value)
    return persian.persian_digits(text) if language() == "fa" else persian.ascii_digits(text)


@register.filter
def hours(value: str) -> str:
    """«۰۷:۳۰ تا ۱۲:۰۰، ۱۳:۰۰ تا ۱۵:۰۰»: a dash would be read from the wrong end between Persian words."""
    until, comma = (" تا ", "، ") if language() == "fa" else ("–", ", ")
    return digits(value.replace("-", until).replace(",", comma))


@register.filter
def filesize(value: int | str | None) -> str:
    return NOTHING if value is None or isinstance(value, str) else words.file_size(int(value), language())


_SMALL = re.compile("[a-z]")


@register.filter
def code(value: str | None) -> SafeString | str:
    """A tracking code in groups, never turned round by the text about it; the number of a letter by its own letters.

    A hash, a key or the name of a file keeps its digits: it is compared and typed as it stands.
    """
    if not value:
        return NOTHING
    text = codes.pretty(value) if len(value) == codes.LENGTH and value.isdecimal() else value
    direction = "ltr" if text.isascii() else "auto"
    shown = text if _SMALL.search(text) else digits(text)
    return SafeString(f'<bdi class="code" dir="{direction}">{escape(shown)}</bdi>')


# A command between backticks, or the path of an office.
_TYPED = re.compile(r"`([^`]+)`|\bir/(?:[a-z0-9_-]+/)*")


@register.filter
def as_typed(sentence: str) -> SafeString:
    """A sentence in which commands and paths of offices stand as one types them, never turned round by the text."""
    return SafeString(_TYPED.sub(lambda found: f'<code dir="ltr">{found[1] or found[0]}</code>', escape(sentence)))


@register.filter
def faults(form: BaseForm) -> list[fields.Fault]:
    """What is wrong with a form, each with the id of its field: for _errors.html."""
    return fields.faults(form)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """`{% icon "clock" %}` is for the eye only; with a label it is read aloud too."""
    turn = " icon-turn" if name in TURNING else ""
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}{}" width="16" height="16" {}><use href="{}#{}"></use></svg>',
        turn, f" {css}" if css else "", role, assets.sprite(), name,
    )  # fmt: skip


@register.simple_tag
def defined(code: str) -> SafeString:
    """`{% defined "overdue" %}`: beside a figure, the way to what it means; nothing beside what is no indicator."""
    return _defined(code, language())


@lru_cache(maxsize=256)
def _defined(code: str, _lang: str) -> SafeString:
    indicator = INDICATORS.get(code)
    if indicator is None:
        return SafeString("")
    word = _("What “{title}” means").format(title=indicator.title)
    return format_html(
        '<a class="defined" href="{}" aria-label="{}" title="{}">{}</a>',
        reverse("figures:indicator", args=[code]), word, word, icon("help"),
    )  # fmt: skip


@register.simple_tag
def pill(state: object, label: object = None) -> SafeString:
    """`{% pill case.state %}` or `{% pill "late" some_word %}`: colour, icon and word together, never colour alone."""
    return _drawn_pill(str(getattr(state, "value", state)), str(label or getattr(state, "label", "")), language())


@lru_cache(maxsize=512)
def _drawn_pill(state: str, label: str, lang: str) -> SafeString:
    """Lists draw the same few pills a hundred times; the language is part of the key because the words are in it."""
    look = pill_of(state, label)
    return format_html('<span class="pill pill-{}">{}{}</span>', look.tone, icon(look.icon), look.label)


@register.simple_tag
def field(bound: BoundField, label: str = "", css: str = "", help_text: str | None = None) -> SafeString:
    """`{% field form.mobile %}`: label, help, input and error tied together; see parts/fields.py."""
    return fields.render(bound, label=label, css=css, help_text=help_text)


@register.simple_tag(takes_context=True)
def navlink(context: Context, key: str, href: str, text: str, icon_name: str = "") -> SafeString:
    """One link of the header's nav; it is the current one when the page's `here` equals its key."""
    current = mark_safe(' aria-current="page"') if context.get("here") == key else ""
    mark = icon(icon_name) if icon_name else ""
    return format_html('<a class="nav-item" href="{}"{}>{}{}</a>', href, current, mark, text)


@register.simple_tag(name="timeline")
def timeline_tag(events: Iterable[timeline.Event]) -> SafeString:
    """What _timeline.html shows."""
    return timeline.drawn(events, language())


@register.simple_tag
def draft_words() -> SafeString:
    """What js/draft.js says about a draft it found: goes into the tag of a form with data-autosave."""
    return format_html(
        'data-draft-found="{}" data-draft-restore="{}" data-draft-drop="{}"',
        _("What you had typed here before is kept in this browser."), _("Bring it back"), _("Throw it away"),
    )  # fmt: skip


@register.simple_tag
def assets_head() -> SafeString:
    return assets.head(language())


@register.simple_tag
def fixed(template: str) -> SafeString:
    """Like include, for pieces that depend on nothing but the language."""
    return assets.fixed(template, language())


@register.simple_tag
def path_of(path: Hashable, here_text: str = "") -> SafeString:
    """What _path.html shows. Many cases of one service stand at the same step."""
    return _path_of(path, str(here_text), language())


@lru_cache(maxsize=1024)
def _path_of(path: Hashable, here_text: str, lang: str) -> SafeString:
    return SafeString(render_to_string("_path.html", {"path": path, "here_text": here_text}))


@register.simple_tag(takes_context=True)
def of_desk(context: Context, template: str) -> SafeString:
    """Like include, for pieces that depend on the post of who is signed in and on where they are; "" for others."""
    desk = context.get("desk")
    if desk is None:
        return SafeString()
    by = desk.actor
    place = (by.post, by.substitute_for, desk.unit.short, bool(by.unit_path))
    return _of_desk(template, language(), context.get("here", ""), place, by.powers)


@lru_cache(maxsize=2048)
def _of_desk(  # everything that the templates name, so that nobody is shown another's
    template: str, lang: str, here: str, place: tuple[str, str, str, bool], powers: frozenset[str]
) -> SafeString:
    post, substitute_for, unit, works_here = place
    who = {"post": post, "substitute_for": substitute_for, "unit": unit, "works_here": works_here}
    given = {**who, "here": here, "powers": powers}
    return SafeString(render_to_string(template, given))


@register.simple_tag
def chart_scripts() -> SafeString:
    return assets.chart_scripts()


@register.simple_tag
def date_scripts() -> SafeString:
    return assets.date_scripts()


@register.simple_tag
def sort_scripts() -> SafeString:
    return assets.sort_scripts()


@register.simple_tag
def live_scripts() -> SafeString:
    return assets.live_scripts()


@register.simple_tag
def source_link() -> SafeString:
    """Where the source of this installation can be had, as its licence asks; nothing where nobody has said."""
    if not settings.SOURCE:
        return SafeString("")
    return format_html('<a href="{}">{}</a> · ', settings.SOURCE, _("Source code"))


@register.simple_tag
def version() -> str:
    return digits(assets.version())
