"""The councils folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Councils(AppConfig):
    name = "takrim.councils"
    label = "councils"

    def ready(self) -> None:
        # Meetings are models of their own file: all that names them must find them, whoever is imported first.
        from takrim.councils import models_meetings
