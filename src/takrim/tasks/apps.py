"""The tasks folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Tasks(AppConfig):
    name = "takrim.tasks"
    label = "tasks"
