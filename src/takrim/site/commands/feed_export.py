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
    parser.add_argument("--period", required=True, metavar="PERIOD", help=period)
    first = say(fa="از نخستین ماه آمار؛ برای نخستین بار", en="from the first month of figures on; for the first time")
    parser.add_argument("--all-before", action="store_true", help=first)


def run(options: Namespace, say: Say) -> int:
    """Let the figures catch up, then write."""
    from takrim.base import clock
    from takrim.base.period import Period
    from takrim.evaluation.feed_form import write
    from takrim.evaluation.feed_out import hand_over
    from takrim.evaluation.signing import fingerprint
    from takrim.indicators.follow import READER
    from takrim.journal.follow import catch_up
    from takrim.orgs.paths import province_of
    from takrim.orgs.units import all_names

    province = f"{options.province.strip('/')}/"
    if province not in all_names() or province_of(province) != province or province == "ir/":
        print(say(fa=f"استانی با مسیر {province} نیست.", en=f"There is no province at {province}."), file=sys.stderr)
        return Exit.REFUSED
    catch_up(READER)
    handed = hand_over(province, Period.parse(options.period), clock.now(), all_before=options.all_before)
    key = _feed.own_key()
    try:
        options.file.write_bytes(write(handed, key))
    except OSError as error:
        why = error.strerror
        print(
            say(fa=f"فایل {options.file} نوشته نشد: {why}", en=f"The file {options.file} cannot be written: {why}"),
            file=sys.stderr,
        )
        return Exit.REFUSED
    mark = fingerprint(key.public_key())
    first, last = (Period.parse(code).title(say.lang) for code in (handed.months[0], handed.months[-1]))
    print(
        say(
            fa=f"{options.file} نوشته شد: {first} تا {last}. اثر انگشت کلید: {mark}",
            en=f"{options.file} was written: {first} to {last}. Fingerprint of the key: {mark}",
        )
    )
    return Exit.OK


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
            "کد ۱: استانی با این مسیر نیست، یا ماهی از دوره پایان نیافته است."
        ),
        "en": (
            "Months of the period that have ended, office by office, by kind, channel, service and right, and the\n"
            "SHA-256 of the proofs accepted in them; no case and no name.\n"
            "The first time --all-before is needed, so that open matters are counted right too.\n"
            "Example: takrim feed export alborz.feed --province ir/alborz/ --period 1405-h1\n"
            "Code 1: there is no such province, or no month of the period has ended."
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
