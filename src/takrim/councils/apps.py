"""The councils folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Councils(AppConfig):
    name = "takrim.councils"
    label = "councils"
