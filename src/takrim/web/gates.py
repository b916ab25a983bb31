"""The gates before every page: who may come in, and with which desk. A view without a gate fails a guard."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from takrim.base import clock
from takrim.orgs.actor import NotAllowed
from takrim.orgs.models import Holding
from takrim.orgs.powers import Power
from takrim.orgs.seats import actor_at, holdings_of
from takrim.web.desk import Desk, HolderDesk, PublicDesk

View = Callable[..., HttpResponseBase]

# Where a form that was sent after the session had ended waits until the person has signed in again.
KEPT_FORM = "kept_form"


def _with_policy(view: View, policy: str, powers: tuple[Power, ...] = ()) -> View:
    # Read by the guard that wants a gate before every page, and by the matrix of who may open what.
    cast(Any, view).policy, cast(Any, view).powers = policy, powers
    return view


def public(view: View) -> View:
    """Anyone may come in."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        cast(Any, request).desk = PublicDesk()
        return view(request, *args, **kwargs)

    return _with_policy(inner, "public")


def holder(view: View) -> View:
    """People who hold a case; those who hold none see an empty desk, so every case is unknown to them."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        codes = frozenset(request.session.get("held", ()))
        cast(Any, request).desk = HolderDesk(codes, request.session.get("mobile", ""))
        return view(request, *args, **kwargs)

    return _with_policy(inner, "holder")


def staff(*powers: Power) -> Callable[[View], View]:
    """Members of staff who hold a post today, with one of the named powers if any is named."""

    def gate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            seats = holdings_of(request.user.pk, clock.local_date(clock.now()))
            if not seats:
                return render(request, "no_seat.html", status=403)
            seat = _chosen(request, seats)
            desk = Desk(actor_at(seat), seat, seats)
            cast(Any, request).desk = desk
            if powers and not any(desk.actor.may(power) for power in powers):
                raise NotAllowed
            return view(request, *args, **kwargs)

        return _with_policy(inner, "staff", powers)

    return gate


def _chosen(request: HttpRequest, seats: list[Holding]) -> Holding:
    wanted = request.session.get("seat")
    return next((seat for seat in seats if seat.pk == wanted), seats[0])


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into the form that is being sent, to be offered again; never a password, which is typed again."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken" and "password" not in name]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page; what was being sent is kept in the session and offered again afterwards."""
    if request.method == "POST":
        request.session[KEPT_FORM] = {"path": request.get_full_path(), "fields": typed_fields(request)}
        return redirect_to_login(reverse("kept_form"))
    return redirect_to_login(request.get_full_path())


@staff()
def kept_form(request: HttpRequest) -> HttpResponseBase:
    """After signing in again: send what was being sent when the session had ended."""
    kept = request.session.get(KEPT_FORM)
    if not kept:
        return redirect("/staff/")
    return render(request, "kept_form.html", {"path": kept["path"], "fields": kept["fields"]})
