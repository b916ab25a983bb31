"""The jobs folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Jobs(AppConfig):
    name = "takrim.jobs"
    label = "jobs"
