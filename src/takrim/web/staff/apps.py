"""Pages of the staff audience as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Staff(AppConfig):
    name = "takrim.web.staff"
    label = "web_staff"
