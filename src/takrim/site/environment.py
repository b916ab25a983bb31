"""The TAKRIM_* variables: what each means, its default, and how a bad value is refused."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadSetting(SystemExit):
    """A variable that cannot be used: the program stops before anything starts."""

    def __init__(self, name: str, value: str, why: str) -> None:
        super().__init__(f"{name}={value!r}: {why}")


@dataclass(frozen=True)
class Variable:
    """One variable. `read` turns its text into a value or raises ValueError with a sentence."""

    name: str
    default: str
    read: Callable[[str], Any]
    meaning: str


def _flag(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("use 0 or 1")
    return text == "1"


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ValueError("use a whole number of at least 1")
    return int(text)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError("use a port number from 1 to 65535")
    return int(text)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _sync(text: str) -> str:
    if text not in {"NORMAL", "FULL"}:
        raise ValueError("use NORMAL or FULL")
    return text


def _address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("use an address that begins with http:// or https://")
    return text.rstrip("/")


def _level(text: str) -> str:
    if text not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("use DEBUG, INFO, WARNING or ERROR")
    return text


VARIABLES = (
    Variable("TAKRIM_DATA", "var", Path, "Folder of the database, the stored files and the secret key."),
    Variable(
        "TAKRIM_DATABASE_URL", "", str, "postgresql://user:password@host:port/name; empty: SQLite in TAKRIM_DATA."
    ),
    Variable("TAKRIM_SQLITE_SYNC", "NORMAL", _sync, "SQLite's synchronous pragma; FULL also survives a power cut."),
    Variable("TAKRIM_SECRET_KEY", "", str, "Signing key; empty means the one kept in TAKRIM_DATA/secret.key."),
    Variable("TAKRIM_DEBUG", "0", _flag, "1 shows technical error pages; never on a server that people use."),
    Variable("TAKRIM_HOSTS", "127.0.0.1,localhost,[::1]", _words, "Host names under which the pages are served."),
    Variable("TAKRIM_HOST", "127.0.0.1", str, "Address the web server listens on."),
    Variable("TAKRIM_PORT", "8000", _port, "Port the web server listens on."),
    Variable(
        "TAKRIM_ADDRESS", "", _address, "Public address printed in letters; empty: http://TAKRIM_HOST:TAKRIM_PORT."
    ),
    Variable("TAKRIM_WEB_PROCESSES", "2", _count, "Web processes."),
    Variable(
        "TAKRIM_PROXIES", "", _words, "Addresses of trusted proxies whose X-Forwarded-For and -Proto are believed."
    ),
    Variable("TAKRIM_UPLOAD_MB", "20", _count, "Largest accepted file, in megabytes."),
    Variable("TAKRIM_UPLOAD_FILES", "10", _count, "Most files in one message."),
    Variable("TAKRIM_S3_BUCKET", "", str, "Bucket for stored files; empty means the folder TAKRIM_DATA/files."),
    Variable("TAKRIM_S3_ENDPOINT", "", _address, "Address of the object store, for stores other than Amazon's."),
    Variable("TAKRIM_SMTP_HOST", "", str, "Mail relay; empty means letters by e-mail wait in the outbox page."),
    Variable("TAKRIM_SMTP_PORT", "25", _port, "Port of the mail relay."),
    Variable("TAKRIM_SMTP_USER", "", str, "User name at the mail relay."),
    Variable("TAKRIM_SMTP_PASSWORD", "", str, "Password at the mail relay."),
    Variable("TAKRIM_SMTP_TLS", "0", _flag, "1 uses STARTTLS at the mail relay."),
    Variable("TAKRIM_MAIL_FROM", "takrim@localhost", str, "Sender of letters by e-mail."),
    Variable(
        "TAKRIM_SMS_TEMPLATE", "", str, "TOML file that says how an SMS is handed over by HTTP; empty: the outbox page."
    ),
    Variable("TAKRIM_SMS_SECRET", "", str, "Key that a delivery report from the SMS provider must carry."),
    Variable("TAKRIM_LOG_LEVEL", "INFO", _level, "How much is written to the log."),
)


def read(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every variable's value by name without the prefix; stops with a sentence at the first bad one."""
    known = {variable.name for variable in VARIABLES}
    for name in environment:
        if name.startswith("TAKRIM_") and name not in known:
            raise BadSetting(name, environment[name], "there is no such setting; see docs/settings.md")
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        text = environment.get(variable.name, variable.default)
        try:
            values[variable.name.removeprefix("TAKRIM_")] = variable.read(text)
        except ValueError as error:
            raise BadSetting(variable.name, text, str(error)) from None
    return values
