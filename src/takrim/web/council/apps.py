"""Pages of the council audience as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Council(AppConfig):
    name = "takrim.web.council"
    label = "web_council"
