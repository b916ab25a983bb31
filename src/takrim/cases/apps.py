"""The cases folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Cases(AppConfig):
    name = "takrim.cases"
    label = "cases"
