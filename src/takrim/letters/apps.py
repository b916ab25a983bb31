"""The letters folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Letters(AppConfig):
    name = "takrim.letters"
    label = "letters"
