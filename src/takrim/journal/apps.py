"""The journal folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Journal(AppConfig):
    name = "takrim.journal"
    label = "journal"
