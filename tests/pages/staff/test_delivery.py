"""Delivering a signed answer on the case page, and the list of people to telephone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.cases.actions_answer import Words, answer_at_once
from takrim.cases.actions_send import not_reached
from takrim.cases.models import Answer, Case, State
from takrim.cases.models_delivery import Attempt
from takrim.journal.models import Look
from takrim.orgs.actor import Actor
from tests.people import SENDER, MakeCase

WORDS = Words(
    outcome="upheld", text="حق بیمه وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)


@pytest.fixture
def signed(case: Case, reza: Actor, now: datetime) -> Answer:
    return answer_at_once(case=case, words=WORDS, how="", by=reza, now=now - timedelta(days=1))


def send(client: Client, case: Case, step: str, **data: Any) -> Any:
    return client.post(f"/staff/cases/{case.code}/{step}/", {"version": "1", **data}, follow=True)


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_handed_over_with_the_picture_of_the_signature(signed: Answer, case: Case, as_sara: Client) -> None:
    picture = SimpleUploadedFile("signed.pdf", b"%PDF-1.4 signed")
    page = send(as_sara, case, "deliver", how="in_person", proof="خودش امضا کرد", files=picture).content.decode()
    assert state(case) == State.ANSWERED
    attempt = Attempt.objects.get()
    assert attempt.paper is not None
    assert not attempt.paper.shown_to_party
    assert "خودش امضا کرد" in page
    assert f"/staff/files/{attempt.paper_id}/" in page


def test_what_the_post_has_still_waits(signed: Answer, case: Case, as_sara: Client) -> None:
    page = send(as_sara, case, "deliver", how="paper", proof="۱۲۳۴۵").content.decode()
    assert state(case) == State.APPROVED
    assert "با اثبات رسیدن آن" in page
    assert "پست آن را تحویل داد" in page
    assert send(as_sara, case, "arrived", proof="").status_code == 422
    send(as_sara, case, "arrived", proof="رسید ۹۹")
    assert (state(case), Attempt.objects.get().proof) == (State.ANSWERED, "۱۲۳۴۵ · رسید ۹۹")


def test_what_came_back_and_whom_nobody_reached_is_tried_again(signed: Answer, case: Case, as_sara: Client) -> None:
    send(as_sara, case, "deliver", how="paper", proof="۱۲۳۴۵")
    send(as_sara, case, "came_back", why="نشانی ناقص")
    page = send(as_sara, case, "not_reached", how="phone", why="خاموش بود").content.decode()
    assert "خاموش بود" in page
    assert "نشانی ناقص" in page
    assert Attempt.objects.failed().count() == 2
    assert state(case) == State.APPROVED


def test_impossible_is_offered_to_the_head_after_three(
    signed: Answer, case: Case, sara: Actor, as_reza: Client, as_sara: Client, now: datetime
) -> None:
    page = as_reza.get(f"/staff/cases/{case.code}/")
    assert "impossible" not in [offer.key for offer in page.context["rare"]]
    assert "send_back" in [offer.key for offer in page.context["offers"]]
    for _turn in range(3):
        not_reached(answer=signed, way="phone", why="خاموش", by=sara, now=now)
    page = as_reza.get(f"/staff/cases/{case.code}/")
    assert "impossible" in [offer.key for offer in page.context["rare"]]
    assert "send_back" not in [offer.key for offer in page.context["offers"]], "what went out is not taken back"
    assert send(as_sara, case, "impossible", why="شماره واگذار شده").status_code == 403
    send(as_reza, case, "impossible", why="شماره واگذار شده")
    assert state(case) == State.ANSWERED


def test_a_way_that_nobody_carries_is_no_choice(signed: Answer, case: Case, as_sara: Client) -> None:
    assert send(as_sara, case, "deliver", how="sms").status_code == 422
    assert not Attempt.objects.exists()


@pytest.fixture
def listed(signed: Answer, sara: Actor, now: datetime) -> Answer:
    for _turn in range(3):
        not_reached(answer=signed, way="phone", why="پاسخ نداد", by=sara, now=now)
    return signed


def test_the_list_says_whom_to_call_and_what_to_say(
    listed: Answer, case: Case, as_sara: Client, as_omid: Client, as_mina: Client
) -> None:
    text = as_sara.get("/staff/telephone/").content.decode()
    for said in (SENDER.name, "۰۹۱۲۱۲۳۴۵۶۷", WORDS.text, WORDS.next_step, listed.letter_number, "پاسخ نداد"):
        assert said in text
    assert Look.objects.filter(subject=case.code, page="telephone").exists()
    assert SENDER.name not in as_omid.get("/staff/telephone/").content.decode()
    assert as_mina.get("/staff/telephone/").status_code == 403


def test_a_call_is_an_attempt_with_its_proof(listed: Answer, case: Case, as_sara: Client, as_omid: Client) -> None:
    address = f"/staff/telephone/{case.code}/"
    answer = {f"{case.code}-result": "failed", f"{case.code}-words": "خاموش است"}
    assert as_omid.post(address, answer).status_code == 404
    assert as_sara.post(address, answer).status_code == 302
    assert Attempt.objects.failed().count() == 4
    empty = as_sara.post(address, {f"{case.code}-words": "با همسرش صحبت شد"})
    assert empty.status_code == 422
    assert "با همسرش صحبت شد" in empty.content.decode()
    as_sara.post(address, {f"{case.code}-result": "reached", f"{case.code}-words": "با خودش؛ نتیجه خوانده شد"})
    assert state(case) == State.ANSWERED
    assert Attempt.objects.get(reached_at__isnull=False).proof == "با خودش؛ نتیجه خوانده شد"
    assert as_sara.post(address, answer).status_code == 404


def test_the_list_asks_the_same_however_long_it_is(
    listed: Answer,
    make_case: MakeCase,
    reza: Actor,
    sara: Actor,
    as_sara: Client,
    now: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(3):
        case = make_case(text=f"پرونده {number}")
        answer = answer_at_once(case=case, words=WORDS, how="", anyway="یکسان", by=reza, now=now)
        for _turn in range(3):
            not_reached(answer=answer, way="phone", why="پاسخ نداد", by=sara, now=now)
    as_sara.get("/staff/telephone/")
    # Session, seat, three for the rows, and one line for each person that was looked at.
    with django_assert_max_num_queries(11):
        assert len(as_sara.get("/staff/telephone/").context["rows"]) == 4
