"""The draft of the person at the screen: found by a cookie of its own, so that it outlives the session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from takrim.base import clock
from takrim.channels import actions_draft
from takrim.channels.models import Draft
from takrim.orgs.actor import holder
from takrim.web.desk import PublicRequest

COOKIE = "draft"
PATH = "/file/"


def open_draft(request: HttpRequest) -> Draft | None:
    """The draft that is still being written in this browser."""
    draft = any_draft(request)
    return draft if draft is not None and not draft.is_filed else None


def any_draft(request: HttpRequest) -> Draft | None:
    """The draft of this browser, filed or not."""
    token = request.COOKIES.get(COOKIE, "")
    return cast(PublicRequest, request).desk.draft(token) if token else None


def keep(request: HttpRequest, fields: Mapping[str, Any]) -> Draft:
    """Keep what was typed, in the draft at hand or in a new one."""
    draft, now = open_draft(request), clock.now()
    if draft is None:
        return actions_draft.start(by=holder(), now=now, fields=fields)
    return actions_draft.keep(draft=draft, fields=fields, by=holder(), now=now)


def remember(response: HttpResponse, draft: Draft) -> HttpResponse:
    """Let the browser know its draft."""
    response.set_cookie(
        COOKIE,
        draft.token,
        max_age=timedelta(days=actions_draft.DRAFT_DAYS),
        path=PATH,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Let the browser forget its draft."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response
