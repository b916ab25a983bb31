"""Pages of the citizen audience as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Citizen(AppConfig):
    name = "takrim.web.citizen"
    label = "web_citizen"
