"""What both import commands say and write: arguments, progress, the file of what was left out. No Django at its top."""

from __future__ import annotations

import csv
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from takrim.site.command import Exit, Say, add_format, print_json

if TYPE_CHECKING:
    from takrim.site.importing.mapping import Map
    from takrim.site.importing.run import Report

# A spreadsheet would run these as formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def add_arguments(parser: ArgumentParser, say: Say, *, file: str) -> None:
    """The options; `file` says what may be brought."""
    parser.add_argument("file", type=Path, help=file)
    parser.add_argument(
        "--map",
        type=Path,
        required=True,
        metavar="MAP.toml",
        help=say(fa="نقشهٔ ستون‌ها؛ شکل آن در docs/import.md", en="map of the columns; its form: docs/import.md"),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=say(fa="همه را بررسی کن و چیزی ننویس", en="try everything and write nothing"),
    )
    parser.add_argument(
        "--refused",
        type=Path,
        metavar="FILE.csv",
        help=say(
            fa="ردیف‌های پذیرفته‌نشده با دلیل؛ پیش‌فرض: نام فایل با پسوند refused.csv",
            en="rows that were left out, with the reason; default: the file's name with .refused.csv",
        ),
    )
    add_format(parser, say)


class RefusedRows:
    """The file of rows that were left out; it is made with the first of them."""

    def __init__(self, path: Path, say: Say) -> None:
        self.path, self.say = path, say
        self.file: IO[str] | None = None
        self.writer: Any = None

    def add(self, report: Report) -> None:
        for refused in report.refused:
            if self.file is None:
                self.file = self.path.open("w", encoding="utf-8-sig", newline="")
                self.writer = csv.writer(self.file)
                head = [self.say(fa="ردیف", en="row"), self.say(fa="دلیل", en="reason"), *map(str, refused.row)]
                self.writer.writerow(head)
            self.writer.writerow([refused.number, refused.why, *map(_safe, refused.row.values())])

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


class Progress:
    """A line on standard error that is written over on a terminal, and now and then a new one elsewhere."""

    def __init__(self, say: Say) -> None:
        self.say, self.shown = say, 0.0
        self.live = sys.stderr.isatty()

    def show(self, report: Report) -> None:
        if time.monotonic() - self.shown < (0.2 if self.live else 5):
            return
        self.shown = time.monotonic()
        tally, share = report.tally, int(report.progress * 100)
        bar = "█" * (share // 5) + "░" * (20 - share // 5)
        read, taken, refused = map(self.say.number, (tally.read, tally.taken, tally.refused))
        line = self.say(
            fa=f"{bar} {self.say.number(share)}٪  خوانده {read}، آورده {taken}، پذیرفته‌نشده {refused}",
            en=f"{bar} {share} %  read {read}, taken {taken}, refused {refused}",
        )
        print(f"\r{line}" if self.live else line, end="" if self.live else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.live and self.shown:
            print(file=sys.stderr)


def bring(options: Namespace, say: Say, plan: Map) -> int:
    """0: every row is in; 3: some rows were left out, see the file of refused rows; 1: nothing could be read."""
    from takrim.base import clock
    from takrim.site.importing.run import run as run_import

    rows = RefusedRows(options.refused or Path(f"{options.file.name}.refused.csv"), say)
    progress = Progress(say)

    def tell(report: Report) -> None:
        rows.add(report)
        progress.show(report)

    try:
        tally = run_import(options.file, plan, now=clock.now(), tell=tell, dry=options.dry_run)
    finally:
        progress.end()
        rows.close()
    if options.format == "json":
        print_json({**asdict(tally), "refused_file": str(rows.path) if tally.refused else None})
        return Exit.PARTLY if tally.refused else Exit.OK
    read, taken, known, refused = map(say.number, (tally.read, tally.taken, tally.known, tally.refused))
    print(
        say(
            fa=f"خوانده {read} · آورده {taken} · از پیش بود {known} · پذیرفته‌نشده {refused}",
            en=f"read {read} · taken {taken} · there before {known} · refused {refused}",
        )
    )
    if tally.refused:
        print(say(fa=f"ردیف‌های پذیرفته‌نشده: {rows.path}", en=f"Rows left out: {rows.path}"))
    return Exit.PARTLY if tally.refused else Exit.OK
