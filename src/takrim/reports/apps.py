"""The reports folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Reports(AppConfig):
    name = "takrim.reports"
    label = "reports"
