"""An answer that nobody objects to stands: the case closes by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from takrim.base.errors import Refusal
from takrim.cases.actions_end import OBJECTION_TIME, close, object_to
from takrim.cases.models import Case, State
from takrim.jobs.catalogue import close_answered
from takrim.journal.models import Entry
from takrim.orgs.actor import holder
from tests.matters import answered
from tests.people import MakeCase

LATER = OBJECTION_TIME + timedelta(minutes=1)


def test_a_case_closes_when_the_time_to_object_has_passed(case: Case, now: datetime) -> None:
    answered(case, now)
    assert close_answered.run(now + OBJECTION_TIME) == 0
    assert close_answered.run(now + LATER) == 1
    case.refresh_from_db()
    assert (case.state, case.closed_at) == (State.CLOSED, now + LATER)
    last = Entry.objects.filter(subject=case.code).order_by("-id")[0]
    assert (last.verb, last.actor) == ("case.closed", "system:close_answered")
    assert close_answered.run(now + LATER) == 0


def test_a_case_that_was_objected_to_stays_open(case: Case, now: datetime) -> None:
    answered(case, now)
    object_to(case=case, text="پاسخ کامل نبود.", by=holder(), now=now + timedelta(days=1))
    assert close_answered.run(now + LATER) == 0
    case.refresh_from_db()
    assert case.state == State.REOPENED


def test_one_case_that_cannot_move_holds_up_no_other(
    make_case: MakeCase, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = answered(make_case(), now), answered(make_case(), now)

    def stubborn(*, case: Case, **given: Any) -> Case:
        if case.pk == first.pk:
            raise Refusal
        return close(case=case, **given)

    monkeypatch.setattr(close_answered, "close", stubborn)
    assert close_answered.run(now + LATER) == 1
    second.refresh_from_db()
    assert second.state == State.CLOSED
