"""The evaluation folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Evaluation(AppConfig):
    name = "takrim.evaluation"
    label = "evaluation"
