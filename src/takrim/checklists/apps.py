"""The checklists folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Checklists(AppConfig):
    name = "takrim.checklists"
    label = "checklists"
