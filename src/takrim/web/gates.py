"""The gates before every page: who may come in, and with which desk. A view without a gate fails a guard."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from takrim.base import clock
from takrim.orgs.actor import NotAllowed
from takrim.orgs.models import Holding
from takrim.orgs.powers import Power
from takrim.orgs.seats import actor_at, holdings_of
from takrim.web.desk import Desk, HolderDesk, PublicDesk
from takrim.web.desk_council import member_desk

View = Callable[..., HttpResponseBase]

# Where people come to after signing in, and by the links of the header.
_ARRIVALS = frozenset({"/staff/", "/council/"})
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
                return _without_post(request)
            _lay_desk(request, seats, powers)
            return view(request, *args, **kwargs)

        return _with_policy(inner, "staff", powers)

    return gate


def seated(*powers: Power) -> Callable[[View], View]:
    """Like `staff`; and people from outside who sit in a body today, whose desk reaches their bodies only."""

    def gate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            today = clock.local_date(clock.now())
            seats = holdings_of(request.user.pk, today)
            if seats:
                _lay_desk(request, seats, powers)
                return view(request, *args, **kwargs)
            desk = member_desk(request.user.pk, today)
            if desk is None:
                return render(request, "no_seat.html", status=403)
            cast(Any, request).desk = desk
            if powers and not any(desk.actor.may(power) for power in powers):
                raise NotAllowed
            return view(request, *args, **kwargs)

        return _with_policy(inner, "seated", powers)

    return gate


def _lay_desk(request: HttpRequest, seats: list[Holding], powers: tuple[Power, ...]) -> None:
    seat = _chosen(request, seats)
    desk = Desk(actor_at(seat), seat, seats)
    cast(Any, request).desk = desk
    if powers and not any(desk.actor.may(power) for power in powers):
        raise NotAllowed


def _without_post(request: HttpRequest) -> HttpResponseBase:
    """Somebody from outside goes to their bodies from where everybody arrives; no other page of offices is there."""
    if member_desk(request.user.pk or 0, clock.local_date(clock.now())) is None:
        return render(request, "no_seat.html", status=403)
    if request.path in _ARRIVALS:
        return redirect("council:bodies")
    raise Http404


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
