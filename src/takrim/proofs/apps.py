"""The proofs folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Proofs(AppConfig):
    name = "takrim.proofs"
    label = "proofs"
