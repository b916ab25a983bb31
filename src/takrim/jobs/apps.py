"""The jobs folder as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class Jobs(AppConfig):
    name = "takrim.jobs"
    label = "jobs"

    def ready(self) -> None:
        # Imported here: jobs need models. The scheduler is below and learns of them from us.
        from takrim.base.registry import Folder
        from takrim.tasks.job import Job, introduce

        introduce(Folder("takrim.jobs.catalogue", Job))
