"""Work of unlike difficulty in a round: kept by kind of message when it is frozen, and compared at the same mix."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import translation

from takrim.evaluation.bundle import pack
from takrim.evaluation.bundle_check import check
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.models_rounds import Step
from takrim.evaluation.models_values import Column
from takrim.evaluation.plan import read
from takrim.evaluation.round_table import inputs, scored
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.reading import toml
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.matters import answered
from tests.people import MakeCase
from tests.rounds import OPENED, PLAN, Held

BY_KIND = PLAN.replace('missing = "drop"\n', 'missing = "drop"\nadjust = "kind"\n', 1)


@pytest.fixture
def round_plan(round_plan: PlanVersion) -> PlanVersion:
    PlanVersion.objects.filter(pk=round_plan.pk).update(text=BY_KIND)
    round_plan.text = BY_KIND
    return round_plan


@pytest.fixture
def answers(make_case: MakeCase, units: dict[str, Unit]) -> None:
    """Nazarabad had three questions and a complaint, Karaj one and three; late were two of the complaints."""
    start = OPENED - timedelta(days=80)
    work = {
        "nazarabad": (("question", 0), ("question", 0), ("question", 0), ("complaint", 1)),
        "karaj": (("question", 0), ("complaint", 0), ("complaint", 0), ("complaint", 1)),
    }
    for unit, cases in work.items():
        for number, (kind, late) in enumerate(cases):
            case = make_case(unit=unit, kind=kind, at=start + timedelta(hours=number))
            answered(case, start + timedelta(days=60 if late else 3))


def test_what_each_kind_was_is_frozen_and_both_are_compared_at_the_same_mix(
    answers: None, held: Held, nima: Actor
) -> None:
    held.step(Step.FREEZE, nima, OPENED + timedelta(days=14))
    sizes = held.entrant("karaj").sizes
    assert (sizes["answered_on_time.complaint.part"], sizes["answered_on_time.complaint.whole"]) == ("2", "3")
    assert (sizes["answered_on_time.question.part"], sizes["answered_on_time.question.whole"]) == ("1", "1")
    whole = scored(held.round, Column.AUTOMATIC)
    found = whole.worked["answered_on_time"]
    nazarabad, karaj = (whole.table.units.index(f"ir/alborz/{name}/") for name in ("nazarabad", "karaj"))
    # Of all questions four of four, of all complaints two of four: three of four everywhere.
    assert found.denominated.at(nazarabad) == found.denominated.at(karaj) == Fraction(3, 4)
    assert found.adjusted.at(nazarabad) == Fraction(3, 4) - Fraction(7, 8) + Fraction(3, 4)
    assert found.adjusted.at(karaj) == Fraction(3, 4) - Fraction(5, 8) + Fraction(3, 4)
    key = Ed25519PrivateKey.generate()
    content = pack(inputs(held.round, Column.AUTOMATIC).encode(), held.round.plan_text.encode(), key)
    assert check(content).units == 2


@pytest.mark.parametrize("code", ["median_hours", "overdue"])
def test_what_is_not_counted_by_kind_is_refused_with_the_reason(code: str) -> None:
    with translation.override("en"), pytest.raises(BadPlan, match="by kind of message"):
        read("x", toml(BY_KIND.replace('code = "answered_on_time"', f'code = "{code}"').replace("least = 1\n", "")))
