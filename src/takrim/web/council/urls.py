"""Addresses of the council pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from takrim.web.council import start

app_name = "council"
urlpatterns: list[URLPattern] = [
    path("", start.start, name="start"),
]
