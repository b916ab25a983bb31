"""The journal folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Journal(AppConfig):
    name = "takrim.journal"
    label = "journal"

    def ready(self) -> None:
        # Imported here: models must be ready first.
        from takrim.journal import of_orgs
        from takrim.orgs import telling

        telling.take(of_orgs.write)
