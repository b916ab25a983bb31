"""`takrim import log`: another system's event log becomes cases with their hand-overs between groups."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from takrim.site.command import Command, Say
from takrim.site.importing import console


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    kinds = say(fa="فایل CSV یا XES، تنها یا در zip یا gz", en="CSV or XES file, plain or in a zip or gz")
    console.add_arguments(parser, say, file=kinds)


def run(options: Namespace, say: Say) -> int:
    from takrim.site.importing.mapping import read_log_map

    return console.bring(options, say, read_log_map(options.map))


PLUGIN = Command(
    name=("import", "log"),
    help={
        "fa": "گزارش رویدادهای سامانه‌ای دیگر را می‌آورد",
        "en": "bring in another system's event log",
    },
    about={
        "fa": (
            "از رویدادها (پرونده، کار، زمان، چه کسی، گروه) پرونده‌هایی با زمان‌های خودشان می‌سازد؛ هر دست‌به‌دست شدن"
            " میان گروه‌ها یک ارجاع است. دوباره آوردن چیزی نمی‌افزاید. کد ۳: برخی پرونده‌ها پذیرفته نشد.\n"
            "پس از آن: takrim figures --by handover"
        ),
        "en": (
            "Makes cases with their own times out of events (case, activity, time, who, group); every hand-over between"
            " groups is a referral. Importing twice adds nothing. Code 3: some cases refused.\n"
            "Then: takrim figures --by handover"
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
