"""Pages of rounds: from definition to the final table, through the pages alone; who sees nothing; both languages."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
from takrim.web.figures import round_bundle
from takrim.web.rounds import round_body
from tests.pages.rounds.conftest import AFTER, END, Browsers, GoTo, compute
from tests.rounds import OPENED, Held, days


def vars_of(version: PlanVersion) -> dict[str, Any]:
    """What a version says, to make another one of it."""
    names = ("code", "title_fa", "of", "text", "state", "at", "by", "changed_at")
    return {name: getattr(version, name) for name in names}


def test_a_round_is_defined_by_a_plan_and_a_calendar(
    browsers: Browsers, round_plan: PlanVersion, units: dict[str, Unit], shirin: Actor, golnar: Actor, go_to: GoTo
) -> None:
    go_to(OPENED)
    assert "خدمت شهرستان" in browsers["nima"].get("/rounds/new/").text
    here = f"/rounds/new/?plan={round_plan.pk}"
    typed: dict[str, Any] = {
        "title_fa": "ارزیابی پاییز",
        "period": "1405-s3",
        "units": [units["karaj"].pk, units["nazarabad"].pk],
        "assessors": [shirin.person_id],
        "referees": [golnar.person_id],
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
    assert "پاسخ به اعتراض" in browsers["golnar"].get("/rounds/").text
    assert "پذیرفته شد" in browsers["golnar"].post(here, answer, follow=True).text
    go_to(END)
    compute(preliminary, Step.FINAL, browsers)
    order = [row.entrant.unit_path for row in rounds_read.standings(preliminary.round, ResultOf.FINAL)]
    assert order[0] == "ir/alborz/karaj/"
    page = browsers["reza"].get(f"/rounds/{preliminary.round.code}/").text
    assert "پله بالاتر" in page
    assert browsers["reza"].get(f"/rounds/{preliminary.round.code}/bundle.zip").content[:2] == b"PK"


def test_the_bundle_is_made_once_and_the_same_everywhere(
    preliminary: Held, browsers: Browsers, go_to: GoTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_to(END)
    compute(preliminary, Step.FINAL, browsers)
    code = preliminary.round.code
    first = browsers["reza"].get(f"/rounds/{code}/bundle.zip").content
    assert first[:2] == b"PK"

    def again(*_args: object) -> bytes:
        raise AssertionError("made twice")

    monkeypatch.setattr(round_bundle, "bundle_of", again)
    assert browsers["parisa"].get(f"/rounds/{code}/bundle.zip").content == first
    assert browsers["omid"].get(f"/figures/rounds/{code}/bundle.zip").content == first


def test_tables_of_a_running_round_are_drawn_again_only_when_they_have_changed(
    preliminary: Held, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = f"/rounds/{preliminary.round.code}/"
    first = browsers["nima"].get(here).text
    assert "نتیجه اولیه" in first and "بهنام قاسمی" in first
    # Who assessed whom is for who runs the round.
    assert "بهنام قاسمی" not in browsers["parisa"].get(here).text

    def again(*_args: object) -> str:
        raise AssertionError("drawn twice")

    for kept in (round_body._RESULT, round_body._OFFICES):
        monkeypatch.setattr(kept, "make", again)
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert strip.sub("", browsers["nima"].get(here).text) == strip.sub("", first)
    # An objection is no line of either, and stands there at once; an assessment taken back would be one.
    object_to(preliminary, browsers)
    assert "در انتظار کمیته" in browsers["nima"].get(here).text
    preliminary.looks()[0].entrant.assessments.update(finished_at=None)
    with pytest.raises(AssertionError, match="drawn twice"):
        browsers["nima"].get(here)


def test_pages_of_a_final_round_are_drawn_once_and_told_what_is_new(
    preliminary: Held, browsers: Browsers, go_to: GoTo
) -> None:
    go_to(END)
    compute(preliminary, Step.FINAL, browsers)
    here = f"/rounds/{preliminary.round.code}/"
    office = f"{here}offices/{preliminary.entrant('karaj').pk}/"
    first = browsers["parisa"].get(here).text
    assert "نتیجه نهایی" in first and "بهنام قاسمی" not in first
    # Who assessed whom stands there for who runs the round alone, also when the others have looked first.
    assert "بهنام قاسمی" in browsers["nima"].get(here).text
    assert "گام" not in browsers["parisa"].get(office).text.partition("چه گذشته است")[2]
    typed = {"do": "plan", "indicator": "desk", "text": "میز هر روز برپا شود.", "until": "1406/01/20"}
    assert browsers["parisa"].post(f"{here}improve/{preliminary.entrant('karaj').pk}/", typed).status_code == 302
    assert "برنامه بهبود" in browsers["parisa"].get(office).text
    for page in (here, office):
        browser = browsers["parisa"]
        browser.get(page)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(page).status_code == 200
        assert len(seen) < 10


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
