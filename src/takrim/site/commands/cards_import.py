"""`takrim cards import`: brings in service cards that were written out elsewhere; twice adds nothing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from takrim.site.command import Command, Exit, Say, add_format, print_json

LARGEST = 50_000_000


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    """The options."""
    file = say(fa="فایل JSON، یا - برای ورودی معمول", en="JSON file, or - for standard input")
    parser.add_argument("file", metavar="FILE", help=file)
    dry = say(fa="فقط بگو چه می‌شود؛ چیزی نوشته نمی‌شود", en="only say what would happen; nothing is written")
    parser.add_argument("--dry-run", action="store_true", help=dry)
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """Read, check, bring in; or say all that is wrong."""
    from django.db import transaction

    from takrim.base import clock
    from takrim.cards.actions_import import import_cards
    from takrim.cards.interchange import read
    from takrim.orgs.actor import system
    from takrim.orgs.stamps import forget

    try:
        text = _text(options.file)
    except (OSError, UnicodeDecodeError) as error:
        said = say(fa="این فایل را نمی‌توان خواند", en="This file cannot be read")
        print(f"{said}: {options.file} ({error})", file=sys.stderr)
        return Exit.REFUSED
    with transaction.atomic():
        brought = import_cards(cards=read(text), by=system("import"), now=clock.now())
        transaction.set_rollback(options.dry_run)
    forget()
    if options.format == "json":
        new = [{"card": code, "house": house, "since": since} for code, house, since in brought.new]
        print_json({"dry_run": options.dry_run, "new": new, "known": brought.known})
        return Exit.OK
    for code, house, since in brought.new:
        print(f"+ {code}  {house}  {since}")
    new_ones, known = say.number(len(brought.new)), say.number(brought.known)
    if options.dry_run:
        print(say(fa=f"{new_ones} نسخه افزوده می‌شد.", en=f"{new_ones} versions would be added."))
    else:
        print(say(fa=f"{new_ones} نسخه افزوده شد.", en=f"{new_ones} versions were added."))
    print(say(fa=f"{known} نسخه از پیش بود.", en=f"{known} were there already."))
    return Exit.OK


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read(LARGEST)
    with Path(name).open(encoding="utf-8-sig") as file:
        return file.read(LARGEST)


PLUGIN = Command(
    name=("cards", "import"),
    help={
        "fa": "شناسنامه‌های خدمت را از فایل JSON می‌آورد",
        "en": "bring in service cards from a JSON file",
    },
    about={
        "fa": "همه یا هیچ. دوباره آوردن چیزی نمی‌افزاید. قالب فایل در docs/cards.md آمده است. کد ۱: فایل درست نیست یا "
        "نسخه‌ای پیش از نسخه موجود است؛ جمله‌ای نام فیلد را می‌گوید.",
        "en": "All or nothing. Importing twice adds nothing. The form: docs/cards.md. Code 1: something is wrong with "
        "the file, or a version comes before one that is there; a sentence names the field.",
    },
    add_arguments=add_arguments,
    run=run,
)
