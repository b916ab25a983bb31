"""Letters of the same wording, as groups: how many there are, and one way to answer all of them."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from takrim.cases import queries
from takrim.orgs.powers import Power
from takrim.web import desk_together
from takrim.web.desk import StaffRequest
from takrim.web.desk_together import Group
from takrim.web.gates import staff


class Row(NamedTuple):
    group: Group
    head: dict[str, Any]


@require_safe
@staff(Power.CASE_SEE)
def campaigns(request: HttpRequest) -> HttpResponse:
    """The groups within one's scope, the newest first. Three queries."""
    desk = cast(StaffRequest, request).desk
    groups = desk_together.groups(desk)
    firsts = {head["id"]: head for head in queries.heads(desk.cases().filter(pk__in=[row.first for row in groups]))}
    rows = [Row(group, firsts[group.first]) for group in groups if group.first in firsts]
    return render(request, "staff/campaigns.html", {"here": "cartable", "rows": rows})
