"""The cards folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Cards(AppConfig):
    name = "takrim.cards"
    label = "cards"
