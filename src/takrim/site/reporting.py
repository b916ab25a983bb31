"""What `takrim report quarter|half-year|year` share: one catalogue of chapters, three lengths of period."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from takrim.site.command import Command, Exit, Say

if TYPE_CHECKING:
    from datetime import datetime

    from takrim.base.period import Period
    from takrim.reports.document import Source
    from takrim.reports.models import Report

FORMS = ("pdf", "docx", "xlsx", "html")


def command(name: str, kind: str, example: str, help: Mapping[str, str]) -> Command:
    """The subcommand for periods of one kind."""
    return Command(
        name=("report", name),
        help=help,
        about={
            "fa": (
                "گزارشی که امضا شده باشد همان‌گونه که امضا شده درمی‌آید. وگرنه، یا با --again، رقم‌ها از نو شمرده\n"
                "می‌شوند و جمله‌ها همان‌هایی‌اند که از رقم‌ها درمی‌آیند. اگر گزارش امضاشده‌ای هست، --again می‌گوید کدام رقم‌ها\n"
                f"دیگر شده‌اند و از چه رویدادهایی. نمونه: takrim report {name} --unit ir/alborz/ --period {example} \\\n"
                "  --format pdf -o report.pdf\n"
                "با --lang زبان گزارش هم برگزیده می‌شود."
            ),
            "en": (
                "A report that was signed comes as it was signed. Otherwise, or with --again, the figures are\n"
                "computed anew, and the sentences are those that follow from the figures. Where there is a signed\n"
                "report, --again says which figures are others now and from what that came. Example:\n"
                f"  takrim report {name} --unit ir/alborz/ --period {example} --format pdf -o report.pdf\n"
                "--lang chooses the language of the report too."
            ),
        },
        add_arguments=_arguments(example),
        run=lambda options, say: _run(options, say, kind),
    )


def _arguments(example: str) -> Callable[[ArgumentParser, Say], None]:
    def add(parser: ArgumentParser, say: Say) -> None:
        unit = say(fa="مسیر دفتر؛ خود آن و همه زیرمجموعه", en="path of an office; it and all below it")
        parser.add_argument("--unit", required=True, metavar="PATH", help=unit)
        period = say(fa=f"دوره، مانند {example}", en=f"the period, such as {example}")
        parser.add_argument("--period", required=True, metavar="PERIOD", help=period)
        form = say(fa="شکل پرونده خروجی", en="form of the file")
        parser.add_argument("--format", choices=FORMS, default="pdf", help=form)
        output = say(fa="پرونده خروجی", en="the file to write")
        parser.add_argument("-o", "--output", required=True, metavar="FILE", type=Path, help=output)
        again = say(
            fa="رقم‌ها را از نو بشمار، هرچند گزارش امضا شده باشد",
            en="compute the figures anew, though the report was signed",
        )
        parser.add_argument("--again", action="store_true", help=again)

    return add


def _run(options: Namespace, say: Say, kind: str) -> int:
    """Write the file; say what it is, and what differs from the signed one."""
    from takrim.base import clock
    from takrim.base.period import Period
    from takrim.orgs.units import all_names
    from takrim.reports.actions import check_period
    from takrim.reports.document import document, source_of
    from takrim.reports.form import FORMS as FOLDER
    from takrim.reports.models import Report

    path = options.unit if options.unit.endswith("/") else f"{options.unit}/"
    if path not in all_names():
        print(say(fa=f"دفتری با مسیر {path} نیست.", en=f"There is no office at {path}."), file=sys.stderr)
        return Exit.REFUSED
    now, period = clock.now(), Period.parse(options.period)
    check_period(period, now)
    if period.kind != kind:
        wrong = say(
            fa="این گزارش درباره دوره‌ای به این درازا نیست.", en="This report is about another length of period."
        )
        print(wrong, file=sys.stderr)
        return Exit.USAGE
    signed = Report.objects.all().signed(path, period)
    source = source_of(signed) if signed and not options.again else _anew(path, period, now, signed, say)
    try:
        options.output.write_bytes(FOLDER[options.format].make(document(source, say.lang)))
    except OSError as error:
        print(say(fa=f"پرونده نوشته نشد: {error}", en=f"The file could not be written: {error}"), file=sys.stderr)
        return Exit.REFUSED
    print(_told(source, options.output, say))
    return Exit.OK


def _told(source: Source, place: Path, say: Say) -> str:
    if source.seal:
        return say(fa=f"گزارش امضاشده در {place} نوشته شد.", en=f"The signed report was written to {place}.")
    return say(fa=f"گزارش در {place} نوشته شد.", en=f"The report was written to {place}.")


def _anew(path: str, period: Period, now: datetime, signed: Report | None, say: Say) -> Source:
    """Computed now; beside a signed one, what has become of its figures is told."""
    from takrim.reports.build import build
    from takrim.reports.document import source_of_built
    from takrim.reports.making import compared
    from takrim.reports.shown import comparison

    built = build(path, period, now)
    if signed:
        for line in comparison(compared(signed, built.figures, built.hash), say.lang):
            print(line)
    return source_of_built(path, period, built, now)
