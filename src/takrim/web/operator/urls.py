"""Addresses of the operator pages."""

from __future__ import annotations

from django.urls import path

from takrim.web.operator import letters, outbox, overview, probes, replies, suggestions, tasks

app_name = "operator"

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("operator/", overview.overview, name="overview"),
    path("operator/tasks/", tasks.task_list, name="tasks"),
    path("operator/tasks/<int:number>/retry/", tasks.retry, name="retry_task"),
    path("operator/letters/", letters.letter_list, name="letters"),
    path("operator/letters/retry/", letters.retry_all, name="retry_letters"),
    path("operator/letters/<int:number>/retry/", letters.retry, name="retry_letter"),
    path("operator/suggestions/", suggestions.suggestions, name="suggestions"),
    path("operator/suggestions/learn/", suggestions.learn, name="learn"),
    path("operator/replies/", replies.reply_list, name="replies"),
    path("operator/replies/<int:number>/read/", replies.put_away, name="put_away_reply"),
    path("operator/outbox/", outbox.letter_list, name="outbox"),
    path("operator/outbox/<int:number>/", outbox.letter, name="letter"),
]
