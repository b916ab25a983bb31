"""My meetings in a calendar programme: the page with the secret address, and the feed behind it."""

from __future__ import annotations

from typing import cast

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from takrim.base import clock
from takrim.councils import ical, links
from takrim.councils.actions_feed import renew_feed
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.citizen import limits
from takrim.web.council.meeting import ics
from takrim.web.desk import PublicRequest
from takrim.web.desk_council import SeatedRequest
from takrim.web.gates import public, seated


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated(Power.COUNCIL_SEE)
def page(request: HttpRequest) -> HttpResponse:
    """The address, if one was made; sent, a new one is."""
    desk, now = cast(SeatedRequest, request).desk, clock.now()
    if request.method == "POST":
        renew_feed(by=desk.actor, now=now)
        messages.success(request, _("The address was made. An earlier one no longer opens."))
        return redirect("council:feed_page")
    feed = desk_council.feed_of(desk)
    address = links.feed_address(feed) if feed else ""
    context = {
        "here": "council",
        "address": address,
        "subscribe": address.replace("https:", "webcal:", 1).replace("http:", "webcal:", 1),
        "qr": segno.make(address, error="m").svg_data_uri(border=2, scale=4) if address else "",
        "made_at": feed.made_at if feed else None,
        "ahead": desk_council.my_meetings_ahead(desk, now),
    }
    return render(request, "council/feed.html", context)


@require_safe
@public
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, in the language of the address; who fetches it cannot sign in."""
    now = clock.now()
    limits.check(request, "feed", now=now)
    read = links.read_feed(token)
    person = desk_council.fed(cast(PublicRequest, request).desk, *read) if read else None
    if person is None:
        limits.count(request, "feed", now=now)
        raise Http404
    lang = "en" if request.GET.get("lang") == "en" else "fa"
    return ics(ical.feed(desk_council.entries(person, now), lang, now), "meetings.ics")
