"""`takrim report half-year`: the half-year report as a file."""

from __future__ import annotations

from takrim.site.reporting import command

PLUGIN = command(
    "half-year",
    "half",
    "1405-h1",
    {
        "fa": "گزارش شش‌ماهه یک دفتر در PDF، Word، Excel یا HTML",
        "en": "the half-year report of an office as PDF, Word, Excel or HTML",
    },
)
