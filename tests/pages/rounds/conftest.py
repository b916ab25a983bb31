"""The round of the domain's tests, reached by pages; the clock of the pages can be put forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.base import clock
from takrim.evaluation.models_rounds import Step
from takrim.orgs.actor import Actor
from tests.people import SignIn
from tests.rounds import OPENED, Held

WEEK = timedelta(days=7)
AFTER, RESULT, END = OPENED + 2 * WEEK, OPENED + 3 * WEEK, OPENED + 5 * WEEK
GoTo = Callable[[datetime], None]


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> GoTo:
    """Put the clock that pages read to a moment."""

    def put(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    return put


@dataclass
class Browsers:
    """A browser of everybody, signed in at the moment the clock of the pages stands at."""

    sign_in: SignIn
    people: dict[str, Actor]

    def __getitem__(self, name: str) -> Client:
        return self.sign_in(self.people[name])

    def of(self, person_id: int) -> Client:
        return self.sign_in(next(one for one in self.people.values() if one.person_id == person_id))


@pytest.fixture
def browsers(
    sign_in: SignIn, nima: Actor, reza: Actor, parisa: Actor, shirin: Actor, behnam: Actor, golnar: Actor, omid: Actor
) -> Browsers:
    people = {"nima": nima, "reza": reza, "parisa": parisa, "shirin": shirin, "behnam": behnam, "golnar": golnar}
    return Browsers(sign_in, {**people, "omid": omid})


def compute(held: Held, step: Step, browsers: Browsers) -> None:
    """The button is pressed, then the worker has its turn."""
    page = browsers["nima"].post(f"/rounds/{held.round.code}/", {"do": step}, follow=True)
    assert page.status_code == 200
    held.step(step, browsers.people["nima"], clock.now())


def assess_all(held: Held, browsers: Browsers, *, blind: bool, value: str) -> None:
    for look in held.looks(blind=blind):
        here = f"/rounds/{held.round.code}/assess/{look.entrant_id}/"
        browser = browsers.of(look.assessor.person_id)
        assert browser.get(here).status_code == 200
        page = browser.post(here, {"v_desk": value, "w_desk": "دفتر میز خدمت دیده شد", "do": "finish"})
        assert page.status_code == 302, page.text


@pytest.fixture
def declared(held: Held, browsers: Browsers, answers_given: Callable[[], None], go_to: GoTo) -> Held:
    """Nazarabad handed in 8 of 10 with a file, Karaj kept 9 of 10."""
    answers_given()
    go_to(OPENED)
    here = f"/rounds/{held.round.code}/declare/"
    assert "خودارزیابی واحد شما" in browsers["reza"].get("/rounds/").text
    assert browsers["reza"].post(here, {"v_desk": "۹/۸", "do": "keep"}).status_code == 422
    page = browsers["reza"].post(here, {"v_desk": "۸/۱۰", "do": "hand_in"})
    assert page.status_code == 422
    assert "مستند ندارد" in page.text
    files = {"f_desk": SimpleUploadedFile("desk.txt", b"eight days of ten")}
    page = browsers["reza"].post(here, {"v_desk": "۸/۱۰", "do": "hand_in", **files}, follow=True)
    assert "۸ از ۱۰" in page.text
    browsers["parisa"].post(here, {"v_desk": "9/10", "do": "keep"})
    return held


@pytest.fixture
def preliminary(declared: Held, browsers: Browsers, go_to: GoTo) -> Held:
    """Both assessors looked, differed, and it was settled; the preliminary result is out."""
    go_to(AFTER)
    compute(declared, Step.FREEZE, browsers)
    assess_all(declared, browsers, blind=False, value="8/10")
    assess_all(declared, browsers, blind=True, value="6/10")
    here = f"/rounds/{declared.round.code}/settle/"
    assert "ارزیاب دوم" in browsers["nima"].get(here).text
    (look,) = declared.looks(blind=True)
    pk = look.entrant.values.get(indicator="desk").pk
    typed = {"value": pk, f"s{pk}-which": "second"}
    assert browsers["nima"].post(here, typed).status_code == 422
    typed[f"s{pk}-why"] = "دفتر شش روز را نشان می‌دهد"
    assert browsers["nima"].post(here, typed).status_code == 302
    go_to(RESULT)
    compute(declared, Step.PRELIMINARY, browsers)
    return declared
