"""From a decision to the directive it is about, and back; the register above all."""

from __future__ import annotations

from datetime import datetime

import pytest

from takrim.decisions.models import Decision
from takrim.directives.models import Directive
from takrim.orgs.actor import Actor
from tests.people import SignIn


@pytest.fixture(autouse=True)
def _the_clock_stands(pages_at_now: object) -> None:
    """Due dates are read against the moment of the tests."""


def test_a_decision_and_a_directive_kept_here_lead_to_one_another(
    decision: Decision, sign_in: SignIn, leila: Actor, mina: Actor, now: datetime
) -> None:
    """By the number on it, in whatever digits; others are named by their number alone."""
    directive = Directive.objects.create(
        unit_path="ir/alborz/",
        source="incoming",
        number="۱۹۳۰۴/ش",
        dated=now.date(),
        issuer="دفتر وزارتی",
        subject="ملاقات مردمی مدیران",
        state="issued",
        issued_at=now,
        changed_at=now,
        registered_at=now,
        registered_by="person:1",
    )
    client, page, there = sign_in(leila), f"/council/decisions/{decision.code}/", f"/council/directives/{directive.pk}/"
    assert decision.title not in client.get(there).content.decode()
    for typed in ("19304/ش", "77/1405"):
        assert client.post(f"{page}add/link/", {"what": "directive", "code": typed}).status_code == 302
    assert set(decision.links.values_list("code", flat=True)) == {directive.code, "77/1405"}
    shown = client.get(page).content.decode()
    assert f'href="{there}"' in shown and "ملاقات مردمی مدیران" in shown
    assert page in client.get(there).content.decode()
    stranger = sign_in(mina).get(page).content.decode()
    assert "ملاقات مردمی مدیران" not in stranger, "she may not see this directive"


def test_the_register_says_nothing_that_is_no_word(decision: Decision, sign_in: SignIn, leila: Actor) -> None:
    page = sign_in(leila).get("/council/decisions/").content.decode()
    assert decision.title in page
    assert "filters-found" not in page
