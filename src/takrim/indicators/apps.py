"""The indicators folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Indicators(AppConfig):
    name = "takrim.indicators"
    label = "indicators"

    def ready(self) -> None:
        # Imported for its effect: the reader of the journal introduces itself.
        from takrim.indicators import follow
