"""Every address has a gate in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

Patterns = list[URLPattern | URLResolver]

# Views of others, by the module they come from → why no gate of ours is needed.
OTHERS = {
    "django.views.i18n": "choosing a language needs no right",
    "allauth.": "signing in and one's own password; allauth asks for a signed-in person where one is needed",
}


def views(patterns: Patterns, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """(address, view) of every route."""
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def ungated(patterns: Patterns) -> list[str]:
    """Addresses whose view says no policy."""
    return [
        address
        for address, view in views(patterns)
        if not hasattr(view, "policy") and not view.__module__.startswith(tuple(OTHERS))
    ]


def test_every_page_begins_at_a_gate() -> None:
    assert ungated(get_resolver().url_patterns) == []


def test_a_page_without_a_gate_would_be_seen() -> None:
    def open_door(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert ungated([path("open/", open_door)]) == ["open/"]
