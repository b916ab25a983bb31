"""Whoever holds a printed answer asks whether it is genuine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from takrim.base.persian import ascii_digits
from takrim.cases import verifying
from takrim.cases.actions_answer import Words, answer_at_once, approve, draft_and_submit, send_back
from takrim.cases.actions_end import object_to
from takrim.cases.actions_objection import uphold
from takrim.cases.models import Answer, Case
from takrim.cases.verifying import BadFingerprint, read_fingerprint, short
from takrim.orgs.actor import Actor, holder
from takrim.web.citizen.limits import MOST_FAILURES
from tests.people import NOW, SENDER

WORDS = Words(
    outcome="upheld",
    text="حق بیمه شما واریز می‌شود.",
    reason="بازرسی آن را تأیید کرد.",
    next_step="واریز تا یک هفته.",
)


@pytest.fixture
def answer(case: Case, reza: Actor) -> Answer:
    return answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=NOW)


def ask(number: str, fingerprint: str, client: Client | None = None) -> Any:
    return (client or Client()).get("/verify/", {"number": number, "fingerprint": fingerprint})


def test_the_paper_is_confirmed_without_a_word_about_the_person(answer: Answer, browser: Client) -> None:
    for number in (answer.letter_number, ascii_digits(answer.letter_number), " 1 / ش / 1405 "):
        for fingerprint in (answer.fingerprint, short(answer.fingerprint), short(answer.fingerprint).upper()):
            page = ask(number, fingerprint)
            assert page.status_code == 200
            assert page.context["issued"].standing == "in_force"
    text = page.content.decode()
    assert "اداره شهرستان نظرآباد" in text
    assert "۳ آذر ۱۴۰۵" in text
    for secret in (
        SENDER.name,
        SENDER.mobile,
        answer.case.code,
        answer.text,
        answer.approved_name,
        answer.case.subject,
    ):
        assert secret not in text


def test_what_is_unknown_and_what_is_wrong_get_one_answer(
    answer: Answer, browser: Client, django_assert_num_queries: Any
) -> None:
    pages = []
    for number, fingerprint in (("۹/ش/۱۴۰۵", answer.fingerprint), (answer.letter_number, "0" * 16)):
        with django_assert_num_queries(1):
            assert verifying.find(number, fingerprint) is None
        page = ask(number, fingerprint)
        assert page.status_code == 422
        text = page.content.decode().replace(number, "").replace(fingerprint, "")
        pages.append([line for line in text.splitlines() if "csrf" not in line and 'name="next"' not in line])
    assert pages[0] == pages[1]


@pytest.mark.parametrize("typed", ["", "12", "g" * 16, "0" * 65, "' or 1=1 --"])
def test_what_is_no_fingerprint_is_said_beside_the_field(browser: Client, typed: str) -> None:
    page = ask("۱/ش/۱۴۰۵", typed)
    assert page.status_code == 422
    assert "fingerprint" in page.context["form"].errors
    with pytest.raises(BadFingerprint):
        read_fingerprint(typed)


def test_guessing_is_stopped(answer: Answer, browser: Client) -> None:
    for _n in range(MOST_FAILURES):
        assert ask("۱/ش/۱۴۰۵", "0" * 16).status_code == 422
    assert ask(answer.letter_number, answer.fingerprint).status_code == 429


def test_an_answer_that_was_objected_to_and_replaced_says_so(
    answer: Answer, case: Case, reza: Actor, nima: Actor, mina: Actor, browser: Client
) -> None:
    object_to(case=case, text="درست نیست.", by=holder(), now=NOW)
    assert ask(answer.letter_number, answer.fingerprint).context["issued"].standing == "objected_to"
    uphold(case=case, why="بازرسی دوباره لازم است.", by=nima, now=NOW)
    words = replace(WORDS, text="پس از بازرسی دوباره، همهٔ حق بیمه وصول شد.")
    newer = approve(
        answer=draft_and_submit(case=case, words=words, by=mina, now=NOW), by=nima, now=NOW + timedelta(days=1)
    )
    old = ask(answer.letter_number, answer.fingerprint).context["issued"]
    assert (old.standing, old.since) == ("replaced", NOW + timedelta(days=1))
    assert ask(newer.letter_number, newer.fingerprint).context["issued"].standing == "not_delivered"
    send_back(answer=newer, why="امضای نادرست", by=nima, now=NOW + timedelta(days=2))
    assert ask(newer.letter_number, newer.fingerprint).context["issued"].standing == "cancelled"
