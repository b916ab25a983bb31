"""The orgs folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Orgs(AppConfig):
    name = "takrim.orgs"
    label = "orgs"
