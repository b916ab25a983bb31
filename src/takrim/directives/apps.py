"""The directives folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Directives(AppConfig):
    name = "takrim.directives"
    label = "directives"
