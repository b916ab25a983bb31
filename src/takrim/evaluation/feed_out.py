"""What a province hands over: its figures month by month, office by office, and the hashes of its accepted proofs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.evaluation.feed_form import Handed, Proof
from takrim.evaluation.feed_lines import SORTS, Cells, Own
from takrim.evaluation.feed_refusals import BadFeed
from takrim.evidence.models import Evidence
from takrim.indicators import scores
from takrim.indicators.histogram import Histogram
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, Ratio
from takrim.indicators.models import Piece, Tally
from takrim.journal.models import Tail
from takrim.orgs.paths import parent_of, under
from takrim.orgs.units import all_names
from takrim.proofs.models import Action, State

_COUNTS = [str(count) for count in Count]
Whole = dict[tuple[str, str], Own]
_NOTHING = Cells()


def hand_over(province: str, period: Period, now: datetime, *, all_before: bool = False) -> Handed:
    """The months of the period that have ended; with `all_before`, from the first month that has figures."""
    begins = _begins(province)
    today = local_date(now)
    months = [month for month in period.months() if month.end() <= today]
    if not months:
        raise BadFeed(_("No month of this period has ended yet."))
    if all_before and begins:
        month = Period.parse(begins)
        before = []
        while month.code < months[0].code:
            before.append(month)
            month = month.next()
        months = before + months
    return hand_months(province, months, now, begins)


def since_began(province: str, now: datetime) -> list[Period]:
    """All months that have ended since the first that has figures; none where it has no figures yet."""
    begins, found, today = _begins(province), list[Period](), local_date(now)
    month = Period.parse(begins) if begins else None
    while month is not None and month.end() <= today:
        found.append(month)
        month = month.next()
    return found


def hand_months(province: str, months: Sequence[Period], now: datetime, begins: str = "") -> Handed:
    """These months, which have ended."""
    begins = begins or _begins(province)
    codes = [month.code for month in months]
    whole = _whole(province, codes)
    tail = Tail.objects.filter(chain=province).first()
    own = _own(whole, province, now)
    return Handed(
        province=province,
        months=tuple(codes),
        begins=min(begins or codes[0], codes[0]),
        made=now,
        seq=tail.seq if tail else 0,
        key="",
        own=own,
        totals={code: whole.get((province, code), Own(province, code)) for code in codes},
        proofs=tuple(_proofs(province, months)),
    )


def _begins(province: str) -> str:
    """The first month in which the province has any figure; months sort as their codes."""
    rows = Tally.objects.filter(path=province, by="", value="", period__regex=r"^[0-9]{4}-[0-9]{2}$")
    return rows.aggregate(first=Min("period"))["first"] or ""


def _whole(province: str, codes: Sequence[str]) -> Whole:
    """What the figures hold for each office with all below it. Two queries."""
    pieces: dict[tuple[str, str], dict[str, dict[str, list[int]]]] = {}
    rows = Piece.objects.filter(under(province, "path"), period__in=codes)
    for path, month, code, value, part, all_of in rows.values_list("path", "period", "code", "value", "part", "whole"):
        pieces.setdefault((path, month), {}).setdefault(code, {})[value] = [part, all_of]
    cells: dict[tuple[str, str], dict[str, dict[str, Cells]]] = {}
    tallies = Tally.objects.filter(under(province, "path"), period__in=codes, by__in=("", *SORTS))
    columns = ("path", "period", "by", "value", "hours", "scores", *_COUNTS)
    for path, month, by, value, hours, marks, *counts in tallies.values_list(*columns).iterator():
        cells.setdefault((path, month), {}).setdefault(by, {})[value] = Cells(
            counts=dict(zip(_COUNTS, counts, strict=True)),
            hours=dict(Histogram.read(hours).steps),
            scores={name: [one.n, one.sum] for name, one in scores.read(marks).items()},
        )
    found: Whole = {}
    for path, month in {**cells, **pieces}:
        by_sort = cells.get((path, month), {})
        total = by_sort.pop("", {}).get("", _NOTHING)
        found[path, month] = Own(path, month, total, by_sort, pieces.get((path, month), {}))
    return found


def _own(whole: Whole, province: str, now: datetime) -> tuple[Own, ...]:
    """Without those below: each office less its children, with what it says of itself."""
    below: dict[str, list[str]] = {}
    for path in all_names():
        if path != province and path.startswith(province):
            below.setdefault(parent_of(path), []).append(path)
    months = sorted({month for _path, month in whole})
    values = {month: _values(province, Period.parse(month), now) for month in months}
    found = []
    spoken = {(path, month) for month, said in values.items() for path in said}
    for path, month in sorted({*whole, *spoken}):
        children = [whole[child, month] for child in below.get(path, []) if (child, month) in whole]
        one = reduce(Own.less, children, whole.get((path, month), Own(path, month)))
        one = replace(one, values=values[month].get(path, {}))
        if one.says_something():
            found.append(one)
    return tuple(found)


def _values(province: str, month: Period, now: datetime) -> dict[str, dict[str, tuple[int, int]]]:
    """What stands in no sum but in rows of the province itself, as it was at the end of a month, by office."""
    paths = [path for path in all_names() if path.startswith(province)]
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for code, indicator in INDICATORS:
        for path, one in indicator.read(paths, month, now).items() if indicator.read else ():
            if isinstance(one, Ratio):
                found.setdefault(path, {})[code] = (one.part, one.whole)
    return found


def _proofs(province: str, months: Sequence[Period]) -> list[Proof]:
    """Files of the actions that were accepted in these months. Two queries."""
    start, end = months[0].bounds()[0], months[-1].bounds()[1]
    actions = {
        action.subject: action
        for action in Action.objects.filter(
            under(province), state=State.ACCEPTED, judged_at__gte=start, judged_at__lt=end
        )
    }
    files = Evidence.objects.filter(subject__in=list(actions)).select_related("file").order_by("subject", "pk")
    found = [_proof(actions[one.subject], one) for one in files]
    codes = {month.code for month in months}
    return [one for one in found if one.month in codes]


def _proof(action: Action, file: Evidence) -> Proof:
    assert action.judged_at is not None  # it is accepted
    return Proof(action.unit_path, local_date(action.judged_at).isoformat(), file.file.hash)
