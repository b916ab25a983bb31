"""The one place where upper folders introduce themselves to lower ones."""

from __future__ import annotations

from django.apps import AppConfig


class Site(AppConfig):
    name = "takrim.site"
    label = "site"

    def ready(self) -> None:
        # Imported here: models must be ready, and nothing else may know both sides.
        from takrim.duties import kind
        from takrim.letters import kind as letter_kind

        kind.introduce("takrim.cases.duty_kinds")
        letter_kind.introduce("takrim.cases.letters")
