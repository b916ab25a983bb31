"""The decisions folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Decisions(AppConfig):
    name = "takrim.decisions"
    label = "decisions"

    def ready(self) -> None:
        # Imported for its effect: the reader of the journal introduces itself.
        from takrim.decisions import follow
