"""The letters folder as a Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class Letters(AppConfig):
    name = "takrim.letters"
    label = "letters"

    def ready(self) -> None:
        # Models must be ready first. The reader of the journal introduces itself.
        import_module("takrim.letters.write")
