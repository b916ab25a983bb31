"""Sessions in the database, read by a prepared query: every page of staff and every tracked case begins with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from takrim.base import clock
from takrim.orgs.prepared import Prepared


def _valid(*, key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


_SESSION = Prepared(_valid)


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is read."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.first(key=self.session_key or "", now=clock.now())
        if found is None:
            self._session_key = None
        return found

    def get_expiry_date(self, **given: Any) -> datetime:
        """Reckoned from the same clock by which it is read."""
        return super().get_expiry_date(**{"modification": clock.now(), **given})
