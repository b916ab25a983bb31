"""Bodies of pages, drawn once and kept in memory until a figure in them changes or the half hour is over.

A body is made of figures alone, so it is the same for everybody who may see it: who may is asked before, on each page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from takrim.base.period import Period
from takrim.indicators.figures import freshness
from takrim.indicators.increments import moment_of, now_slot
from takrim.orgs.stamps import Kept
from takrim.web.parts.templatetags.takrim import language

Context = Callable[..., dict[str, Any]]
# `context(period, now, *more)` of a body; what it needs to know comes in by these alone, since they are its key.
Draw = Callable[..., SafeString]

# Some 30 kB each: what a process spends on them at most is 10 MB.
MOST = 300

_BODIES: dict[str, tuple[str, Context]] = {}


def _make(name: str, period: str, slot: int, lang: str, number: int, *more: str) -> SafeString:
    template, context = _BODIES[name]
    # Made of our own templates, which escape what they are given.
    return mark_safe(render_to_string(template, context(Period.parse(period), moment_of(slot), *more)))  # noqa: S308


# Thrown away when the offices change, since their names are in it.
_KEPT: Kept[SafeString] = Kept("units", _make, most=MOST)


def drawn(template: str) -> Callable[[Context], Draw]:
    """A function from period, moment and texts to a context becomes one to the finished body.

    The first argument of what it becomes is the office of whose figures, and those below, the body is made.
    """

    def keep(context: Context) -> Draw:
        name = f"{context.__module__}.{context.__name__}"
        _BODIES[name] = (template, context)

        def draw(path: str, period: Period, now: datetime, *more: str) -> SafeString:
            return _KEPT.get(name, period.code, now_slot(now), language(), freshness(path), *more)

        return draw

    return keep
