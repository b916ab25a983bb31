"""`takrim doctor`: is this installation well?"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from takrim.site.command import Command, Exit, Say, add_format, print_json

_MARKS = {"ok": "✓", "warn": "!", "bad": "✗"}


def run(options: Namespace, say: Say) -> int:
    """Print every check; 1 when one of them is bad."""
    from takrim.base import clock
    from takrim.web.operator.health import State, findings

    found = list(findings(clock.now()))
    bad = any(finding.state is State.BAD for finding in found)
    if options.format == "json":
        print_json({"healthy": not bad, "checks": [asdict(finding) for finding in found]})
        return Exit.REFUSED if bad else Exit.OK
    for finding in found:
        print(f"{_MARKS[finding.state]} {finding.title}: {finding.sentence}")
    return Exit.REFUSED if bad else Exit.OK


PLUGIN = Command(
    name=("doctor",),
    help={"fa": "بررسی می‌کند که این نصب سالم است", "en": "check that this installation is well"},
    about={
        "fa": (
            "پایگاه داده، جدول‌ها، کارگر، پوشهٔ داده، فضای دیسک، کلید و پرونده‌های ایستا را می‌بیند و به هر کدام با یک جمله"
            " پاسخ می‌دهد. اگر چیزی خراب باشد کد خروج ۱ است."
        ),
        "en": (
            "Looks at database, tables, worker, data folder, disk space, key and static files, and answers each with a"
            " sentence. The exit code is 1 when something is bad."
        ),
    },
    add_arguments=add_format,
    run=run,
)
