"""Serious complaints: danger reported, an objection upheld, an answer long overdue; never whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import InWords
from takrim.base.persian import persian_digits
from takrim.cases.models import Case
from takrim.councils.source import Asking, Risen, Source
from takrim.duties.models import Duty
from takrim.orgs.paths import under
from takrim.orgs.units import unit_name

KINDS = ("complaint", "report")
LONG = timedelta(days=30)
# Looked at, the oldest first; the agenda takes fewer.
MOST = 50


def find(asking: Asking, now: datetime) -> Sequence[Risen]:
    """The gravest first. Two queries; what is kept from anybody and what came without a name stays out."""
    overdue = Duty.objects.filter(under(asking.unit_path), kind="final_answer").overdue(now - LONG)
    late = dict(overdue.order_by("due_at").values_list("about", "due_at")[:MOST])
    grave = Q(urgent=True) | Q(reopened__gt=0) | Q(code__in=list(late))
    open_ones = Case.objects.open().filter(grave, under(asking.unit_path), kind__in=KINDS, shielded=False)
    named = open_ones.exclude(channel="anonymous").annotate(fa=F("card__title_fa"), en=F("card__title_en"))
    rows = named.order_by("received_at").values("code", "kind", "urgent", "reopened", "unit_path", "fa", "en")[:MOST]
    ordered = sorted(rows, key=lambda row: (not row["urgent"], not row["reopened"]))
    return [_risen(row, late.get(row["code"]), now) for row in ordered]


def _risen(row: Mapping[str, object], due: datetime | None, now: datetime) -> Risen:
    office = InWords(unit_name(str(row["unit_path"]), "fa"), unit_name(str(row["unit_path"]), "en"))
    service = InWords(str(row["fa"] or "موضوع عمومی"), str(row["en"] or "a general matter"))
    title = InWords(
        f"شکایت مهم دربارهٔ «{service.fa}» در {office.fa}", f"A serious complaint about “{service.en}” at {office.en}"
    )
    return Risen(key=f"case:{row['code']}", title=title, note=_why(row, due, now))


def _why(row: Mapping[str, object], due: datetime | None, now: datetime) -> InWords:
    if row["urgent"]:
        return InWords("خطر فوری در محل کار گزارش شده است.", "Danger at a workplace was reported.")
    if row["reopened"]:
        return InWords("اعتراض به پاسخ پذیرفته شده است.", "An objection to the answer was upheld.")
    days = (now - due).days if due else 0
    return InWords(
        f"پاسخ {persian_digits(str(days))} روز از مهلت گذشته است.",
        f"The answer is {days} {'day' if days == 1 else 'days'} past its date.",
    )


PLUGIN = Source(title=_("Serious complaints"), place=50, find=find)
