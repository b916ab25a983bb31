"""What people see when the page itself cannot be shown."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.web.gates import public


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
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    kept = [pair for pair in fields if pair[0] != "csrfmiddlewaretoken"]
    return render(request, "kept_form.html", {"path": request.get_full_path(), "fields": kept}, status=403)


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
