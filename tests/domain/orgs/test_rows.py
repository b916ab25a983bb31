"""A row is changed only while it is as it was read; what was written stands in the object as well."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from takrim.cases.models import Case
from takrim.duties.models import Duty
from takrim.orgs.models import Unit
from takrim.orgs.rows import SOME, change
from tests.people import MakeCase

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 15, 30, 250000, tzinfo=UTC)


@pytest.fixture
def duty(make_case: MakeCase) -> Duty:
    return Duty.objects.get(about=make_case().code)


def test_what_is_written_stands_in_row_and_object(duty: Duty, units: dict[str, Unit]) -> None:
    other = next(unit for unit in units.values() if unit.pk != duty.unit_id)
    to = {"unit": other, "unit_path": other.path, "answered_at": AT, "clocks": [{"a": "پ"}], "weight": 3}
    assert change(duty, still={"unit_id": duty.unit_id, "settled_at": None}, to=to)
    kept = Duty.objects.get(pk=duty.pk)
    for one in (duty, kept):
        assert (one.unit, one.unit_path, one.answered_at, one.clocks, one.weight) == tuple(to.values())


@pytest.mark.parametrize(
    "still",
    [{"state": "accepted"}, {"settled_at": AT}, {"settled_at": SOME}, {"opened_at": None}, {"unit_id": 0}],
)
def test_a_row_that_is_not_so_stays_as_it_is(duty: Duty, still: dict[str, object]) -> None:
    assert not change(duty, still=still, to={"task": "دیگر"})
    assert duty.task == Duty.objects.get(pk=duty.pk).task != "دیگر"


def test_only_this_row_changes(duty: Duty, make_case: MakeCase) -> None:
    other = make_case()
    assert change(Case.objects.get(code=duty.about), still={"closed_at": None}, to={"subject": "تازه"})
    assert Case.objects.get(pk=other.pk).subject != "تازه"
