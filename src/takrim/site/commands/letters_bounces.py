"""`takrim letters bounces`: mail that came back is told of its letters."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from takrim.site.command import Command, Exit, Say

# No report is longer; the rest of what somebody sends is not read.
LONGEST = 5_000_000


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The mails."""
    files = say(fa="نامه‌های برگشتی؛ - یعنی ورودی استاندارد", en="mails that came back; - reads standard input")
    parser.add_argument("files", nargs="+", metavar="FILE", help=files)


def run(options: Namespace, say: Say) -> int:
    """Read each, and say what became of it. A mail that says nothing about our letters is no fault."""
    mails = []
    for name in options.files:
        try:
            mails.append((name, _read(name)))
        except OSError as error:
            text = say(fa=f"{name} خوانده نشد: {error.strerror}", en=f"{name} could not be read: {error.strerror}")
            print(text, file=sys.stderr)
            return Exit.REFUSED
    for name, raw in mails:
        print(f"{name}: {_take(raw, say)}")
    return Exit.OK


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(LONGEST)
    with Path(name).open("rb") as stream:
        return stream.read(LONGEST)


def _take(raw: bytes, say: Say) -> str:
    from takrim.base import clock
    from takrim.base.errors import Refusal
    from takrim.letters import actions, bounces
    from takrim.orgs.actor import system

    try:
        bounce = bounces.read(raw)
        if not bounce.lost:
            return say(fa="نامه گم نشده است؛ چیزی تغییر نکرد.", en="The letter is not lost: nothing was changed.")
        why = f"came back {bounce.status}".strip()
        actions.report_lost(reference=bounce.reference, why=why, by=system("mail"), now=clock.now())
    except Refusal as refusal:
        return str(refusal)
    return say(fa=f"نامه {bounce.reference} برگشت خورد.", en=f"The letter {bounce.reference} came back.")


PLUGIN = Command(
    name=("letters", "bounces"),
    help={
        "fa": "نامه‌های الکترونیکی برگشتی را می‌خواند و به نامه‌هایشان نسبت می‌دهد",
        "en": "read mail that came back and tell its letters",
    },
    about={
        "fa": 'نمونه، در سرور رایانامه: bounces: "|takrim letters bounces -"',
        "en": 'Example, in the aliases of a mail server: bounces: "|takrim letters bounces -"',
    },
    add_arguments=add_arguments,
    run=run,
)
