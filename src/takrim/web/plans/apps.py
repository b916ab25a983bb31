"""Pages of plans as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Plans(AppConfig):
    name = "takrim.web.plans"
    label = "web_plans"
