"""The path of a matter as it is drawn, for the person and for the office."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from takrim.base.workdays import Length
from takrim.cards.models import CardVersion
from takrim.cards.queries import card_on
from takrim.cards.seed import seed
from takrim.cases.actions_end import withdraw
from takrim.cases.actions_intake import secret_of
from takrim.cases.actions_work import refer
from takrim.cases.models import Case, State
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.web.parts import card_path
from takrim.web.parts.card_path import Path, path_of_card, path_of_case
from tests.people import MakeCase, SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_at_now")]


@pytest.fixture
def petition(now: datetime) -> CardVersion:
    seed(now)
    found = card_on("information-request", now.date())
    assert found is not None
    return found


@pytest.fixture
def about_it(make_case: MakeCase, petition: CardVersion) -> Case:
    return make_case(card=petition)


def states(path: Path | None) -> list[str]:
    return [step.state for step in path.steps] if path else []


def test_a_card_shows_its_steps_and_nobody_on_them(petition: CardVersion) -> None:
    assert states(path_of_card(petition)) == ["plain"] * 4
    assert path_of_card(CardVersion(content={})) is None


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.REGISTERED, ["now", "later", "later", "later"]),
        (State.UNDER_REVIEW, ["done", "now", "later", "later"]),
        (State.AWAITING_INQUIRY, ["done", "done", "now", "later"]),
        (State.APPROVED, ["done", "done", "now", "later"]),
        (State.ANSWERED, ["done", "done", "done", "now"]),
        (State.CLOSED, ["done"] * 4),
        (State.REFUSED, []),
    ],
)
def test_the_state_of_a_case_is_a_place_on_the_path(about_it: Case, state: State, expected: list[str]) -> None:
    about_it.state = state
    assert states(path_of_case(about_it)) == expected


def test_every_state_has_its_place() -> None:
    placed = {*card_path._STAGES, *card_path._OVER, State.CLOSED}
    assert placed == set(State)


def test_a_matter_about_no_service_has_a_path_too(case: Case) -> None:
    assert states(path_of_case(case)) == ["now", "later", "later", "later"]


def test_both_sides_see_where_it_is_and_the_office_whom_it_waits_for(
    about_it: Case, units: dict[str, Unit], reza: Actor, sign_in: SignIn, now: datetime
) -> None:
    length = Length.parse("5 working_days")
    refer(case=about_it, to=units["karaj"], task="سابقه را بفرستید.", length=length, by=reza, now=now)
    page = sign_in(reza).get(f"/staff/cases/{about_it.code}/").content.decode()
    assert "کار اکنون اینجاست" in page
    assert "در انتظار: " in page
    assert "/services/information-request/?version=1" in page
    zahra = Client()
    zahra.post("/track/", {"code": about_it.code, "secret": secret_of(about_it)})
    page = zahra.get(f"/track/{about_it.code}/").content.decode()
    assert page.count("کار شما اینجاست") == 1
    assert page.count('aria-current="step"') == 1
    assert "/services/information-request/?version=1" in page


def test_what_is_over_has_no_place(about_it: Case, zahra: Actor, now: datetime) -> None:
    withdraw(case=about_it, reason="حل شد.", by=zahra, now=now)
    assert path_of_case(about_it) is None
