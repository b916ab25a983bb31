"""My cases: a telephone is proven by a number sent to it, then its cases are listed."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.actions_mobile import DIGITS, VALID, prove, send_number
from takrim.orgs.actor import holder as holder_actor
from takrim.orgs.units import unit_name
from takrim.web.citizen import held, limits
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import MobileForm, NumberForm, cleaned
from takrim.web.citizen.states import shown
from takrim.web.desk import HolderDesk, HolderRequest
from takrim.web.gates import holder, public
from takrim.web.parts.templatetags.takrim import language

# In the session: which number was sent, and to whom, until it is proven.
SENT, ASKED = "number", "asked_mobile"
MOST_SHOWN = 100


@never_cache
@EDIT
@public
def mobile(request: HttpRequest) -> HttpResponse:
    """Which telephone? The answer is the same whether it is known or not."""
    if request.method != "POST":
        return render(request, "citizen/my.html", {"here": "my", "form": MobileForm()})
    now = clock.now()
    form = MobileForm(cleaned({"mobile": request.POST.get("mobile", "")}))
    if not form.is_valid():
        return render(request, "citizen/my.html", {"here": "my", "form": form}, status=422)
    whom: str = form.cleaned_data["mobile"]
    limits.check(request, "mobile", now=now)
    limits.count(request, "mobile", now=now)
    try:
        sent = send_number(mobile=whom, lang=language(), by=holder_actor(), now=now)
    except Refusal as refusal:
        form.add_error("mobile", str(refusal))
        return render(request, "citizen/my.html", {"here": "my", "form": form}, status=refusal.status)
    request.session[SENT], request.session[ASKED] = sent.pk, whom
    return redirect("citizen:number")


@never_cache
@EDIT
@public
def number(request: HttpRequest) -> HttpResponse:
    """The number that was sent."""
    if SENT not in request.session:
        return redirect("citizen:my")
    context = {
        "here": "my",
        "mobile": request.session[ASKED],
        "digits_sent": DIGITS,
        "minutes": int(VALID.total_seconds() // 60),
    }
    if request.method != "POST":
        return render(request, "citizen/my_number.html", {**context, "form": NumberForm()})
    form = NumberForm(cleaned({"number": request.POST.get("number", "")}))
    if form.is_valid():
        try:
            whom = prove(
                number_id=request.session[SENT],
                typed=form.cleaned_data["number"],
                by=holder_actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            return _proven(request, whom)
    return render(request, "citizen/my_number.html", {**context, "form": form}, status=422)


def _proven(request: HttpRequest, whom: str) -> HttpResponse:
    # Whoever knew the session before must not share what has just been proven.
    request.session.cycle_key()
    for name in (SENT, ASKED):
        request.session.pop(name, None)
    request.session[held.MOBILE] = whom
    return redirect("citizen:my_cases")


@never_cache
@require_safe
@holder
def cases(request: HttpRequest) -> HttpResponse:
    """All cases that were filed with the proven telephone, newest first."""
    desk = cast(HolderRequest, request).desk
    if not desk.mobile:
        return redirect("citizen:my")
    found = list(desk.cases_of_mobile().order_by("-id")[:MOST_SHOWN])
    held.hold(request, [case.code for case in found])
    theirs = HolderDesk(frozenset(case.code for case in found), desk.mobile)
    due, lang = dict(theirs.final_duties().owed().values_list("about", "due_at")), language()
    rows = [
        {
            "case": case,
            "state": shown(case),
            "office": unit_name(case.unit_path, lang),
            "due": due.get(case.code),
        }
        for case in found
    ]
    return render(request, "citizen/my_cases.html", {"here": "my", "rows": rows, "now": clock.now()})
