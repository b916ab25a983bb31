"""The surveys folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Surveys(AppConfig):
    name = "takrim.surveys"
    label = "surveys"
