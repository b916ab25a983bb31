"""The channels folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Channels(AppConfig):
    name = "takrim.channels"
    label = "channels"
