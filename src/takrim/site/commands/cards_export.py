"""`takrim cards export`: the service cards with their versions and dates, as one JSON document."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from takrim.site.command import Command, Exit, Say, print_json


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    house = say(
        fa="فقط نسخه‌های این وزارتخانه (ir/) یا استان (ir/alborz/)",
        en="only the versions of the ministry (ir/) or of one province (ir/alborz/)",
    )
    parser.add_argument("--house", default="", metavar="PATH", help=house)
    holding = say(
        fa="فقط آنچه امروز معتبر است یا در پیش است، بدون نسخه‌های گذشته",
        en="only what holds today or is to come, without past versions",
    )
    parser.add_argument("--holding", action="store_true", help=holding)
    out = say(fa="فایلی که نوشته می‌شود؛ بدون آن، خروجی معمول", en="file to write; without it, standard output")
    parser.add_argument("--out", type=Path, metavar="FILE", help=out)


def run(options: Namespace, say: Say) -> int:
    """Write them out."""
    from takrim.base import clock
    from takrim.cards.interchange import write_out
    from takrim.orgs.paths import ROOT
    from takrim.orgs.units import house_of

    house = f"{options.house.rstrip('/')}/" if options.house else ""
    if house and house != ROOT and house_of(house) != house:
        print(say(fa=f"در مسیر {house} استانی نیست.", en=f"There is no province at {house}."), file=sys.stderr)
        return Exit.REFUSED
    document = write_out(house=house, on=clock.local_date(clock.now()) if options.holding else None)
    if options.out is None:
        print_json(document)
        return Exit.OK
    try:
        options.out.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        said = say(fa="این فایل را نمی‌توان نوشت", en="This file cannot be written")
        print(f"{said}: {options.out} ({error.strerror})", file=sys.stderr)
        return Exit.REFUSED
    many = say.number(len(document["cards"]))
    print(say(fa=f"{many} شناسنامه نوشته شد.", en=f"{many} cards were written."))
    return Exit.OK


PLUGIN = Command(
    name=("cards", "export"),
    help={
        "fa": "شناسنامه‌های خدمت را با نسخه‌ها و تاریخ‌ها در قالب JSON می‌نویسد",
        "en": "write the service cards with their versions and dates as JSON",
    },
    about={
        "fa": "نمونه: takrim cards export --house ir/alborz/ --out cards.json. قالب فایل در docs/cards.md آمده است.",
        "en": "Example: takrim cards export --house ir/alborz/ --out cards.json. The form: docs/cards.md.",
    },
    add_arguments=add_arguments,
    run=run,
)
