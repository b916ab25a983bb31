"""The indicators folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Indicators(AppConfig):
    name = "takrim.indicators"
    label = "indicators"
