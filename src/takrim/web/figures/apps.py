"""Pages of the figures audience as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Figures(AppConfig):
    name = "takrim.web.figures"
    label = "web_figures"
