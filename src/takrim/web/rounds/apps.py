"""Pages of rounds as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Rounds(AppConfig):
    name = "takrim.web.rounds"
    label = "web_rounds"
