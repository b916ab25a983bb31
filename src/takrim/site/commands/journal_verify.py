"""`takrim journal verify`: does every entry of the journal follow from the one before it?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from takrim.site.command import Command, Exit, Say, add_format, print_json

if TYPE_CHECKING:
    from takrim.journal.verify import ChainReport

_WHY = {
    "missing": {"fa": "ردیفی از میان رفته است", "en": "an entry is missing"},
    "changed": {"fa": "ردیفی دست خورده است", "en": "an entry has been changed"},
    "cut": {"fa": "پایان زنجیره بریده شده است", "en": "the end of the chain has been cut off"},
    "no tail": {"fa": "پایان زنجیره گم شده است", "en": "the chain's end is lost"},
}


def add_arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--chain",
        action="append",
        metavar="PATH",
        help=say(fa="تنها این زنجیره، مانند ir/alborz/", en="only this chain, such as ir/alborz/"),
    )
    add_format(parser, say)


def run(options: Namespace, say: Say) -> int:
    """Check the chains one by one and name the first broken link of each."""
    from takrim.journal.verify import verify

    reports = []
    for report in verify(options.chain):
        reports.append(report)
        if options.format == "text":
            print(_line(report, say), flush=True)
    broken = [report for report in reports if report.broken_at is not None]
    if options.format == "json":
        print_json({"holds": not broken, "chains": [asdict(report) for report in reports]})
    else:
        print(_sum(reports, len(broken), say))
    return Exit.REFUSED if broken else Exit.OK


def _line(report: ChainReport, say: Say) -> str:
    if report.broken_at is None:
        count = say.number(report.entries)
        return say(fa=f"✓ {report.chain}: {count} ردیف", en=f"✓ {report.chain}: {count} entries")
    place = say.number(report.broken_at)
    why = say.pick(_WHY.get(report.why, {"fa": report.why, "en": report.why}))
    return say(
        fa=f"✗ {report.chain}: حلقهٔ {place} درست نیست ({why})",
        en=f"✗ {report.chain}: link {place} does not hold ({why})",
    )


def _sum(reports: list[ChainReport], broken: int, say: Say) -> str:
    chains, bad = say.number(len(reports)), say.number(broken)
    entries = say.number(sum(report.entries for report in reports))
    if broken:
        return say(
            fa=f"دفتر رویدادها درست نیست: {bad} زنجیره از {chains} شکسته است.",
            en=f"The journal does not hold: {bad} of {chains} chains are broken.",
        )
    return say(
        fa=f"دفتر رویدادها درست است: {chains} زنجیره، {entries} ردیف.",
        en=f"The journal holds: {chains} chains, {entries} entries.",
    )


PLUGIN = Command(
    name=("journal", "verify"),
    help={
        "fa": "زنجیرهٔ رویدادها را می‌آزماید و نخستین حلقهٔ نادرست را نام می‌برد",
        "en": "check the journal's chains and name the first broken link",
    },
    add_arguments=add_arguments,
    run=run,
)
