"""The import itself: rows in chunks, each chunk one transaction, so that it can be killed and begun again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from takrim.base.errors import Refusal
from takrim.cases.actions_answer import Words, answer_at_once
from takrim.cases.actions_end import close, refuse, withdraw
from takrim.cases.actions_intake import Place, receive
from takrim.cases.actions_work import AlreadyThere, accept_reply, refer, reply
from takrim.cases.models import Case
from takrim.channels.channel import Intake
from takrim.duties.actions import Term
from takrim.journal.record import take_chains
from takrim.orgs.actor import system
from takrim.orgs.stamps import forget
from takrim.site.importing.log_reading import EVENTS, Event, log_of
from takrim.site.importing.log_rows import understand_log
from takrim.site.importing.mapping import BadMap, Map
from takrim.site.importing.places import Places
from takrim.site.importing.reading import Row, UnreadableFile, cell, source
from takrim.site.importing.rows import Request, RowRefused, understand

CHUNK = 200


@dataclass
class Tally:
    """How many rows were read, taken, already there, refused."""

    read: int = 0
    taken: int = 0
    known: int = 0
    refused: int = 0


@dataclass
class Refused:
    """A row that was left out: its place in the file (the first row of data is 1), why, and its values."""

    number: int
    why: str
    row: Row


@dataclass
class Report:
    """What `run` tells after each chunk."""

    tally: Tally
    progress: float
    refused: list[Refused] = field(default_factory=list)


def _numbered(rows: Iterator[Row]) -> Iterator[list[tuple[int, Row]]]:
    counted = enumerate(rows, start=1)
    while chunk := list(islice(counted, CHUNK)):
        yield chunk


def _check_columns(row: Row, plan: Map) -> None:
    named = list(dict.fromkeys([*plan.columns.values(), *plan.texts]))
    needed = {plan.columns[name] for name in ("external_id", "opened", "unit") if name in plan.columns}
    if plan.events:
        named += [plan.events.time, plan.events.activity]
        needed = {plan.columns["external_id"], plan.events.time, plan.events.activity}
    missing = [name for name in named if name not in row and cell(row, name) is None and "." not in name]
    if missing and set(missing) & needed:
        what = _("The file has no column {missing}. It has: {present}.")
        present = ", ".join(str(name) for name in row if name != EVENTS)
        raise BadMap(what=what.format(missing=", ".join(missing), present=present))


class Importer:
    """Takes requests into the system, each through the same deeds as any other matter."""

    def __init__(self, plan: Map, *, now: datetime) -> None:
        self.plan, self.now, self.by = plan, now, system("import")
        self.second = replace(self.by, code="system:source")
        self.places = Places(plan, by=self.by, now=now)
        self.understand = understand_log if plan.events else understand
        self.tally = Tally()

    def key(self, request: Request) -> str:
        return f"import:{self.plan.source}:{request.external_id}"

    def take(self, request: Request) -> None:
        """One request with its whole history, at its own times."""
        unit = self.places.of(request.unit)
        intake = Intake(
            channel=request.channel,
            kind=self.plan.kind,
            key=self.key(request),
            text=request.text,
            subject=request.subject,
            lang="en",
            external_system=self.plan.source,
            external_id=request.external_id,
            latitude=request.latitude,
            longitude=request.longitude,
        )
        place = Place(unit=unit, term=Term(fixed=request.due))
        case = receive(intake=intake, place=place, by=self.by, now=request.opened)
        self._referrals(case, request)
        self._ending(case, request)

    def _referrals(self, case: Case, request: Request) -> None:
        for asked in request.asked:
            to = self.places.of(asked.unit)
            if to.pk == case.unit_id:
                continue
            asker = self.places.of(asked.by).path if asked.by else ""
            try:
                duty = refer(
                    case=case, to=to, task=asked.text, length=None, by=self.by, now=asked.at, term=Term(), asker=asker
                )
            except AlreadyThere:
                # What the deed had begun was taken back; the case in hand must not say otherwise.
                case.refresh_from_db()
                continue
            if asked.replied_at is not None:
                replied = reply(case=case, duty=duty, text=asked.reply, by=self.by, now=asked.replied_at)
                if asked.settled:
                    accept_reply(case=case, duty=replied, by=self.by, now=asked.replied_at)
                # A reply takes the case up again.
                case.refresh_from_db()

    def _ending(self, case: Case, request: Request) -> None:
        if request.closed is None or request.status == "open":
            return
        reason = _("As the system {source} says.").format(source=self.plan.source)
        if request.status == "refused":
            refuse(case=case, reason=request.answer or reason, by=self.by, now=request.closed)
            return
        if request.status == "withdrawn":
            withdraw(case=case, reason=request.answer or reason, by=self.by, now=request.closed)
            return
        words = Words(outcome="served", text=request.answer or reason, reason=reason)
        answer_at_once(case=case, words=words, how="imported", by=self.second, now=request.closed)
        close(case=case, by=self.by, now=request.closed)

    def chunk(self, rows: list[tuple[int, Row]]) -> list[Refused]:
        """Take a chunk in one transaction; says which rows were left out and why."""
        refused: list[Refused] = []
        understood: list[tuple[int, Row, Request]] = []
        for number, row in rows:
            self.tally.read += 1
            try:
                understood.append((number, row, self.understand(row, self.plan)))
            except RowRefused as error:
                refused += self._left_out(number, row, str(error))
        keys = [self.key(request) for _number, _row, request in understood]
        known = set(Case.objects.filter(key__in=keys).values_list("key", flat=True))
        with transaction.atomic():
            named = {name for _number, _row, request in understood for name in self._offices(request)}
            take_chains([self.plan.under, *self.places.paths(named)])
            for number, row, request in understood:
                if self.key(request) in known:
                    self.tally.known += 1
                    continue
                known.add(self.key(request))
                try:
                    with transaction.atomic():
                        self.take(request)
                    self.tally.taken += 1
                except (RowRefused, Refusal) as error:
                    self.places.let_go()
                    refused += self._left_out(number, row, str(error))
        return refused

    def _offices(self, request: Request) -> Iterator[str]:
        yield request.unit
        yield from (asked.unit for asked in request.asked)

    def _left_out(self, number: int, row: Row, why: str) -> list[Refused]:
        """The row, or all rows of a log's case: together they can be mended and brought again."""
        self.tally.refused += 1
        events: list[Event] = row.get(EVENTS, [(number, row)])
        return [Refused(place, why, event) for place, event in events]


