"""Addresses of the pages of plans."""

from __future__ import annotations

from django.urls import path

from takrim.web.plans import edit, pages, steps, written

app_name = "plans"

urlpatterns = [
    path("", pages.plans, name="plans"),
    path("ready/<slug:code>/", pages.ready, name="ready"),
    path("ready/<slug:code>/copy/", steps.copy_ready, name="copy_ready"),
    path("<int:version_id>/", pages.version, name="version"),
    path("<int:version_id>/plan.toml", pages.file, name="file"),
    path("<int:version_id>/compare/<int:other_id>/", pages.compare, name="compare"),
    path("<int:version_id>/edit/", edit.edit, name="edit"),
    path("<int:version_id>/check/", edit.check, name="check"),
    path("<int:version_id>/text/", written.text, name="text"),
    path("<int:version_id>/text/check/", written.check, name="check_text"),
    path("<int:version_id>/next/", steps.next_one, name="next"),
    path("<int:version_id>/ready/", steps.finish, name="finish"),
    path("<int:version_id>/retire/", steps.retire, name="retire"),
]
