"""Pages of rounds: from definition to the final table, through the pages alone; who sees nothing; both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.base import clock
from takrim.base.jalali import numeric
from takrim.evaluation import rounds_read
from takrim.evaluation.actions_rounds import DAYS
from takrim.evaluation.models_entrants import ResultOf
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.models_rounds import Round, Stage, Step
from takrim.evaluation.models_values import Objection
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.pages.rounds.conftest import GoTo
from tests.people import SignIn
from tests.rounds import OPENED, Held, days

WEEK = timedelta(days=7)
AFTER, RESULT, END = OPENED + 2 * WEEK, OPENED + 3 * WEEK, OPENED + 5 * WEEK


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
    sign_in: SignIn, nima: Actor, reza: Actor, parisa: Actor, shirin: Actor, behnam: Actor, laleh: Actor, omid: Actor
) -> Browsers:
    people = {"nima": nima, "reza": reza, "parisa": parisa, "shirin": shirin, "behnam": behnam, "laleh": laleh}
    return Browsers(sign_in, {**people, "omid": omid})


def vars_of(version: PlanVersion) -> dict[str, Any]:
    """What a version says, to make another one of it."""
    names = ("code", "title_fa", "of", "text", "state", "at", "by", "changed_at")
    return {name: getattr(version, name) for name in names}


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


def test_a_round_is_defined_by_a_plan_and_a_calendar(
    browsers: Browsers, round_plan: PlanVersion, units: dict[str, Unit], shirin: Actor, laleh: Actor, go_to: GoTo
) -> None:
    go_to(OPENED)
    assert "خدمت شهرستان" in browsers["nima"].get("/rounds/new/").text
    here = f"/rounds/new/?plan={round_plan.pk}"
    typed: dict[str, Any] = {
        "title_fa": "ارزیابی پاییز",
        "period": "1405-s3",
        "units": [units["karaj"].pk, units["nazarabad"].pk],
        "assessors": [shirin.person_id],
        "referees": [laleh.person_id],
        "second_percent": "۰",
        **{name: numeric(day, "fa") for name, day in days().items()},
    }
    page = browsers["nima"].post(here, {**typed, "units": [units["karaj"].pk]})
    assert page.status_code == 422
    assert "دست‌کم" in page.text
    assert "ارزیابی پاییز" in page.text
    page = browsers["nima"].post(here, typed, follow=True)
    made = Round.objects.get()
    assert (made.path, made.stage, set(DAYS) <= set(days())) == ("ir/alborz/", Stage.DEFINED, True)
    assert "آغاز خودارزیابی" in page.text
    assert browsers["reza"].get("/rounds/new/").status_code == 403
    # Plans of other houses are not offered, nor can their addresses be guessed.
    PlanVersion.objects.create(**{**vars_of(round_plan), "number": 2, "path": "ir/qom/", "title_fa": "طرح قم"})
    assert "طرح قم" not in browsers["nima"].get("/rounds/new/").text


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
    typed = {"value": look.entrant.values.get(indicator="desk").pk, "sdesk-value": "6/10"}
    assert browsers["nima"].post(here, typed).status_code == 422
    typed["sdesk-why"] = "دفتر شش روز را نشان می‌دهد"
    assert browsers["nima"].post(here, typed).status_code == 302
    go_to(RESULT)
    compute(declared, Step.PRELIMINARY, browsers)
    return declared


def object_to(held: Held, browsers: Browsers) -> Objection:
    """Karaj objects to what was counted."""
    here = f"/rounds/{held.round.code}/offices/{held.entrant('karaj').pk}/object/"
    typed = {"indicator": "answered_on_time", "asked": "۴/۴", "text": "دو پاسخ به اشتباه دیر شمرده شد."}
    assert browsers["parisa"].post(here, {**typed, "asked": "پنج"}).status_code == 422
    assert "در انتظار کمیته" in browsers["parisa"].post(here, typed, follow=True).text
    return Objection.objects.get()


def test_an_objection_is_answered_by_the_committee_and_changes_the_rank(
    preliminary: Held, browsers: Browsers, go_to: GoTo
) -> None:
    assert "نتیجه اولیه" in browsers["parisa"].get(f"/rounds/{preliminary.round.code}/").text
    objection = object_to(preliminary, browsers)
    here = f"/rounds/{preliminary.round.code}/objections/{objection.pk}/"
    assert browsers["reza"].get(here).status_code == 404
    answer = {"outcome": "uphold", "reason": "تاریخ ابلاغ درست است."}
    assert browsers["parisa"].post(here, answer).status_code == 403
    assert "پاسخ به اعتراض" in browsers["laleh"].get("/rounds/").text
    assert "پذیرفته شد" in browsers["laleh"].post(here, answer, follow=True).text
    go_to(END)
    compute(preliminary, Step.FINAL, browsers)
    order = [row.entrant.unit_path for row in rounds_read.standings(preliminary.round, ResultOf.FINAL)]
    assert order[0] == "ir/alborz/karaj/"
    page = browsers["reza"].get(f"/rounds/{preliminary.round.code}/").text
    assert "پله بالاتر" in page
    assert browsers["reza"].get(f"/rounds/{preliminary.round.code}/bundle.zip").content[:2] == b"PK"


def test_steps_of_improvement_are_planned_reported_and_confirmed(
    preliminary: Held, browsers: Browsers, go_to: GoTo
) -> None:
    go_to(END)
    compute(preliminary, Step.FINAL, browsers)
    here = f"/rounds/{preliminary.round.code}/improve/{preliminary.entrant('karaj').pk}/"
    plan = {"do": "plan", "indicator": "desk", "text": "میز هر روز برپا شود."}
    assert browsers["parisa"].post(here, {**plan, "until": ""}).status_code == 422
    page = browsers["parisa"].post(here, {**plan, "until": numeric((END + WEEK).date(), "fa")}, follow=True)
    assert "میز هر روز برپا شود" in page.text
    assert browsers["parisa"].post(here, {"do": "report", "step": "1", "text": ""}).status_code == 422
    browsers["parisa"].post(here, {"do": "report", "step": "1", "text": "برپا شد."})
    page = browsers["nima"].post(here, {"do": "confirm", "step": "1", "text": ""}, follow=True)
    assert "پذیرفته" in page.text


def test_an_assessor_reads_the_file_and_strangers_do_not(declared: Held, browsers: Browsers, go_to: GoTo) -> None:
    go_to(AFTER)
    compute(declared, Step.FREEZE, browsers)
    file = Evidence.objects.get()
    here = f"/rounds/{declared.round.code}/files/{file.pk}/"
    look = next(look for look in declared.looks() if look.entrant.unit_path == "ir/alborz/nazarabad/")
    sent = browsers.of(look.assessor.person_id).get(here)
    assert b"".join(cast(Any, sent)) == b"eight days of ten"
    assert browsers["parisa"].get(here).status_code == 404
    # Who is at work on an office reads nothing of what the other assessor found.
    office = f"/rounds/{declared.round.code}/offices/{look.entrant_id}/"
    assert browsers.of(look.assessor.person_id).get(office).status_code == 404


def test_a_stranger_finds_no_round(held: Held, browsers: Browsers, go_to: GoTo) -> None:
    go_to(OPENED)
    entrant = held.entrant("karaj")
    for address in (
        "",
        "declare/",
        f"assess/{entrant.pk}/",
        f"offices/{entrant.pk}/",
        f"offices/{entrant.pk}/object/",
        f"improve/{entrant.pk}/",
        "objections/1/",
        "files/1/",
        "bundle.zip",
    ):
        assert browsers["omid"].get(f"/rounds/{held.round.code}/{address}").status_code == 404, address
    assert held.round.title not in browsers["omid"].get("/rounds/").text
    # Nor does one office of the round read the other's values.
    assert browsers["reza"].get(f"/rounds/{held.round.code}/offices/{entrant.pk}/").status_code == 404
    assert browsers["reza"].post(f"/rounds/{held.round.code}/", {"do": "freeze"}).status_code == 404


def test_the_pages_speak_english(held: Held, browsers: Browsers, go_to: GoTo) -> None:
    go_to(OPENED)
    browser = browsers["reza"]
    browser.post("/i18n/setlang/", {"language": "en"})
    assert "Rounds of evaluation" in browser.get("/rounds/").text
    page = browser.get(f"/rounds/{held.round.code}/declare/").text
    assert "The share of days on which the desk was held." in page