class Rows(Protocol):
    """An open file, whatever its form."""

    @property
    def progress(self) -> float: ...

    def rows(self) -> Iterator[Row]: ...


class _TakenBack(Exception):
    """Ends a dry run: everything is rolled back."""


def run(path: Path, plan: Map, *, now: datetime, tell: Callable[[Report], None], dry: bool = False) -> Tally:
    """Import a file, of requests or of events. A dry run takes everything back. Raises BadMap, UnreadableFile."""
    with _read(path, plan) as opened:
        if not dry:
            return _all(opened, plan, now=now, tell=tell)
        tally = Tally()
        try:
            with transaction.atomic():
                tally = _all(opened, plan, now=now, tell=tell)
                raise _TakenBack
        except _TakenBack:
            forget()
        return tally


def _read(path: Path, plan: Map) -> AbstractContextManager[Rows]:
    if plan.events:
        return log_of(path, plan)
    return source(path, encoding=plan.encoding, delimiter=plan.delimiter)


def _all(opened: Rows, plan: Map, *, now: datetime, tell: Callable[[Report], None]) -> Tally:
    importer: Importer | None = None
    for rows in _numbered(opened.rows()):
        if importer is None:
            _check_columns(rows[0][1], plan)
            importer = Importer(plan, now=now)
        refused = importer.chunk(rows)
        tell(Report(importer.tally, opened.progress, refused))
    if importer is None:
        raise UnreadableFile(what=_("It holds no rows."))
    return importer.tally
