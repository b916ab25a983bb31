"""A member from outside answers objections of a round for their committee; sees what that needs and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.councils.models import Body, Membership, Role
from takrim.duties.kind import keepers_of
from takrim.evaluation.actions_rounds import Wish
from takrim.evaluation.models_values import Objection, Outcome
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor
from tests.pages.rounds.conftest import RESULT, Browsers, GoTo
from tests.people import NOW
from tests.rounds import Held


@pytest.fixture
def round_wish(round_wish: Wish, committee: Body) -> Wish:
    """The committee of Alborz answers objections, nobody by name."""
    return replace(round_wish, referees=[], committee=committee)


@pytest.fixture
def objection(preliminary: Held, browsers: Browsers) -> Objection:
    """Karaj objects to what was counted, with a paper."""
    here = f"/rounds/{preliminary.round.code}/offices/{preliminary.entrant('karaj').pk}/object/"
    typed = {"indicator": "answered_on_time", "asked": "4/4", "text": "دو پاسخ به اشتباه دیر شمرده شد."}
    paper = SimpleUploadedFile("ابلاغ.txt", "تاریخ ابلاغ".encode())
    assert browsers["parisa"].post(here, {**typed, "files": paper}).status_code == 302
    return Objection.objects.get()


@pytest.fixture
def as_hamid(hamid: Membership, objection: Objection) -> Client:
    """Signed in once the clock of the pages stands at the days of objections."""
    assert hamid.person is not None
    client = Client()
    client.force_login(hamid.person)
    return client


def address(one: Objection) -> str:
    return f"/rounds/{one.value.entrant.round.code}/objections/{one.pk}/"


def test_he_finds_the_objection_on_the_page_of_his_body_and_answers_it(
    as_hamid: Client, objection: Objection, committee: Body
) -> None:
    page = as_hamid.get(f"/council/bodies/{committee.code}/").text
    assert address(objection) in page
    page = as_hamid.get(address(objection)).text
    assert "دو پاسخ به اشتباه دیر شمرده شد" in page
    # What was counted and what the value is about stand there; no way leads to pages that he does not have.
    assert "۲ از ۴" in page
    for closed in ('/rounds/"', "/offices/", "/council/proofs/", f'/rounds/{objection.value.entrant.round.code}/"'):
        assert closed not in page, closed
    file = Evidence.objects.get(subject=objection.subject)
    sent = as_hamid.get(f"/rounds/{objection.value.entrant.round.code}/files/{file.pk}/")
    assert b"".join(cast(Any, sent)).decode() == "تاریخ ابلاغ"
    assert as_hamid.post(address(objection), {"outcome": "uphold", "reason": ""}).status_code == 422
    answer = {"outcome": "uphold", "reason": "تاریخ ابلاغ درست است."}
    assert "پذیرفته شد" in as_hamid.post(address(objection), answer, follow=True).text
    objection.refresh_from_db()
    assert (objection.outcome, objection.decided_name) == (Outcome.UPHELD, "حمید رحمانی")
    assert address(objection) not in as_hamid.get(f"/council/bodies/{committee.code}/").text


def test_nothing_else_of_the_round_is_there_for_him(as_hamid: Client, objection: Objection, preliminary: Held) -> None:
    code, entrant = preliminary.round.code, preliminary.entrant("karaj").pk
    other = Evidence.objects.exclude(subject=objection.subject).get()
    pages = ("", f"offices/{entrant}/", f"assess/{entrant}/", "settle/", "declare/", f"files/{other.pk}/", "bundle.zip")
    for page in pages:
        assert as_hamid.get(f"/rounds/{code}/{page}").status_code == 404, page
    assert as_hamid.get("/rounds/").status_code == 404


def test_who_does_not_sit_in_this_committee_finds_no_objection(
    as_hamid: Client, hamid: Membership, objection: Objection, go_to: GoTo, laleh: Actor
) -> None:
    other = Body.objects.create(
        code="05100000025",
        kind="council",
        name_fa="شورای دیگر",
        unit=hamid.body.unit,
        unit_path="ir/alborz/",
        since=NOW,
    )
    Membership.objects.filter(pk=hamid.pk).update(body=other)
    file = Evidence.objects.get(subject=objection.subject)
    for page in (address(objection), f"/rounds/{objection.value.entrant.round.code}/files/{file.pk}/"):
        assert as_hamid.get(page).status_code == 404
    # An observer reads along, but has no voice.
    Membership.objects.filter(pk=hamid.pk).update(body=hamid.body, role=Role.OBSERVER, votes=False)
    assert as_hamid.get(address(objection)).status_code == 404
    # And once the term is over, the door is closed.
    Membership.objects.filter(pk=hamid.pk).update(until=RESULT.date() - timedelta(days=1))
    assert as_hamid.get(address(objection)).status_code == 403


def test_the_chair_and_the_secretary_are_told_whether_they_sit_by_post_or_by_name(
    objection: Objection, nima: Actor, laleh: Actor
) -> None:
    told = keepers_of([objection.duty], RESULT)[objection.duty_id]
    assert {one.pk for one in told} == {nima.person_id, laleh.person_id}


def test_a_member_from_the_office_itself_is_not_asked(
    objection: Objection, browsers: Browsers, committee: Body
) -> None:
    """Parisa leads Karaj; her seat in the committee gives her no voice about it."""
    Membership.objects.create(
        body=committee, role=Role.MEMBER, person_id=browsers.people["parisa"].person_id, since=NOW
    )
    assert address(objection) not in browsers["parisa"].get(f"/council/bodies/{committee.code}/").text
    assert address(objection) in browsers["reza"].get(f"/council/bodies/{committee.code}/").text
    answer = {"outcome": "uphold", "reason": "درست است."}
    assert browsers["parisa"].post(address(objection), answer).status_code == 403
