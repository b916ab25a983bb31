"""The duties folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Duties(AppConfig):
    name = "takrim.duties"
    label = "duties"
