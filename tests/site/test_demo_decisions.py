"""The decisions of the demonstration: in both provinces, in every state, some of them overdue."""

from __future__ import annotations

import pytest

from takrim.decisions.models import Decision, Link, Share
from takrim.decisions.models import State as DecisionState
from takrim.site.demo import load
from tests.site.test_demo import NOW, loaded

__all__ = ["loaded"]

pytestmark = pytest.mark.django_db


def test_bodies_decide_and_offices_carry_it_out(loaded: load.Loaded) -> None:
    for province in ("ir/alborz/", "ir/qom/"):
        found = Decision.objects.filter(unit_path=province)
        assert found.count() >= 20
        parts = Share.objects.filter(decision__in=found)
        assert set(parts.values_list("state", flat=True)) == set(DecisionState)
        assert Link.objects.filter(decision__in=found, relation="continues").exists()
    assert Share.objects.to_do().filter(duty__due_at__lt=NOW).exists(), "something opens the next meeting"
