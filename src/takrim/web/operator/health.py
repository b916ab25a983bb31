"""Is this installation well? One list of checks for the operator's page, for /readyz and for `takrim doctor`."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from fractions import Fraction
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.base.press import DEBIAN_PACKAGE, press
from takrim.cases.learning import all_learned
from takrim.cases.models_learned import What
from takrim.journal.follow import behind
from takrim.letters import queries
from takrim.letters.carrier import OUTBOX, carrier_for
from takrim.letters.carriers.sms_http import BadTemplate, template
from takrim.letters.models import Way
from takrim.tasks import health
from takrim.web import static_files

LOW_SPACE = 2_000_000_000
NO_SPACE = 200_000_000
# A call that could have begun this long ago, or as many unread entries, mean that the worker does not keep up.
LATE = timedelta(minutes=5)
FAR_BEHIND = 10_000


class State(StrEnum):
    OK = auto()
    WARN = auto()
    BAD = auto()


@dataclass(frozen=True)
class Finding:
    """What one check found: a sentence for people, a state for programs."""

    code: str
    title: str
    state: State
    sentence: str


Found = tuple[State, str]
Check = Callable[[datetime], Found]

_CHECKS: dict[str, tuple[str | Promise, Check]] = {}


def _check(title: str | Promise) -> Callable[[Check], Check]:
    def keep(function: Check) -> Check:
        _CHECKS[function.__name__] = (title, function)
        return function

    return keep


def findings(now: datetime) -> Iterator[Finding]:
    """Every check, in order. One that cannot be made because the database is away says so instead of failing."""
    for code, (title, check) in _CHECKS.items():
        try:
            state, sentence = check(now)
        except Error:
            state, sentence = State.BAD, _("The database does not answer.")
        yield Finding(code, str(title), state, sentence)


def _ltr(text: object) -> str:
    """A path or a name that reads from left to right also within a Persian sentence."""
    return f"\u2066{text}\u2069"


def _lang() -> str:
    return get_language() or "fa"


@_check(gettext_lazy("Database"))
def database(now: datetime) -> Found:
    version = health.database_version()
    pragmas = health.pragmas()
    if pragmas and (pragmas["journal_mode"] != "wal" or pragmas["foreign_keys"] != "1"):
        return State.BAD, _("{version} answers, but without write-ahead log or foreign keys.").format(
            version=_ltr(version)
        )
    if pragmas:
        sync = {"1": "NORMAL", "2": "FULL"}.get(pragmas["synchronous"], pragmas["synchronous"])
        often = _("with each commit") if sync == "FULL" else _("at each checkpoint")
        sentence = _("{version} answers; it writes ahead ({wal}) and flushes to the disk {often} ({sync}).")
        return State.OK, sentence.format(version=_ltr(version), wal=_ltr("WAL"), often=often, sync=_ltr(sync))
    return State.OK, _("{version} answers.").format(version=_ltr(version))


@_check(gettext_lazy("Tables"))
def migrations(now: datetime) -> Found:
    missing = health.unapplied()
    if missing:
        sentence = ngettext(
            "{count} change of the tables is not applied. Run “takrim migrate”.",
            "{count} changes of the tables are not applied. Run “takrim migrate”.",
            len(missing),
        )
        return State.BAD, sentence.format(count=words.number(len(missing), _lang()))
    return State.OK, _("The tables are those of this version.")


@_check(gettext_lazy("Worker"))
def worker(now: datetime) -> Found:
    seen = health.worker_seen()
    if seen is None or not health.worker_is_alive(now):
        return State.BAD, _("No worker is running: letters, figures and reminders wait. Run “takrim serve”.")
    return State.OK, _("A worker was heard of at {time}.").format(time=words.time(seen, _lang()))


@_check(gettext_lazy("Tasks"))
def tasks(now: datetime) -> Found:
    queue = health.queue(now)
    if queue.dead:
        sentence = ngettext(
            "{count} task was given up; look at the list of tasks.",
            "{count} tasks were given up; look at the list of tasks.",
            queue.dead,
        )
        return State.WARN, sentence.format(count=words.number(queue.dead, _lang()))
    if queue.oldest is not None and queue.oldest < now - LATE:
        sentence = _("A task should have begun {length} ago: the worker does not keep up.")
        return State.WARN, sentence.format(length=words.duration(now - queue.oldest, _lang()))
    sentence = ngettext("{count} task waits; it is not late.", "{count} tasks wait; none is late.", queue.waiting)
    return State.OK, sentence.format(count=words.number(queue.waiting, _lang()))


@_check(gettext_lazy("PDF files"))
def pdf_files(now: datetime) -> Found:
    if press() is None:
        sentence = _("Answers and receipts cannot be drawn as PDF: Pango is missing (Debian: {package}).")
        return State.WARN, sentence.format(package=DEBIAN_PACKAGE)
    return State.OK, _("Answers and receipts can be drawn as PDF.")


@_check(gettext_lazy("Followers of the journal"))
def followers(now: datetime) -> Found:
    unread = behind()
    most = max(unread.values(), default=0)
    if most > FAR_BEHIND:
        names = ", ".join(name for name, count in unread.items() if count > FAR_BEHIND)
        sentence = _("{names} still have {count} entries to read.")
        return State.WARN, sentence.format(names=names, count=words.number(most, _lang()))
    return State.OK, _("Letters and figures are up to date with what happened.")


@_check(gettext_lazy("Letters"))
def letters(now: datetime) -> Found:
    since = queries.waiting_since(now)
    if since is not None and since < now - LATE:
        sentence = _("A letter should have left {length} ago: the worker or the carrier does not keep up.")
        return State.WARN, sentence.format(length=words.duration(now - since, _lang()))
    counts = queries.counts(now)
    if not counts["given_up"]:
        sentence = ngettext("{waiting} letter waits.", "{waiting} letters wait.", counts["waiting"])
    else:
        sentence = _("Waiting letters: {waiting}. Given up: {given_up}, see the list of letters.")
    shown = {name: words.number(counts[name], _lang()) for name in ("waiting", "given_up")}
    return State.OK, sentence.format(**shown)


@_check(gettext_lazy("Carriers of letters"))
def carriers(now: datetime) -> Found:
    if settings.SMS_TEMPLATE:
        try:
            template()
        except BadTemplate as error:
            return State.BAD, _("TAKRIM_SMS_TEMPLATE cannot be used: {why}").format(why=_ltr(error))
    if OUTBOX in {carrier_for(way) for way in Way}:
        return State.OK, _("SMS or e-mail is not set up: such letters are laid out on the outbox page.")
    return State.OK, _("SMS and e-mail are set up.")


@_check(gettext_lazy("Suggestions"))
def suggestions(now: datetime) -> Found:
    cards = [learned for learned in all_learned() if learned.what == What.CARD]
    tested = sum(learned.tested for learned in cards)
    if not tested:
        return State.OK, _("Nothing has been learned yet: no service or office is suggested.")
    sentence = _("Of {tested} services that were guessed in tests, {first} were right at first, {three} among three.")
    shown = {
        "tested": words.number(tested, _lang()),
        "first": words.percent(Fraction(sum(learned.first for learned in cards), tested), _lang()),
        "three": words.percent(Fraction(sum(learned.among_three for learned in cards), tested), _lang()),
    }
    return State.OK, sentence.format(**shown)


@_check(gettext_lazy("Data folder"))
def folder(now: datetime) -> Found:
    try:
        with tempfile.TemporaryFile(dir=settings.DATA):
            pass
    except OSError as error:
        sentence = _("{folder} cannot be written to: {why}.")
        return State.BAD, sentence.format(folder=_ltr(settings.DATA), why=os.strerror(error.errno or 0))
    return State.OK, _("{folder} can be written to.").format(folder=_ltr(settings.DATA))


@_check(gettext_lazy("Free space"))
def space(now: datetime) -> Found:
    free = shutil.disk_usage(settings.DATA).free
    shown = words.file_size(free, _lang())
    if free < NO_SPACE:
        return State.BAD, _("Only {free} are free: nothing can be filed soon. Make room.").format(free=shown)
    if free < LOW_SPACE:
        return State.WARN, _("Only {free} are free. Make room soon.").format(free=shown)
    return State.OK, _("{free} are free.").format(free=shown)


@_check(gettext_lazy("Signing key"))
def key(now: datetime) -> Found:
    path = Path(settings.DATA) / "secret.key"
    if not path.exists():
        return State.OK, _("The key comes from TAKRIM_SECRET_KEY.")
    if path.stat().st_mode & 0o077:
        sentence = _("{path} can be read by others. Run: chmod 600 {path}")
        return State.BAD, sentence.format(path=_ltr(path))
    return State.OK, _("The key is readable by its owner alone.")


@_check(gettext_lazy("Static files"))
def static(now: datetime) -> Found:
    if not static_files.are_fresh():
        return State.WARN, _("Styles and scripts are not gathered for this version. Run “takrim migrate”.")
    return State.OK, _("Styles and scripts are those of this version.")


@_check(gettext_lazy("Technical error pages"))
def debug(now: datetime) -> Found:
    if settings.DEBUG:
        return State.WARN, _("TAKRIM_DEBUG is 1: errors show technical details to everybody.")
    return State.OK, _("Errors show nothing technical.")
