"""The TAKRIM_* variables: what each means, its default, and how a bad value is refused."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadSetting(SystemExit):
    """A variable that cannot be used: the program stops before anything starts. `told_fa` says it in Persian."""

    def __init__(self, name: str, value: str, why: str, why_fa: str) -> None:
        what = f"{name}={value!r}" if value else name
        super().__init__(f"{what}: {why}")
        self.told_fa = f"{what}: {why_fa}"


class _Unfit(ValueError):
    """A text that is no value of its variable: what to write in its place, in English and in Persian."""

    def __init__(self, why: str, why_fa: str) -> None:
        super().__init__(why)
        self.why_fa = why_fa


@dataclass(frozen=True)
class Variable:
    """One variable. `read` turns its text into a value or raises _Unfit with a sentence."""

    name: str
    default: str
    read: Callable[[str], Any]
    meaning: str
    meaning_fa: str
    secret: bool = False


def _flag(text: str) -> bool:
    if text not in {"0", "1"}:
        raise _Unfit("use 0 or 1", "0 یا 1 بنویسید")
    return text == "1"


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise _Unfit("use a whole number of at least 1", "عددی درست و دست‌کم 1 بنویسید")
    return int(text)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise _Unfit("use a port number from 1 to 65535", "شماره درگاهی از 1 تا 65535 بنویسید")
    return int(text)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _sync(text: str) -> str:
    if text not in {"NORMAL", "FULL"}:
        raise _Unfit("use NORMAL or FULL", "NORMAL یا FULL بنویسید")
    return text


def _address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise _Unfit(
            "use an address that begins with http:// or https://", "نشانی باید با http:// یا https:// آغاز شود"
        )
    return text.rstrip("/")


def _level(text: str) -> str:
    if text not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise _Unfit("use DEBUG, INFO, WARNING or ERROR", "DEBUG، INFO، WARNING یا ERROR بنویسید")
    return text


VARIABLES = (
    Variable(
        "TAKRIM_DATA",
        "var",
        Path,
        "Folder of the database, the stored files and the secret key.",
        "پوشهٔ پایگاه داده، پرونده‌ها و کلید.",
    ),
    Variable(
        "TAKRIM_DATABASE_URL",
        "",
        str,
        "postgresql://user:password@host:port/name; empty: SQLite in TAKRIM_DATA.",
        "نشانی PostgreSQL؛ خالی یعنی SQLite در پوشهٔ داده.",
    ),
    Variable(
        "TAKRIM_SQLITE_SYNC",
        "NORMAL",
        _sync,
        "SQLite's synchronous pragma; FULL also survives a power cut.",
        "چگونگی نوشتن SQLite روی دیسک؛ FULL در برابر رفتن برق هم ایمن است.",
    ),
    Variable(
        "TAKRIM_SECRET_KEY",
        "",
        str,
        "Signing key; empty means the one kept in TAKRIM_DATA/secret.key.",
        "کلید امضا؛ خالی یعنی کلیدی که در پوشهٔ داده نگه داشته می‌شود.",
        secret=True,
    ),
    Variable(
        "TAKRIM_SIGNING_KEY",
        "",
        str,
        "Key that rankings are signed with (32 bytes in base64); empty means the one kept in TAKRIM_DATA/signing.key.",
        "کلید امضای رتبه‌بندی‌ها (۳۲ بایت در base64)؛ خالی یعنی کلیدی که در پوشهٔ داده نگه داشته می‌شود.",
        secret=True,
    ),
    Variable(
        "TAKRIM_DEBUG",
        "0",
        _flag,
        "1 shows technical error pages; never on a server that people use.",
        "۱ صفحهٔ خطای فنی نشان می‌دهد؛ هرگز روی سروری که مردم به کار می‌برند.",
    ),
    Variable(
        "TAKRIM_HOSTS",
        "127.0.0.1,localhost,[::1]",
        _words,
        "Host names under which the pages are served.",
        "نام‌های میزبان که صفحه‌ها با آن‌ها باز می‌شوند.",
    ),
    Variable(
        "TAKRIM_HOST", "127.0.0.1", str, "Address the web server listens on.", "نشانی‌ای که سرور وب روی آن گوش می‌دهد."
    ),
    Variable("TAKRIM_PORT", "8000", _port, "Port the web server listens on.", "درگاه سرور وب."),
    Variable(
        "TAKRIM_ADDRESS",
        "",
        _address,
        "Public address printed in letters; empty: http://TAKRIM_HOST:TAKRIM_PORT.",
        "نشانی همگانی که در نامه‌ها می‌آید؛ خالی یعنی همان میزبان و درگاه.",
    ),
    Variable(
        "TAKRIM_SOURCE",
        "",
        _address,
        "Where the source of this installation can be had; shown at the foot of every page.",
        "نشانی متن برنامهٔ همین نصب؛ در پای همهٔ صفحه‌ها می‌آید.",
    ),
    Variable("TAKRIM_WEB_PROCESSES", "2", _count, "Web processes.", "شمار پردازه‌های وب."),
    Variable(
        "TAKRIM_PROXIES",
        "",
        _words,
        "Addresses of trusted proxies whose X-Forwarded-For and -Proto are believed.",
        "نشانی پراکسی‌های مورد اعتماد.",
    ),
    Variable(
        "TAKRIM_UPLOAD_MB", "20", _count, "Largest accepted file, in megabytes.", "بزرگ‌ترین پروندهٔ پذیرفتنی به مگابایت."
    ),
    Variable("TAKRIM_UPLOAD_FILES", "10", _count, "Most files in one message.", "بیشترین شمار پرونده در یک پیام."),
    Variable(
        "TAKRIM_S3_BUCKET",
        "",
        str,
        "Bucket for stored files; empty means the folder TAKRIM_DATA/files.",
        "نام سطل پرونده‌ها؛ خالی یعنی پوشهٔ files در پوشهٔ داده.",
    ),
    Variable(
        "TAKRIM_S3_ENDPOINT",
        "",
        _address,
        "Address of the object store, for stores other than Amazon's.",
        "نشانی انبار پرونده‌ها، اگر از آمازون نیست.",
    ),
    Variable(
        "TAKRIM_SMTP_HOST",
        "",
        str,
        "Mail relay; empty means letters by e-mail wait in the outbox page.",
        "سرور رایانامه؛ خالی یعنی نامه‌ها در صندوق خروجی می‌مانند.",
    ),
    Variable("TAKRIM_SMTP_PORT", "25", _port, "Port of the mail relay.", "درگاه سرور رایانامه."),
    Variable("TAKRIM_SMTP_USER", "", str, "User name at the mail relay.", "نام کاربری نزد سرور رایانامه."),
    Variable("TAKRIM_SMTP_PASSWORD", "", str, "Password at the mail relay.", "گذرواژه نزد سرور رایانامه.", secret=True),
    Variable("TAKRIM_SMTP_TLS", "0", _flag, "1 uses STARTTLS at the mail relay.", "۱ یعنی با STARTTLS."),
    Variable("TAKRIM_MAIL_FROM", "takrim@localhost", str, "Sender of letters by e-mail.", "فرستندهٔ رایانامه‌ها."),
    Variable(
        "TAKRIM_MAIL_BOUNCES",
        "",
        str,
        "Address for mail that comes back, such as bounces@example.ir: read by takrim letters bounces.",
        "نشانی نامه‌های برگشتی، مانند bounces@example.ir؛ با takrim letters bounces خوانده می‌شوند.",
    ),
    Variable(
        "TAKRIM_SMS_TEMPLATE",
        "",
        str,
        "TOML file that says how an SMS is handed over by HTTP; empty: the outbox page.",
        "پروندهٔ TOML که شیوهٔ سپردن پیامک را می‌گوید؛ خالی یعنی صندوق خروجی.",
    ),
    Variable(
        "TAKRIM_SMS_SECRET",
        "",
        str,
        "Key that a delivery report from the SMS provider must carry.",
        "کلیدی که گزارش تحویل پیامک باید همراه داشته باشد.",
        secret=True,
    ),
    Variable(
        "TAKRIM_SMS_REPLY_SECRET",
        "",
        str,
        "Key that an SMS handed in by the provider must carry; empty: replies to surveys are not taken.",
        "کلیدی که پیامک رسیده از سوی سامانهٔ پیامک باید همراه داشته باشد؛ خالی یعنی پاسخ پیامکی نظرسنجی گرفته نمی‌شود.",
        secret=True,
    ),
    Variable(
        "TAKRIM_LOG_LEVEL",
        "INFO",
        _level,
        "How much is written to the log.",
        "اندازهٔ آنچه در گزارش برنامه نوشته می‌شود.",
    ),
)


def read(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every variable's value by name without the prefix; stops with a sentence at the first bad one."""
    known = {variable.name for variable in VARIABLES}
    for name in environment:
        if name.startswith("TAKRIM_") and name not in known:
            # Its value is not repeated: a misspelled name may hold a password.
            why, why_fa = (
                "there is no such setting; see docs/settings.md",
                "چنین تنظیمی نیست؛ docs/settings.md را ببینید",
            )
            raise BadSetting(name, "", why, why_fa)
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        text = environment.get(variable.name, variable.default)
        try:
            values[variable.name.removeprefix("TAKRIM_")] = variable.read(text)
        except _Unfit as error:
            raise BadSetting(variable.name, text, str(error), error.why_fa) from None
    return values


@dataclass(frozen=True)
class Seen:
    """A variable as the operator's page shows it: never a secret."""

    name: str
    value: str
    default: str
    is_set: bool
    meaning: str
    meaning_fa: str


def seen(environment: Mapping[str, str] = os.environ) -> list[Seen]:
    """What is in force, with secrets and passwords hidden."""
    shown = []
    for variable in VARIABLES:
        text = environment.get(variable.name, variable.default)
        value = ("•••" if text else "") if variable.secret else re.sub(r"//([^:/@]*):.*@", r"//\1:•••@", text)
        is_set = variable.name in environment
        meanings = (variable.meaning, variable.meaning_fa)
        shown.append(Seen(variable.name, value, variable.default, is_set, *meanings))
    return shown
