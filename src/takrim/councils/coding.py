"""Codes of bodies and meetings: eleven digits that can be read aloud, like those of cases."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db.models import Manager

from takrim.base.clock import local_date
from takrim.base.codes import new_code
from takrim.base.jalali import JalaliDate


def fresh_code(rows: Manager[Any], now: datetime) -> str:
    """A code that no row has yet."""
    year = JalaliDate.from_date(local_date(now)).year
    while rows.filter(code=(code := new_code(year, secrets.randbelow))).exists():
        pass
    return code
