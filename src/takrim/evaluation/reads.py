"""Reading what offices did in a period: the journal in its order, and what it does not say from the tables.

A province is read at a time and let go of again: memory holds the rows of one province in one period, some three
hundred bytes for each matter that was filed or ended there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q

from takrim.base.period import Period
from takrim.base.persian import fold
from takrim.cases.models import Answer, Case
from takrim.cases.models_together import Wording
from takrim.evaluation.facts import STAFF, Again, Ended, Facts, Filed, Longer, Passed, Reply, Text
from takrim.journal.models import Entry
from takrim.orgs.paths import ROOT, province_of, under
from takrim.orgs.units import all_names
from takrim.surveys.models import Response

# So long after the period something may come back that ended in it.
AFTERWARDS: Final = timedelta(days=14)
_BATCH: Final = 500

_ENDS: Final = {
    "case.answered": "answered",
    "case.undeliverable": "answered",
    "case.refused": "refused",
    "case.marked_duplicate": "joined",
    "case.closed": "closed",
}
_AGAIN: Final = frozenset({"case.reopened", "case.separated"})
_LONGER: Final = frozenset({"duty.extended", "duty.retimed"})
# Whoever did one of these had a hand in the answer.
_HANDS: Final = frozenset({"case.drafted", "case.endorsed", "case.approved", "case.referred"})
_VERBS: Final = ("case.received", *_ENDS, *_AGAIN, *_LONGER, *_HANDS)
_NUMBER: Final = re.compile(r"\d+")


class _Line(NamedTuple):
    """One entry of the journal, as much of it as is read here."""

    at: datetime
    verb: str
    subject: str
    actor: str
    unit_path: str
    facts: Mapping[str, Any]

    @property
    def unit(self) -> str:
        found: str = self.facts.get("unit") or self.unit_path
        return found

    def moment(self, name: str) -> datetime | None:
        text = self.facts.get(name)
        return datetime.fromisoformat(text) if text else None


@dataclass
class _Rows:
    """What is gathered of one office while the journal goes by."""

    filed: list[Filed] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    again: list[Again] = field(default_factory=list)
    longer: list[Longer] = field(default_factory=list)


class _Gathered:
    """The journal of one province in one period, sorted by office."""

    def __init__(self, scope: str, end: datetime) -> None:
        self.scope, self.end = scope, end
        self.units: dict[str, _Rows] = defaultdict(_Rows)
        # Who had a hand in the answer of a matter that has not ended yet.
        self.hands: dict[str, set[str]] = {}

    def take(self, line: _Line) -> None:
        if not _belongs(line.unit, self.scope):
            return
        if line.verb in _AGAIN:
            self.units[line.unit].again.append(Again(line.subject, line.at))
        elif line.at >= self.end:
            return
        elif line.verb in _HANDS:
            self.hands.setdefault(line.subject, set()).add(line.actor)
        else:
            self._count(line, self.units[line.unit])

    def _count(self, line: _Line, rows: _Rows) -> None:
        if line.verb == "case.received":
            rows.filed.append(Filed(line.subject, line.at, line.facts.get("kind", ""), line.actor))
        elif line.verb in _LONGER:
            before, due = line.moment("before"), line.moment("due")
            if before is not None and due is not None and due > before:
                rows.longer.append(Longer(line.subject, line.at, before))
        elif line.verb != "case.closed" or line.actor.startswith(STAFF):
            # What closes by itself after the days to object is nobody's doing.
            rows.ended.append(self._end(line))

    def _end(self, line: _Line) -> Ended:
        hands = self.hands.pop(line.subject, set()) | ({line.actor} if line.actor.startswith(STAFF) else set())
        by = hands.pop() if len(hands) == 1 else ""
        return Ended(line.subject, line.at, by, _ENDS[line.verb], line.moment("received"), line.moment("due"))


def provinces_of(path: str) -> list[str]:
    """What is read one after the other: the chains of the journal that tell of offices at `path` and below."""
    if path != ROOT:
        return [province_of(path)]
    return sorted({province_of(at) for at in all_names()})


def _belongs(unit: str, scope: str) -> bool:
    """Whether an office is read with this scope; the ministry is read by itself, beside its provinces."""
    return unit == ROOT if scope == ROOT else unit.startswith(scope)


def _rows_of(scope: str) -> Q:
    """The same for rows of a table."""
    return Q(unit_path=ROOT) if scope == ROOT else under(scope)


def facts_of(path: str, province: str, period: Period) -> Iterator[Facts]:
    """The facts of every office at `path` and below it in one province, of which anything is known."""
    start, end = period.bounds()
    scope = province if path == ROOT else path
    gathered = _Gathered(scope, end)
    for line in _journal(province, start, end + AFTERWARDS):
        gathered.take(line)
    passed, replies = _passed(scope, start, end), _replies(scope, start, end)
    now, before = (_kinds(province, *one.bounds()) for one in (period, period.previous()))
    for unit in sorted(gathered.units.keys() | passed.keys() | replies.keys()):
        # Its rows are let go of when the next office has its turn.
        rows = gathered.units.pop(unit, None) or _Rows()
        yield Facts(
            unit=unit,
            start=start,
            end=end,
            filed=rows.filed,
            ended=rows.ended,
            again=rows.again,
            longer=rows.longer,
            passed=passed.get(unit, ()),
            replies=replies.get(unit, ()),
            texts=_texts(rows.ended, start, end),
            kinds_before=before.get(unit, {}),
            around=_others(now, unit),
            around_before=_others(before, unit),
        )


def _journal(chain: str, start: datetime, end: datetime) -> Iterator[_Line]:
    entries = Entry.objects.filter(chain=chain, verb__in=_VERBS, at__gte=start, at__lt=end).order_by("seq")
    for row in entries.values_list(*_Line._fields).iterator(chunk_size=2000):
        yield _Line(*row)


def _passed(scope: str, start: datetime, end: datetime) -> dict[str, list[Passed]]:
    """Transfers by the office that gave: they are written in the journal of the province that got the matter."""
    entries = Entry.objects.filter(verb="case.transferred", at__gte=start, at__lt=end).order_by("chain", "seq")
    found: dict[str, list[Passed]] = {}
    for row in entries.values_list(*_Line._fields).iterator(chunk_size=2000):
        line = _Line(*row)
        giving = line.facts["from_unit"]
        if _belongs(giving, scope):
            found.setdefault(giving, []).append(Passed(line.subject, line.at, line.moment("due")))
    return found


def _replies(scope: str, start: datetime, end: datetime) -> dict[str, list[Reply]]:
    rows = Response.objects.filter(_rows_of(scope), at__gte=start, at__lt=end).order_by("id")
    found: dict[str, list[Reply]] = {}
    for unit, code, at, way, scores in rows.values_list("unit_path", "subject", "at", "way", "scores").iterator():
        marks = json.dumps(scores, sort_keys=True, separators=(",", ":"))
        found.setdefault(unit, []).append(Reply(code, at, way, marks))
    return found


def _kinds(province: str, start: datetime, end: datetime) -> dict[str, Counter[str]]:
    """What the staff of each office wrote down, by kind."""
    typed = Case.objects.filter(
        _rows_of(province), received_at__gte=start, received_at__lt=end, received_by__startswith=STAFF
    )
    counted = typed.order_by().values_list("unit_path", "kind").annotate(many=Count("pk"))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, kind, many in counted.iterator():
        found[unit][kind] = many
    return found


def _others(kinds: Mapping[str, Counter[str]], unit: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for at, own in kinds.items():
        if at != unit:
            found.update(own)
    return found


def _texts(ended: Sequence[Ended], start: datetime, end: datetime) -> list[Text]:
    """The answers that ended matters of an office, by the mark of their words."""
    answered = list(dict.fromkeys(row.code for row in ended if row.how == "answered"))
    return [
        text
        for first in range(0, len(answered), _BATCH)
        for text in _texts_of(answered[first : first + _BATCH], start, end)
    ]


def _texts_of(codes: Sequence[str], start: datetime, end: datetime) -> Iterator[Text]:
    shared = set(
        Wording.objects.filter(case__code__in=codes, campaign__isnull=False).values_list("case__code", flat=True)
    )
    answers = Answer.objects.filter(case__code__in=codes, delivered_at__gte=start, delivered_at__lt=end)
    for code, text, template in answers.order_by("pk").values_list("case__code", "text", "begun_with_id"):
        yield Text(code, mark_of(text), not template and code not in shared)


def mark_of(text: str) -> str:
    """The same for texts that differ only in numbers, dates and ways of typing."""
    words = _NUMBER.sub(" ", fold(text))
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:24]
