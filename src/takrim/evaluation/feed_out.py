"""What a province hands over: its figures month by month, office by office, and the hashes of its accepted proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.evaluation.feed_form import BadFeed, Handed, Own, Proof
from takrim.evidence.models import Evidence
from takrim.indicators import scores
from takrim.indicators.histogram import Histogram
from takrim.indicators.increments import Count
from takrim.indicators.models import Piece, Tally
from takrim.journal.models import Tail
from takrim.orgs.paths import parent_of, under
from takrim.orgs.units import all_names
from takrim.proofs.models import Action, State

_COUNTS = [str(count) for count in Count]
Whole = dict[tuple[str, str], Own]


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
    codes = [month.code for month in months]
    whole = _whole(province, codes)
    tail = Tail.objects.filter(chain=province).first()
    own = _own(whole, province)
    return Handed(
        province=province,
        months=tuple(codes),
        begins=min(begins or codes[0], codes[0]),
        made=now,
        seq=tail.seq if tail else 0,
        key="",
        own=own,
        totals={code: _nonzero(whole[province, code].counts) if (province, code) in whole else {} for code in codes},
        proofs=tuple(_proofs(province, months)),
    )


def _nonzero(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: n for name, n in counts.items() if n}


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
    found: Whole = {}
    tallies = Tally.objects.filter(under(province, "path"), period__in=codes, by="", value="")
    for path, month, hours, marks, *counts in tallies.values_list("path", "period", "hours", "scores", *_COUNTS):
        found[path, month] = Own(
            unit=path,
            month=month,
            counts=dict(zip(_COUNTS, counts, strict=True)),
            hours=dict(Histogram.read(hours).steps),
            scores={name: [one.n, one.sum] for name, one in scores.read(marks).items()},
            pieces=pieces.pop((path, month), {}),
        )
    for (path, month), sorts in pieces.items():
        found[path, month] = Own(path, month, {}, {}, {}, sorts)
    return found


def _own(whole: Whole, province: str) -> tuple[Own, ...]:
    """Without those below: each office less its children."""
    below: dict[str, list[str]] = {}
    for path in all_names():
        if path != province and path.startswith(province):
            below.setdefault(parent_of(path), []).append(path)
    found = []
    for path, month in sorted(whole):
        children = [whole[child, month] for child in below.get(path, []) if (child, month) in whole]
        one = reduce(_less, children, whole[path, month])
        if any(one.plain()[name] for name in ("counts", "hours", "scores", "pieces")):
            found.append(one)
    return tuple(found)


def _less(one: Own, other: Own) -> Own:
    return Own(
        unit=one.unit,
        month=one.month,
        counts={name: n - other.counts.get(name, 0) for name, n in one.counts.items()},
        hours={step: n - other.hours.get(step, 0) for step, n in one.hours.items()},
        scores={name: _pair(pair, other.scores.get(name, (0, 0))) for name, pair in one.scores.items()},
        pieces={
            code: {value: _pair(pair, other.pieces.get(code, {}).get(value, (0, 0))) for value, pair in sorts.items()}
            for code, sorts in one.pieces.items()
        },
    )


def _pair(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [one[0] - other[0], one[1] - other[1]]


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
    return [_proof(actions[one.subject], one) for one in files]


def _proof(action: Action, file: Evidence) -> Proof:
    assert action.judged_at is not None  # it is accepted
    return Proof(action.unit_path, local_date(action.judged_at).isoformat(), file.file.hash)
