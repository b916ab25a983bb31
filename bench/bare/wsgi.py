"""A view that reads one row of the product's own table by its primary key, on the same database."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from takrim.site import databases
from takrim.site.settings import INSTALLED_APPS


def _database() -> dict[str, object]:
    url = os.environ.get("TAKRIM_DATABASE_URL", "")
    return (
        databases.postgresql(url)
        if url
        else databases.sqlite(Path(os.environ["TAKRIM_DATA"]) / "takrim.sqlite3", "NORMAL")
    )


settings.configure(
    SECRET_KEY="bare",  # signs nothing
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    USE_TZ=True,
    AUTH_USER_MODEL="orgs.Person",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    # Sign-in asks for its middleware, which a bare view has not; start-up (takrim.site) asks for sign-in.
    INSTALLED_APPS=[app for app in INSTALLED_APPS if not app.startswith("allauth") and app != "takrim.site"],
    DATABASES={"default": _database()},
)
django.setup()

from takrim.cases.models import Case  # models can be read only now

_numbers = count(1)


def row(request: HttpRequest) -> HttpResponse:
    """One case by its number, another with each request."""
    case = Case.objects.get(pk=next(_numbers) * 7919 % 90_000 % int(os.environ["BARE_ROWS"]) + 1)
    body = case.subject.encode()
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


urlpatterns = [path("", row)]
application = get_wsgi_application()
