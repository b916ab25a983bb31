"""`takrim figures`: received, closed, late, overdue and the times of answers, counted anew from the cases."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from takrim.site.command import Command, Exit, Say, print_json, print_table
from takrim.site.moment import moment

if TYPE_CHECKING:
    from takrim.indicators.exact import Line
    from takrim.indicators.holders import Part

Words = dict[str, dict[str, str]]

_BY = ("unit", "month", "channel", "subject", "right", "handover", "holder")
_COLUMNS: Words = {
    "received": {"fa": "دریافتی", "en": "received"},
    "closed": {"fa": "پایان‌یافته", "en": "closed"},
    "open": {"fa": "باز", "en": "open"},
    "with_due": {"fa": "دارای مهلت", "en": "with due"},
    "on_time": {"fa": "در مهلت", "en": "on time"},
    "late": {"fa": "پس از مهلت", "en": "late"},
    "overdue": {"fa": "معوق", "en": "overdue"},
    "on_time_share": {"fa": "سهم در مهلت", "en": "on-time share"},
    "median_hours": {"fa": "میانه (ساعت)", "en": "median hours"},
    "p90_hours": {"fa": "صدک ۹۰ (ساعت)", "en": "p90 hours"},
}
_OF_HOLDERS: Words = {
    "matters": {"fa": "پرونده دیرشده", "en": "late matters"},
    "late_hours": {"fa": "تأخیر (ساعت)", "en": "late hours"},
    "late_share": {"fa": "سهم از تأخیر", "en": "share of lateness"},
}
_DECIMALS = {"on_time_share": 4, "median_hours": 2, "p90_hours": 2, "late_hours": 2, "late_share": 4}
_SHARES = {"on_time_share", "late_share"}


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    under = say(fa="مسیر دفتر؛ خود آن و همه زیرمجموعه شمرده می‌شود", en="path of an office; it and all below it count")
    parser.add_argument("--under", default="ir/", metavar="PATH", help=under)
    parser.add_argument("--by", choices=_BY, default="unit", help=say(fa="هر سطر چیست", en="what each line is"))
    at = say(fa="وضع در این زمان (پیش‌فرض: اکنون)", en="as things stood at this time (default: now)")
    parser.add_argument("--as-of", type=moment(say), metavar="TIME", help=at)
    anew = say(
        fa="همه آمار صفحه‌ها را از نو از دفتر رویدادها بساز و چیزی چاپ نکن",
        en="make all figures of the pages anew from the journal, and print none",
    )
    parser.add_argument("--rebuild", action="store_true", help=anew)
    form = say(fa="شکل خروجی", en="form of the output")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help=form)


def run(options: Namespace, say: Say) -> int:
    """Count and print."""
    from takrim.base import clock
    from takrim.indicators.exact import By, figures_by
    from takrim.indicators.holders import late_by_holder
    from takrim.orgs.units import all_names

    if options.rebuild:
        return _rebuild(say)
    under = options.under if options.under.endswith("/") else f"{options.under}/"
    if under not in all_names():
        print(say(fa=f"دفتری با مسیر {under} نیست.", en=f"There is no office at {under}."), file=sys.stderr)
        return Exit.REFUSED
    at = options.as_of or clock.now()
    lines, total = late_by_holder(under, at) if options.by == "holder" else figures_by(under, By(options.by), at)
    title, columns = _titles(options.by, say.lang), _columns(options.by)
    rows = [{options.by: line.key, **title(line.key), **_values(line, columns)} for line in lines]
    if options.format == "csv":
        _print_csv(rows, options.by)
    elif options.format == "json":
        print_json({"under": under, "by": options.by, "as_of": at, "total": _values(total, columns), "rows": rows})
    else:
        _print_table(rows, _values(total, columns), options.by, say)
    return Exit.OK


def _rebuild(say: Say) -> int:
    from takrim.indicators.follow import rebuild

    read = rebuild()
    print(say(fa=f"آمار از نو از {read} رویداد ساخته شد.", en=f"The figures were made anew from {read} entries."))
    return Exit.OK


def _columns(by: str) -> Words:
    return _OF_HOLDERS if by == "holder" else _COLUMNS


def _titles(by: str, lang: str) -> Callable[[str], dict[str, str]]:
    from takrim.base.period import Period
    from takrim.cases.rights import rights
    from takrim.channels.channel import CHANNELS
    from takrim.indicators.exact import TO
    from takrim.orgs.units import unit_name

    titles: dict[str, Callable[[str], dict[str, str]]] = {
        "unit": lambda key: {"title": unit_name(key, lang)},
        "month": lambda key: {"title": Period.parse(key).title(lang)},
        "channel": lambda key: {"title": str(CHANNELS[key].title) if key in CHANNELS else key},
        "subject": lambda key: {},
        "right": lambda key: {"title": rights()[key].title(lang) if key in rights() else key},
        "handover": lambda key: {"title": TO.join(unit_name(path, lang) for path in key.split(TO))},
        "holder": lambda key: {"title": unit_name(key, lang)},
    }
    return titles[by]


def _values(line: Line | Part, columns: Words) -> dict[str, Any]:
    return {name: _plain(getattr(line, name), _DECIMALS.get(name, 0)) for name in columns}


def _plain(value: int | Fraction | None, decimals: int) -> int | float | None:
    """A fraction as a decimal number, half rounded up."""
    if not isinstance(value, Fraction):
        return value
    scaled = value * 10**decimals
    return float((scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)) / float(10**decimals)


def _print_csv(rows: Sequence[dict[str, Any]], by: str) -> None:
    titled = [] if by == "subject" else ["title"]
    writer = csv.DictWriter(sys.stdout, [by, *titled, *_columns(by)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _print_table(rows: Sequence[dict[str, Any]], total: dict[str, Any], by: str, say: Say) -> None:
    first = {
        "unit": {"fa": "دفتر", "en": "office"},
        "month": {"fa": "ماه دریافت", "en": "month of receipt"},
        "channel": {"fa": "راه دریافت", "en": "channel"},
        "subject": {"fa": "موضوع", "en": "subject"},
        "right": {"fa": "حق شهروندی", "en": "citizens' right"},
        "handover": {"fa": "دست‌به‌دست", "en": "hand-over"},
        "holder": {"fa": "نزد دفتر", "en": "held by"},
    }
    columns = _columns(by)
    head = [say.pick(first[by]), *(say.pick(words) for words in columns.values())]
    body = [[row.get("title", row[by]), *(_cell(name, row[name], say.lang) for name in columns)] for row in rows]
    body.append([say(fa="همه", en="all"), *(_cell(name, total[name], say.lang) for name in columns)])
    print_table([head, *body])


def _cell(name: str, value: int | float | None, lang: str) -> str:
    from takrim.base import words

    if name in _SHARES:
        return words.percent(value, lang)
    return words.number(value, lang, _DECIMALS.get(name, 0))


PLUGIN = Command(
    name=("figures",),
    help={
        "fa": "شمارش پرونده‌ها: دریافتی، پایان‌یافته، در مهلت، معوق، میانه و صدک ۹۰ زمان پاسخ",
        "en": "count cases: received, closed, on time, late, overdue, median and p90 time",
    },
    about={
        "fa": (
            "هر پرونده یک بار شمرده می‌شود، با آخرین پاسخ نهایی که بدهکار آن بوده‌ایم. پایان‌یافته: پاسخ داده شده یا\n"
            "به شکل دیگری پایان یافته. پس از مهلت: پایان پس از سررسید. معوق: هنوز باز و سررسید گذشته. زمان‌ها به\n"
            "ساعت پیوسته و از لحظه بدهکار شدن تا پایان است. میانه و صدک ۹۰ به روش نزدیک‌ترین رتبه: از n زمان\n"
            "مرتب‌شده، زمان‌هایی که در جای ⌈n/2⌉ و ⌈0.9n⌉ هستند. سطرهای month ماه دریافت پرونده‌اند. سطرهای right\n"
            "حق‌هایی‌اند که برای پرونده نام برده شده: پروندهٔ دو حق در هر دو سطر و در جمع دو بار می‌آید. سطرهای handover\n"
            "ارجاع‌ها از دفتری به دفتر دیگرند و زمانشان تا پاسخ است. سطرهای holder تأخیر پرونده‌های پس از مهلت و\n"
            "معوق را میان دفترهایی بخش می‌کنند که پرونده پس از سررسید نزدشان بوده است؛ جمع سطرها کل تأخیر است."
        ),
        "en": (
            "Each case counts once, by the final answer that was owed last. closed: answered, or ended in another\n"
            "way. late: closed after its due moment. overdue: still open and past it. Times are clock hours from the\n"
            "moment the answer was owed to its end. Median and p90 are nearest-rank quantiles: of n sorted times the\n"
            "ones at place ceil(n/2) and ceil(0.9 n). Lines of --by month are the months of receipt; those\n"
            "of --by right the citizens' rights that were named for cases: a case of two rights counts in both, and\n"
            "twice in the sum; those\n"
            "of --by handover count referrals from one office to another, and the time until the reply. Those of\n"
            "--by holder charge the lateness of late and overdue cases to the offices with which they lay after\n"
            "their due moment: the hours of all lines are the whole."
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
