"""Leila keeps the directives of Alborz; Tara those of the ministry. What a directive demands of whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from takrim.base.clock import local_date
from takrim.directives.actions import Terms, To, Words, keep_clause, register
from takrim.directives.actions_issue import issue
from takrim.directives.models import ClauseKind, Demand, Directive, Whom
from takrim.duties.models import Duty
from takrim.evidence.actions import Upload
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import NOW, Hire

TEXT = "به منظور تکریم مردم، همه ادارات موظف‌اند راهنمای مراجعان را در محل دید نصب کنند."


def words(**changes: Any) -> Words:
    """A circular of the ministry as it came in."""
    said: dict[str, Any] = {
        "source": "incoming",
        "number": "۱۲۳۴/ص",
        "dated": date(2026, 11, 1),
        "issuer": "وزارت کشور",
        "subject": "نصب راهنمای مراجعان",
        "text": TEXT,
    }
    return Words(**{**said, **changes})


def once(**changes: Any) -> Terms:
    return Terms(
        **{"text": "راهنمای مراجعان نصب شود.", "kind": ClauseKind.ONCE, "length": "10 working days", **changes}
    )


def letter() -> Upload:
    """A file that proves something."""
    return Upload("نامه.txt", [b"installed on 3 Azar"])


@pytest.fixture
def leila(hire: Hire, units: dict[str, Unit]) -> Actor:
    """Secretary at the secretariat of Alborz."""
    units["secretariat"] = Unit.objects.create(
        path="ir/alborz/secretariat/",
        kind="department",
        name_fa="دبیرخانه البرز",
        name_en="Secretariat of Alborz",
        short_fa="دبیرخانه",
        short_en="Secretariat",
    )
    return hire("leila", "لیلا کاظمی", "secretary", "secretariat")


MakeDirective = Callable[..., Directive]


@pytest.fixture
def make_directive(units: dict[str, Unit], leila: Actor) -> MakeDirective:
    """`make_directive(once(), by=tara, issued=False, number="7")`: to all county offices unless `to` says otherwise."""

    def make(
        *clauses: Terms,
        by: Actor = leila,
        to: list[To] | None = None,
        issued: bool = True,
        at: datetime = NOW,
        **changes: Any,
    ) -> Directive:
        directive = register(words=words(**changes), by=by, now=at)
        wide = to or [To(Whom.COUNTIES, Unit.objects.get(path=directive.unit_path))]
        for terms in clauses or (once(),):
            keep_clause(directive=directive, clause=None, terms=terms, whom=wide, by=by, now=at)
        return issue(directive=directive, by=by, now=at) if issued else directive

    return make


def owed(directive: Directive, unit: str, clause: int = 1) -> Demand:
    """What an office owes of a clause last."""
    rows = Demand.objects.filter(directive=directive, unit_path__endswith=f"/{unit}/", clause__number=clause)
    return rows.select_related("duty", "directive").latest("pk")


def due_day(duty: Duty) -> date:
    """The day in Tehran by which something is due."""
    assert duty.due_at is not None
    return local_date(duty.due_at)
