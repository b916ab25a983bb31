"""What suggestions rest on: what was learned in each province, and how often it is right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.cases.learning import all_learned, learn_again
from takrim.cases.models_learned import Learned, What
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff

WHATS: dict[str, str | Promise] = {
    What.CARD: gettext_lazy("Service"),
    What.UNIT: gettext_lazy("Office that answers"),
    What.REFERRAL: gettext_lazy("Office to refer to"),
}


@staff(Power.OPERATE)
@never_cache
@require_safe
def suggestions(request: StaffRequest) -> HttpResponse:
    context = {"rows": [_row(learned) for learned in all_learned()], "here": "suggestions"}
    return render(request, "operator/suggestions.html", context)


def _row(learned: Learned) -> dict[str, Any]:
    unit = all_names().get(learned.province)
    province = unit.short(get_language() or "fa") if unit else learned.province
    return {"learned": learned, "province": province, "what": WHATS[learned.what]}


@staff(Power.OPERATE)
@require_POST
def learn(request: StaffRequest) -> HttpResponse:
    """Let the worker learn anew now, not only at night."""
    learn_again.using(key="learn").enqueue(now=clock.now())
    messages.success(request, _("The worker learns anew; look again in a minute."))
    return redirect("operator:suggestions")
