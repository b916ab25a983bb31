"""How Django reaches its database: SQLite tuned for one computer, or PostgreSQL by its address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from takrim.site.environment import BadSetting

# Four megabytes of pages for each connection: a web process has one for each thread, and what is not among them lies
# in the memory of the system anyway. Five times as much made no page quicker and took forty megabytes more.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous={sync};PRAGMA foreign_keys=ON;PRAGMA cache_size=-4000;"
    "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
)
_SHAPE = "postgresql://user:password@host:port/name"


def sqlite(path: Path, sync: str) -> dict[str, Any]:
    """Settings of the embedded database. IMMEDIATE: a transaction that may write waits at its start, never midway."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS.format(sync=sync)},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Settings from `postgresql://user:password@host:port/name`; `?host=/run/x` names a socket folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        why, why_fa = f"use {_SHAPE}", f"به این شکل بنویسید: {_SHAPE}"
        raise BadSetting("TAKRIM_DATABASE_URL", "", why, why_fa)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Kept queries (orgs/prepared.py) are prepared on each connection when they are first asked there.
        "OPTIONS": {"prepare_threshold": 0},
    }
