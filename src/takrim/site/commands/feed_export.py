"""`takrim feed export`: a province hands its figures and the hashes of its proofs to the nation, signed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from takrim.site.command import Command, Exit, Say
from takrim.site.commands import _feed


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    out = say(fa="فایلی که نوشته می‌شود", en="the file that is written")
    parser.add_argument("file", type=Path, metavar="FILE", help=out)
    under = say(fa="مسیر استان، مانند ir/alborz/", en="path of the province, such as ir/alborz/")
    parser.add_argument("--province", required=True, metavar="PATH", help=under)
    period = say(fa="دوره: 1405-07، 1405-s3، 1405-h1 یا 1405", en="the period: 1405-07, 1405-s3, 1405-h1 or 1405")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--period", metavar="PERIOD", help=period)
    changed = say(fa="درست ماه‌هایی که پس از تحویل تغییر کرده‌اند", en="exactly the months changed since handed over")
    which.add_argument("--changed", action="store_true", help=changed)
    first = say(fa="از نخستین ماه آمار؛ برای نخستین بار", en="from the first month of figures on; for the first time")
    parser.add_argument("--all-before", action="store_true", help=first)


def run(options: Namespace, say: Say) -> int:
    """Let the figures catch up, write, and keep what was handed over."""
    from takrim.base import clock
    from takrim.base.period import Period
    from takrim.evaluation.actions_feeds_out import keep_handed
    from takrim.evaluation.feed_form import write
    from takrim.evaluation.feed_out import hand_over
    from takrim.evaluation.feed_standing import MonthState, hand_changed, standing
    from takrim.evaluation.signing import fingerprint
    from takrim.indicators.follow import READER
    from takrim.journal.follow import catch_up
    from takrim.orgs.actor import system

    province, now = _feed.province_at(options.province, say), clock.now()
    if not province:
        return Exit.REFUSED
    catch_up(READER)
    if options.changed:
        handed = hand_changed(province, now)
    else:
        handed = hand_over(province, Period.parse(options.period), now, all_before=options.all_before)
    key = _feed.own_key()
    content = write(handed, key)
    if not _write(options.file, content, say):
        return Exit.REFUSED
    # Afterwards: what is cut off in between is handed over once more, rather than never.
    keep_handed(handed=handed, file=content, by=system("feed"), now=now)
    mark = fingerprint(key.public_key())
    months = _feed.titles([Period.parse(code) for code in handed.months], say)
    print(
        say(
            fa=f"{options.file} نوشته شد: {months}. اثر انگشت کلید: {mark}",
            en=f"{options.file} was written: {months}. Fingerprint of the key: {mark}",
        )
    )
    others = [one.month for one in standing(province, now) if one.state is MonthState.CHANGED]
    if others:
        named = _feed.titles(others, say)
        print(
            say(
                fa=f"ماه‌هایی که پس از تحویل تغییر کرده‌اند: {named}. آن‌ها را با --changed نیز بفرستید.",
                en=f"Months that have changed since they were handed over: {named}. Export them too with --changed.",
            ),
            file=sys.stderr,
        )
    return Exit.OK


def _write(path: Path, content: bytes, say: Say) -> bool:
    """The file whole or not at all."""
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        why = error.strerror
        print(say(fa=f"فایل {path} نوشته نشد: {why}", en=f"The file {path} cannot be written: {why}"), file=sys.stderr)
        return False
    return True


PLUGIN = Command(
    name=("feed", "export"),
    help={
        "fa": "آمار یک استان را برای ستاد می‌نویسد و امضا می‌کند",
        "en": "write a province's figures for the nation, signed",
    },
    about={
        "fa": (
            "ماه‌های پایان‌یافته دوره، اداره به اداره، به تفکیک نوع و مجرا و خدمت و حق، و SHA-256 مستندات پذیرفته‌شده؛\n"
            "هیچ پرونده و نامی در آن نیست.\n"
            "بار نخست --all-before لازم است تا پرونده‌های باز نیز درست شمرده شود.\n"
            "نمونه: takrim feed export alborz.feed --province ir/alborz/ --period 1405-h1\n"
            "پس از نوشتن می‌گوید کدام ماه‌های تحویل‌شده تغییر کرده‌اند؛ --changed درست همان‌ها را می‌فرستد.\n"
            "کد ۱: استانی با این مسیر نیست، ماهی از دوره پایان نیافته یا ماهی تغییر نکرده است."
        ),
        "en": (
            "Months of the period that have ended, office by office, by kind, channel, service and right, and the\n"
            "SHA-256 of the proofs accepted in them; no case and no name.\n"
            "The first time --all-before is needed, so that open matters are counted right too.\n"
            "Example: takrim feed export alborz.feed --province ir/alborz/ --period 1405-h1\n"
            "It says which months handed over have changed since; --changed exports exactly those.\n"
            "Code 1: there is no such province, no month of the period has ended, or none has changed."
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
