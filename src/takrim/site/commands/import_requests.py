"""`takrim import requests`: another system's file of requests becomes cases with their own times."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from takrim.site.command import Command, Say
from takrim.site.importing import console


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    console.add_arguments(parser, say, file=say(fa="فایل CSV، JSON یا zip", en="CSV, JSON or zip file"))


def run(options: Namespace, say: Say) -> int:
    from takrim.site.importing.mapping import read_map

    return console.bring(options, say, read_map(options.map))


PLUGIN = Command(
    name=("import", "requests"),
    help={
        "fa": "فایل درخواست‌های سامانه‌ای دیگر را می‌آورد",
        "en": "bring in another system's file of requests",
    },
    about={
        "fa": "هر ردیف با زمان‌های خودش پرونده می‌شود. دوباره آوردن چیزی نمی‌افزاید. کد ۳: برخی ردیف‌ها پذیرفته نشد.",
        "en": "Every row becomes a case with its own times. Importing twice adds nothing. Code 3: some rows refused.",
    },
    add_arguments=add_arguments,
    run=run,
)
