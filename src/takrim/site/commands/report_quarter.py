"""`takrim report quarter`: the three-month report as a file."""

from __future__ import annotations

from takrim.site.reporting import command

PLUGIN = command(
    "quarter",
    "season",
    "1405-s2",
    {
        "fa": "گزارش سه‌ماهه یک دفتر در PDF، Word، Excel یا HTML",
        "en": "the three-month report of an office as PDF, Word, Excel or HTML",
    },
)
