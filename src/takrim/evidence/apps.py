"""The evidence folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Evidence(AppConfig):
    name = "takrim.evidence"
    label = "evidence"
