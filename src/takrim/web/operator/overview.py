"""The operator's first page: is all well, who works, what runs by the clock, which settings are in force."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.orgs.powers import Power
from takrim.tasks import health
from takrim.tasks.job import JOBS
from takrim.web import desk_operator
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.operator.health import State, findings


@staff(Power.OPERATE)
@never_cache
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    now = clock.now()
    found = list(findings(now))
    clocks = [
        {"title": JOBS[row.name].title, "last_at": row.last_at, "next_at": row.next_at}
        for row in desk_operator.clocks(request.desk)
        if row.name in JOBS
    ]
    persian = get_language() == "fa"
    context = {
        "findings": found,
        "bad": sum(finding.state is State.BAD for finding in found),
        "warnings": sum(finding.state is State.WARN for finding in found),
        "queue": health.queue(now),
        "workers": [(row, row.seen_at > now - health.SILENT) for row in desk_operator.workers(request.desk)],
        "clocks": clocks,
        "settings": [(seen, seen.meaning_fa if persian else seen.meaning) for seen in settings.SETTINGS_SEEN],
        "here": "overview",
    }
    return render(request, "operator/overview.html", context)
