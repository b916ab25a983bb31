"""`takrim deadline`: when a time given to an office ends, and how that is counted."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from takrim.site.command import Command, Exit, Say, add_format, print_json
from takrim.site.moment import moment

if TYPE_CHECKING:
    from takrim.base.counting import Step


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    unit = say(fa="مسیر اداره‌ای که تقویم آن شمرده می‌شود", en="path of the office whose calendar counts")
    parser.add_argument("--unit", required=True, metavar="PATH", help=unit)
    start = say(fa="لحظهٔ آغاز: ۱۴۰۵/۰۹/۰۳ ۱۰:۰۰ یا ISO", en="when it begins: 1405/09/03 10:00, or ISO")
    parser.add_argument("--from", dest="start", required=True, type=moment(say), metavar="TIME", help=start)
    length = say(fa="مدت، مانند «۱۰ روز کاری»", en='how long, such as "10 working days" or "next saturday"')
    parser.add_argument("--length", required=True, metavar="TEXT", help=length)
    way = say(
        fa="plain: شمارش معمول؛ legal: مواد ۴۴۳ تا ۴۴۵؛ legal_act: همان برای کسی که باید اقدام کند",
        en="plain: as the house counts; legal: Articles 443 to 445; legal_act: the same for one who has to act",
    )
    parser.add_argument("--counting", choices=("plain", "legal", "legal_act"), default="plain", help=way)
    lines = say(fa="روزبه‌روز بگو چگونه شمرده شد", en="say day by day how it was counted")
    parser.add_argument("--explain", action="store_true", help=lines)
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """Count and print."""
    from takrim.base import words
    from takrim.base.counting import Counting, StepKind
    from takrim.base.jalali import weekday_name
    from takrim.base.length import Length
    from takrim.orgs.calendars import calendar_of
    from takrim.orgs.units import all_names

    path = options.unit if options.unit.endswith("/") else f"{options.unit}/"
    if path not in all_names():
        print(say(fa=f"دفتری با مسیر {path} نیست.", en=f"There is no office at {path}."), file=sys.stderr)
        return Exit.REFUSED
    length, counting = Length.parse(options.length), Counting(options.counting)
    steps = calendar_of(path).explain(options.start, length, counting)
    due = steps[-1].moment
    reasons = _reasons(path, say.lang)
    days = [
        {"day": step.day.isoformat(), "kind": step.kind.value, "note": _said(step, reasons, say)}
        for step in steps
        if step.kind is not StepKind.DUE
    ]
    if options.format == "json":
        found = {"unit": path, "from": options.start, "length": str(length), "counting": counting.value, "due": due}
        print_json(found | ({"steps": days} if options.explain else {}))
        return Exit.OK
    for day in days if options.explain else ():
        when = date.fromisoformat(day["day"])
        print(f"{weekday_name(when, say.lang)} {words.date(when, say.lang)}: {day['note']}")
    assert due is not None  # the last step is DUE
    print(say(fa="پایان: ", en="Due: ") + words.datetime(due, say.lang))
    return Exit.OK


def _said(step: Step, reasons: Mapping[date, str], say: Say) -> str:
    """The step in words; of a day that counts also how far the count has come."""
    from takrim.base import words
    from takrim.base.counting import StepKind

    told = step.said(reasons.get(step.day, ""))
    if step.kind is not StepKind.COUNTED:
        return told
    count = words.number(step.count, say.lang, 0 if step.count.denominator == 1 else 2)
    return f"{told} {say(fa=f'تا اینجا {count}.', en=f'{count} so far.')}"


def _reasons(path: str, lang: str) -> dict[date, str]:
    """Why the office was closed, by day."""
    from takrim.orgs.models import Closure
    from takrim.orgs.paths import lineage

    closed = Closure.objects.filter(path__in=lineage(path), withdrawn_at=None)
    return {row.day: row.reason_en if lang == "en" else row.reason_fa for row in closed}


PLUGIN = Command(
    name=("deadline",),
    help={
        "fa": "می‌گوید مهلتی که به یک اداره داده شده کی پایان می‌یابد و چگونه شمرده می‌شود",
        "en": "say when a time given to an office ends, and how that is counted",
    },
    about={
        "fa": "نمونه: takrim deadline --unit ir/alborz/nazarabad/ --from 1405/09/03 --length «۱۰ روز کاری» --explain",
        "en": 'Example: takrim deadline --unit ir/alborz/nazarabad/ --from 1405/09/03 --length "10 working days"',
    },
    add_arguments=add_arguments,
    run=run,
)
