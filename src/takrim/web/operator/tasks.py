"""The queue as the operator sees it: what waits, runs, was given up, was done; a dead one can be started again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.orgs.powers import Power
from takrim.tasks import actions
from takrim.tasks.models import Status, Work
from takrim.tasks.schedule import title_of
from takrim.web import desk_operator
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff

PAGE = 50
TABS = {
    "waiting": (Status.READY, gettext_lazy("Waiting")),
    "running": (Status.RUNNING, gettext_lazy("Running")),
    "dead": (Status.FAILED, gettext_lazy("Given up")),
    "done": (Status.SUCCESSFUL, gettext_lazy("Done")),
}


@staff(Power.OPERATE)
@never_cache
@require_safe
def task_list(request: StaffRequest) -> HttpResponse:
    shown = request.GET.get("show", "waiting")
    shown = shown if shown in TABS else "waiting"
    rows = desk_operator.work(request.desk).filter(status=TABS[shown][0]).order_by("-id")
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    page = list(rows[: PAGE + 1])
    address = f"{reverse('operator:tasks')}?show={shown}"
    context = {
        "tabs": [(code, word, code == shown) for code, (_status, word) in TABS.items()],
        "shown": shown,
        "rows": [_shown(row) for row in page[:PAGE]],
        "first_url": address if before else "",
        "next_url": f"{address}&before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "now": clock.now(),
        "here": "tasks",
    }
    return render(request, "operator/tasks.html", context)


def _shown(row: Work) -> dict[str, Any]:
    last = row.errors[-1] if row.errors else None
    return {
        "row": row,
        "title": title_of(row),
        "error": last["class"] if last else "",
        "where": last["where"] if last else "",
    }


@staff(Power.OPERATE)
@require_POST
def retry(request: StaffRequest, number: int) -> HttpResponse:
    """Start a dead task again."""
    row = get_object_or_404(desk_operator.work(request.desk), pk=number)
    actions.retry(row=row, now=clock.now())
    messages.success(request, _("The task waits for a worker again."))
    return redirect(f"{reverse('operator:tasks')}?show=dead")
