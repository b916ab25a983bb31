"""What people see when the page itself cannot be shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from takrim.web.gates import public


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
