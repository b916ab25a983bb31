"""What a round was decided by cannot change, whoever writes to the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from takrim.evaluation.models_entrants import Entrant, Result, ResultOf
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.models_values import Column, Value, ValueChange
from takrim.orgs.models import Unit


@pytest.fixture
def version(db: None, now: datetime) -> PlanVersion:
    return PlanVersion.objects.create(
        code="service",
        number=1,
        title_fa="رقابت خدمت",
        of="county",
        text="of = 'county'",
        state=PlanState.READY,
        at=now,
        by="person:1",
        changed_at=now,
    )


@pytest.fixture
def value(version: PlanVersion, units: dict[str, Unit], now: datetime) -> Value:
    """A round of one office, just defined, with one value."""
    days = ("declare_from", "declare_until", "assess_until", "preliminary_on", "object_until", "final_on")
    calendar: dict[str, Any] = {name: (now + timedelta(days=place)).date() for place, name in enumerate(days)}
    made = Round.objects.create(
        code="05000000013",
        title_fa="دور نخست",
        plan=version,
        path="ir/alborz/",
        of="county",
        period="1405-h1",
        seed=7,
        defined_at=now,
        defined_by="person:1",
        **calendar,
    )
    karaj = units["karaj"]
    entrant = Entrant.objects.create(round=made, unit=karaj, unit_path=karaj.path, name_fa="کرج", name_en="Karaj")
    return Value.objects.create(entrant=entrant, indicator="answered_on_time", automatic="17/23", cases=23)


def finish(round: Round, now: datetime) -> None:
    times = {"opened_at": now, "frozen_at": now, "preliminary_at": now, "final_at": now}
    hashes = dict.fromkeys(("frozen_hash", "preliminary_hash", "final_hash"), "ab")
    Round.objects.filter(pk=round.pk).update(stage=Stage.FINAL, plan_text="unit = 'unit'", **times, **hashes)


def refused(change: Any) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_a_plan_changes_until_a_round_uses_it(version: PlanVersion, value: Value) -> None:
    other = PlanVersion.objects.create(
        code="service",
        number=2,
        title_fa="رقابت خدمت",
        of="county",
        text="a",
        at=version.at,
        by="",
        changed_at=version.at,
    )
    PlanVersion.objects.filter(pk=other.pk).update(text="b")
    mine = PlanVersion.objects.filter(pk=version.pk)
    assert refused(lambda: mine.update(text="of = 'directorate'"))
    assert refused(lambda: mine.update(state=PlanState.DRAFT))
    assert refused(mine.delete)
    # Retired, it is taken for no other round; the one that uses it goes on.
    mine.update(state=PlanState.RETIRED)


def test_a_value_changes_until_the_round_is_final(value: Value, now: datetime) -> None:
    rows = Value.objects.filter(pk=value.pk)
    rows.update(final="17/23")
    result = Result.objects.create(entrant=value.entrant, which=ResultOf.FINAL, place=1, rounded="740.00", rank=1)
    finish(value.entrant.round, now)
    assert refused(lambda: rows.update(final="23/23"))
    assert refused(rows.delete)
    assert refused(lambda: Result.objects.filter(pk=result.pk).update(rank=2))
    assert refused(Result.objects.filter(pk=result.pk).delete)


def test_what_became_of_a_value_is_written_once(value: Value, now: datetime) -> None:
    change = ValueChange.objects.create(value=value, column=Column.FINAL, became="17/23", at=now, by="person:1")
    rows = ValueChange.objects.filter(pk=change.pk)
    assert refused(lambda: rows.update(became="23/23"))
    assert refused(rows.delete)


def test_a_stage_has_the_times_that_belong_to_it(value: Value, now: datetime) -> None:
    rows = Round.objects.filter(pk=value.entrant.round_id)
    assert refused(lambda: rows.update(stage=Stage.DECLARING))
    assert refused(lambda: rows.update(stage=Stage.CANCELLED, cancelled_at=now))
    rows.update(stage=Stage.DECLARING, opened_at=now)
    assert refused(lambda: rows.update(object_until=now.date()))
