"""`takrim feed import`: the nation takes what provinces hand over; twice adds nothing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from takrim.site.command import Command, Exit, Say
from takrim.site.commands import _feed

if TYPE_CHECKING:
    from takrim.evaluation.models_feeds import Feed


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    files = say(fa="فایل‌هایی که feed export نوشت", en="files that feed export wrote")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help=files)


def run(options: Namespace, say: Say) -> int:
    """File by file; what is refused holds up none of the others, and is kept with its reason."""
    from takrim.base import clock
    from takrim.evaluation.actions_feeds_bring import bring_feed
    from takrim.evaluation.feed_form import LARGEST
    from takrim.orgs.actor import system

    refused = 0
    for path in options.files:
        content = _feed.read(path, say, LARGEST + 1)
        if content is None:
            refused += 1
            continue
        file = content if len(content) <= LARGEST else None
        brought = bring_feed(file=file, name=path.name, by=system("feed"), now=clock.now())
        if brought.feed is not None:
            print(_line(path, brought.feed, say, new=brought.new))
        if brought.refusal is not None:
            refused += 1
            print(f"{path}: {brought.refusal} {brought.refusal.advice}", file=sys.stderr)
    if not refused:
        return Exit.OK
    return Exit.PARTLY if refused < len(options.files) else Exit.REFUSED


def _line(path: Path, feed: Feed, say: Say, *, new: bool) -> str:
    from takrim.base.period import Period
    from takrim.orgs.units import unit_name

    name = unit_name(feed.path, say.lang)
    first, last = (Period.parse(code).title(say.lang) for code in (feed.first, feed.last))
    if not new:
        return say(
            fa=f"{path}: {name}، {first} تا {last}: پیش‌تر دریافت شده بود و چیزی افزوده نشد.",
            en=f"{path}: {name}, {first} to {last}: was received before, nothing was added.",
        )
    return say(fa=f"{path}: {name}، {first} تا {last}: دریافت شد.", en=f"{path}: {name}, {first} to {last}: received.")


PLUGIN = Command(
    name=("feed", "import"),
    help={"fa": "آمار استان‌ها را در ستاد می‌پذیرد", "en": "take the figures that provinces hand over"},
    about={
        "fa": (
            "امضا (کلیدهای پذیرفته‌شده با feed accept)، هر سطر، ماه‌های جاافتاده و جمع‌ها بررسی می‌شود.\n"
            "دوباره همان فایل چیزی نمی‌افزاید؛ ماهی که دوباره و تازه‌تر بیاید جای پیشین را می‌گیرد.\n"
            "آنچه پذیرفته نشود، با دلیلش در صفحه آمار استان‌ها می‌ماند.\n"
            "کد ۱: هیچ‌کدام پذیرفته نشد؛ کد ۳: برخی پذیرفته نشد. جمله‌ای سطر نادرست را نام می‌برد."
        ),
        "en": (
            "The signature (keys accepted with feed accept), every line, missing months and totals are checked.\n"
            "The same file again adds nothing; a month that comes again, and newer, takes the earlier one's place.\n"
            "What is refused stands with its reason on the page of the provinces' figures.\n"
            "Code 1: none was taken; code 3: some were not. A sentence names the line that is wrong."
        ),
    },
    add_arguments=add_arguments,
    run=run,
)
