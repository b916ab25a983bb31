"""The programmes folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Programmes(AppConfig):
    name = "takrim.programmes"
    label = "programmes"
