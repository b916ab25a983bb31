"""What people see when the page itself cannot be shown."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from takrim.base.errors import Refusal
from takrim.web.gates import public, typed_fields

# What SQLite, PostgreSQL and the operating system call a disk without room.
_SQLITE_FULL, _POSTGRESQL_FULL, _NO_ROOM = 13, "53100", frozenset({errno.ENOSPC, errno.EDQUOT})
RETRY_AFTER = "120"


class TooMuchAtOnce(Refusal):
    code = "too_much_at_once"
    status = 413
    message = _(
        "This is more than can be sent at once. Go back: what you typed is still there. Shorten the text or attach it "
        "as a file."
    )


class NotUnderstood(Refusal):
    code = "not_understood"
    status = 400
    message = _("What was sent could not be read. Go back and send it again.")


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere: show what it held, to be sent again with a fresh token."""
    fields = typed_fields(request)
    return render(request, "kept_form.html", {"path": request.get_full_path(), "fields": fields}, status=403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@public
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """More than a form may hold, or nothing that a form sends."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    refusal: Refusal = TooMuchAtOnce() if too_much else NotUnderstood()
    return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that led to it."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException) -> bool:
    """No room on the disk, in the words of whoever says it."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    # Extended codes of SQLite have the plain one in their last byte.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code == _SQLITE_FULL or getattr(error, "sqlstate", "") == _POSTGRESQL_FULL


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Something broke: where it was the disk or the database, what was typed is offered to be sent again later."""
    errors = list(_chain(sys.exception()))
    full = any(map(_is_full, errors))
    if not full and not any(isinstance(error, OperationalError | InterfaceError) for error in errors):
        return server_error(request)
    fields = typed_fields(request) if request.method == "POST" else []
    given = {"full": full, "away": not full, "path": request.get_full_path(), "fields": fields}
    try:
        response = render(request, "kept_form.html", given, status=503)
    except Exception:
        # The frame of the page needed the database as well.
        return server_error(request)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
