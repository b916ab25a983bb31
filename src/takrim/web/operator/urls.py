"""Addresses of the operator pages."""

from __future__ import annotations

from django.urls import path

from takrim.web.operator import overview, probes, tasks

app_name = "operator"

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("operator/", overview.overview, name="overview"),
    path("operator/tasks/", tasks.task_list, name="tasks"),
    path("operator/tasks/<int:number>/retry/", tasks.retry, name="retry_task"),
]
