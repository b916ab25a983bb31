"""The duties folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Duties(AppConfig):
    name = "takrim.duties"
    label = "duties"

    def ready(self) -> None:
        # Imported here: it needs models. Calendars lie below and tell whoever counts with them.
        from takrim.duties.sweep import calendar_changed
        from takrim.orgs.calendars import followers

        followers.append(calendar_changed)
