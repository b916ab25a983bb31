"""The decisions folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Decisions(AppConfig):
    name = "takrim.decisions"
    label = "decisions"
