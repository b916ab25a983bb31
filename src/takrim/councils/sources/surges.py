"""Surges: a service of an office about which far more matters come in than usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import InWords
from takrim.base.persian import persian_digits
from takrim.cards.models import CardVersion
from takrim.cases.models import Case
from takrim.councils.source import Asking, Risen, Source
from takrim.orgs.paths import under
from takrim.orgs.units import unit_name

# Two weeks are held against the twelve before them.
SPAN, BEFORE = timedelta(days=14), 6
# Fewer are chance; below this many times the usual it is a good month.
FEWEST, TIMES = 8, 2


def find(asking: Asking, now: datetime) -> Sequence[Risen]:
    """The steepest first. One query over the matters of three months."""
    since, start = now - SPAN, now - SPAN * (BEFORE + 1)
    rows = Case.objects.filter(under(asking.unit_path), received_at__gte=start, card__isnull=False)
    counted = rows.order_by().values("unit_path", service=F("card__card__code"))
    lines = counted.annotate(
        new=Count("pk", filter=Q(received_at__gte=since)), old=Count("pk", filter=Q(received_at__lt=since))
    )
    high = [line for line in lines if line["new"] >= FEWEST and line["new"] * BEFORE >= TIMES * line["old"]]
    high.sort(key=lambda line: (-line["new"] * BEFORE + TIMES * line["old"], line["unit_path"], line["service"]))
    titles = _titles(high)
    return [_risen(line, titles, now) for line in high]


def _titles(lines: Sequence[Mapping[str, Any]]) -> Mapping[str, tuple[str, str]]:
    versions = CardVersion.objects.filter(card__code__in={line["service"] for line in lines}).order_by("number")
    return {code: (fa, en) for code, fa, en in versions.values_list("card__code", "title_fa", "title_en")}


def _risen(line: Mapping[str, Any], titles: Mapping[str, tuple[str, str]], now: datetime) -> Risen:
    office = InWords(unit_name(line["unit_path"], "fa"), unit_name(line["unit_path"], "en"))
    fa, en = titles[line["service"]]
    new, usual = line["new"], line["old"] // BEFORE
    return Risen(
        # The same surge rises once in a month.
        key=f"surge:{line['unit_path']}{line['service']}/{local_date(now):%Y-%m}",
        title=InWords(f"افزایش ناگهانی مراجعه برای «{fa}» در {office.fa}", f"A surge of {en} at {office.en}"),
        note=InWords(
            f"در دو هفتهٔ گذشته {persian_digits(str(new))} مورد؛ معمولاً حدود {persian_digits(str(usual))} مورد.",
            f"{new} matters in the last two weeks, about {usual} usually.",
        ),
        minutes=15,
    )


PLUGIN = Source(title=_("Surges"), place=60, find=find, most=3)
