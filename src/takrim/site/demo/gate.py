"""Sign-in as everywhere, but the demonstration's shared password opens nothing where its marker is missing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from takrim.site.demo import marker
from takrim.web import accounts


class Backend(accounts.Backend):
    """A database of a demonstration that came under another data folder lets nobody in by what everybody knows."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        if credentials.get("password") == marker.PASSWORD and not marker.is_there():
            return None
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found
