"""`takrim watch`: what flatters the figures of offices in a period, with the rule, the numbers and the cases."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from takrim.site.command import Command, Exit, Say, add_format, print_json

if TYPE_CHECKING:
    from takrim.base.period import Period
    from takrim.evaluation.watched import Seen

# So many cases of a finding are named to people; programs get all that are kept.
_NAMED = 5


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    under = say(
        fa="مسیر دفتر؛ خود آن و همه زیرمجموعه دیده می‌شود", en="path of an office; it and all below it are watched"
    )
    parser.add_argument("--under", default="ir/", metavar="PATH", help=under)
    period = say(fa="دوره: 1405-07، 1405-s3، 1405-h1 یا 1405", en="the period: 1405-07, 1405-s3, 1405-h1 or 1405")
    parser.add_argument("--period", required=True, metavar="PERIOD", help=period)
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """Look and print; nothing is kept."""
    from takrim.base.period import Period
    from takrim.evaluation.watched import watched
    from takrim.orgs.units import all_names

    period = Period.parse(options.period)
    under = options.under if options.under.endswith("/") else f"{options.under}/"
    if under not in all_names():
        print(say(fa=f"دفتری با مسیر {under} نیست.", en=f"There is no office at {under}."), file=sys.stderr)
        return Exit.REFUSED
    seen = watched(under, period)
    if options.format == "json":
        print_json({"under": under, "period": period.code, "findings": [_plain(one, say) for one in seen]})
    else:
        _print(seen, period, say)
    return Exit.OK


def _plain(one: Seen, say: Say) -> dict[str, Any]:
    return {
        "watch": one.watch,
        "unit": one.unit,
        "unusual": str(one.found.unusual),
        "sentence": one.by.say(one.found.numbers),
        "rule": one.by.say_rule(),
        "limits": {name: limit.value for name, limit in one.by.limits.items()},
        "numbers": dict(one.found.numbers),
        "cases": list(one.found.cases),
    }


def _print(seen: list[Seen], period: Period, say: Say) -> None:
    from takrim.base import words
    from takrim.orgs.units import unit_name

    title = period.title(say.lang)
    if not seen:
        print(say(fa=f"{title}: چیزی نامعمول دیده نشد.", en=f"{title}: nothing unusual was found."))
        return
    print(say(fa=f"{title}: {say.number(len(seen))} یافته", en=f"{title}: {len(seen)} findings"))
    for one in seen:
        times = words.number(one.found.unusual, say.lang, 1)
        much = say(fa=f"{times} برابر حد", en=f"{times} times the limit")
        cases = " ".join(one.found.cases[:_NAMED])
        more = "" if len(one.found.cases) <= _NAMED else " …"
        print(f"\n{unit_name(one.unit, say.lang)} — {one.by.title} ({much})")
        print(f"  {one.by.say(one.found.numbers)}")
        print(say(fa=f"  پرونده‌ها: {cases}{more}", en=f"  cases: {cases}{more}"))


PLUGIN = Command(
    name=("watch",),
    help={
        "fa": "نشانه‌های آراستن آمار را در کار دفترها می‌جوید",
        "en": "look for what flatters the figures of offices",
    },
    about={
        "fa": (
            "بستن شتابزده در پایان دوره، پاسخ‌های یکسان، بازگشت پس از بستن در واپسین ساعت‌های مهلت و مانند آن.\n"
            "قاعده و حدهای هر کدام در docs/watch.md آمده است. هیچ امتیازی با آن تغییر نمی‌کند و چیزی نگه داشته نمی‌شود.\n"
            "نمونه: takrim watch --under ir/alborz/ --period 1405-h1\n"
            "کد ۰: دیده شد، چه چیزی یافته شده باشد چه نه؛ کد ۱: دفتر یا دوره شناخته نشد."
        ),
        "en": (
            "A rush of closing before the period ends, answers of the same text, matters that come back after being\n"
            "ended on their last day, and so on. Rules and limits: docs/watch.md. No score changes by it, and nothing\n"
            "is kept. Example: takrim watch --under ir/alborz/ --period 1405-h1\n"
            "Code 0: looked, whether or not anything was found; code 1: the office or the period is not known."
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
