"""`takrim report year`: the report of a year as a file."""

from __future__ import annotations

from takrim.site.reporting import command

PLUGIN = command(
    "year",
    "year",
    "1404",
    {
        "fa": "گزارش سالانه یک دفتر در PDF، Word، Excel یا HTML",
        "en": "the report of a year of an office as PDF, Word, Excel or HTML",
    },
)
