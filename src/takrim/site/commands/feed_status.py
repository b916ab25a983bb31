"""`takrim feed status`: which months a province that runs alone has handed over, and which have changed since."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from takrim.site.command import Command, Exit, Say, add_format, print_json, print_table
from takrim.site.commands import _feed


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    under = say(fa="مسیر استان، مانند ir/alborz/", en="path of the province, such as ir/alborz/")
    parser.add_argument("--province", required=True, metavar="PATH", help=under)
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """Let the figures catch up, then compare."""
    from takrim.base import clock
    from takrim.base import words as spelled
    from takrim.evaluation.feed_standing import MonthState, standing
    from takrim.indicators.follow import READER
    from takrim.journal.follow import catch_up

    province = _feed.province_at(options.province, say)
    if not province:
        return Exit.REFUSED
    catch_up(READER)
    found = standing(province, clock.now())
    if options.format == "json":
        months = [
            {"month": one.month.code, "state": str(one.state), "at": one.at, "file": one.file or None} for one in found
        ]
        print_json({"province": province, "months": months})
    else:
        words = {
            MonthState.HANDED: say(fa="تحویل‌شده", en="handed over"),
            MonthState.CHANGED: say(fa="تغییرکرده پس از تحویل", en="changed since"),
            MonthState.MISSING: say(fa="تحویل‌نشده", en="missing"),
        }
        heading = [say(fa="ماه", en="month"), say(fa="وضعیت", en="state"), say(fa="تاریخ تحویل", en="handed over on")]
        lines = [
            [one.month.title(say.lang), words[one.state], spelled.datetime(one.at, say.lang) if one.at else "—"]
            for one in found
        ]
        print_table([heading, *lines], words=3)
    return Exit.OK if all(one.state is MonthState.HANDED for one in found) else Exit.REFUSED


PLUGIN = Command(
    name=("feed", "status"),
    help={
        "fa": "کدام ماه‌ها تحویل شده و کدام پس از آن تغییر کرده است",
        "en": "which months were handed over, and which have changed since",
    },
    about={
        "fa": (
            "آنچه آخرین بار تحویل شد با آمار امروز سنجیده می‌شود: پرونده‌های دیرثبت‌شده و اعتراض‌های پذیرفته‌شده.\n"
            "نمونه: takrim feed status --province ir/alborz/ --format json\n"
            "کد ۰: همه ماه‌های پایان‌یافته تحویل شده و تغییری نکرده است؛ کد ۱: ماهی جا مانده یا تغییر کرده است."
        ),
        "en": (
            "What was last handed over is compared with the figures of today: late entries, objections upheld.\n"
            "Example: takrim feed status --province ir/alborz/ --format json\n"
            "Code 0: all months that have ended are handed over and unchanged; code 1: one is missing or has changed."
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
