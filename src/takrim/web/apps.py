"""The web as an app: what all pages share."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "takrim.web"
    label = "web"
