"""Pages of the operator audience as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Operator(AppConfig):
    name = "takrim.web.operator"
    label = "web_operator"
