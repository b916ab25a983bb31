"""Steps of improvement: planned, reported with files, sent back, confirmed; never by whoever did or reported them."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from takrim.base.jalali import numeric
from takrim.evaluation.models_rounds import Step
from takrim.evaluation.models_values import Improvement
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, Post
from tests.pages.rounds.conftest import END, WEEK, Browsers, GoTo, compute
from tests.rounds import Held


@pytest.fixture
def planned(preliminary: Held, browsers: Browsers, go_to: GoTo) -> str:
    """Karaj has planned a step; the address of its plan."""
    go_to(END)
    compute(preliminary, Step.FINAL, browsers)
    here = f"/rounds/{preliminary.round.code}/improve/{preliminary.entrant('karaj').pk}/"
    plan = {"do": "plan", "indicator": "desk", "text": "میز هر روز برپا شود."}
    assert browsers["parisa"].post(here, {**plan, "until": ""}).status_code == 422
    page = browsers["parisa"].post(here, {**plan, "until": numeric((END + WEEK).date(), "fa")}, follow=True)
    assert "میز هر روز برپا شود" in page.text
    return here


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("میز.txt", "میز هر روز برپاست".encode())


def test_a_step_is_reported_with_files_and_confirmed_above(planned: str, browsers: Browsers) -> None:
    report = {"do": "report", "step": "1", "text": "برپا شد."}
    assert browsers["parisa"].post(planned, {**report, "text": ""}).status_code == 422
    page = browsers["parisa"].post(planned, {**report, "files": picture()}, follow=True)
    assert "میز.txt" in page.text
    assert "پریسا نادری" in page.text
    assert Evidence.objects.get(subject=Improvement.objects.get().subject).name == "میز.txt"
    page = browsers["nima"].get(planned)
    assert "میز.txt" in page.text
    page = browsers["nima"].post(planned, {"do": "confirm", "step": "1"}, follow=True)
    assert "پذیرفته" in page.text


def test_the_files_of_a_step_are_read_by_who_reads_the_step(planned: str, browsers: Browsers) -> None:
    browsers["parisa"].post(planned, {"do": "report", "step": "1", "text": "برپا شد.", "files": picture()})
    file = Evidence.objects.get(subject__startswith="improvement:")
    here = f"{planned.partition('improve/')[0]}files/{file.pk}/"
    assert b"".join(cast(Any, browsers["nima"].get(here))).decode() == "میز هر روز برپاست"
    assert browsers["omid"].get(here).status_code == 404


def test_what_is_missing_is_said_and_what_was_typed_stays_with_its_step(planned: str, browsers: Browsers) -> None:
    until = numeric((END + WEEK).date(), "fa")
    browsers["parisa"].post(planned, {"do": "plan", "indicator": "desk", "text": "گام دوم", "until": until})
    browsers["parisa"].post(planned, {"do": "report", "step": "1", "text": "برپا شد."})
    assert browsers["nima"].post(planned, {"do": "send_back", "step": "1", "text": " "}).status_code == 422
    browsers["nima"].post(planned, {"do": "send_back", "step": "1", "text": "عکس میز کم است."})
    page = browsers["parisa"].get(planned)
    assert "عکس میز کم است" in page.text
    long = "شرح " * 1200
    page = browsers["parisa"].post(planned, {"do": "report", "step": "2", "text": long})
    assert page.status_code == 422
    # It stands in the field of the second step alone.
    assert page.text.count(long.strip()) == 1
    assert 'id="done_2_text"' in page.text.partition(long.strip())[0].rpartition("<textarea")[2]
    assert browsers["parisa"].post(planned, {"do": "report", "step": "9", "text": "برپا شد."}).status_code == 404


def test_who_reported_a_step_does_not_confirm_it_at_another_post(
    planned: str, browsers: Browsers, parisa: Actor, nima: Actor
) -> None:
    """Parisa stands in for Nima, too."""
    browsers["parisa"].post(planned, {"do": "report", "step": "1", "text": "برپا شد."})
    post = Post.objects.get(pk=nima.post_id)
    seat = Holding.objects.create(person_id=parisa.person, post=post, since=date(2026, 1, 1))
    browser = browsers["parisa"]
    session = browser.session
    session["seat"] = seat.pk
    session.save()
    assert 'value="confirm"' not in browser.get(planned).text
    assert browser.post(planned, {"do": "confirm", "step": "1"}).status_code == 403
    assert 'value="confirm"' in browsers["nima"].get(planned).text
