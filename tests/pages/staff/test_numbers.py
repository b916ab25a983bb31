"""The pages of number patterns, letterheads and registers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.test import Client

from takrim.cases.actions_answer import Words, answer_at_once, send_back
from takrim.cases.models import Register
from takrim.cases.papers import letterhead_of
from takrim.orgs.actor import Actor
from tests.people import MakeCase

HERE = "ir/alborz/nazarabad/"
WORDS = Words(
    outcome="upheld", text="حق بیمه وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)


def test_a_pattern_is_tried_before_it_is_kept(as_reza: Client) -> None:
    typed = {"unit": HERE, "pattern": "{year}/{number}/{subject}"}
    page = as_reza.post("/staff/numbers/", typed)
    assert page.status_code == 200
    assert "۱۴۰۵/۱/ش" in page.content.decode()
    assert not Register.objects.exists()
    changed = as_reza.post("/staff/numbers/", {**typed, "pattern": "{number}.{year}", "tried": page.context["stamp"]})
    assert changed.context["tried"], "what was changed since is tried again"
    assert as_reza.post("/staff/numbers/", {**typed, "tried": page.context["stamp"]}).status_code == 302
    assert Register.objects.get().pattern == "{year}/{number}/{subject}"


def test_a_pattern_that_loses_the_number_is_refused_beside_its_field(as_reza: Client) -> None:
    for pattern in ("{year}", "{number}/{year}/{x}", "{number!r}/{year}", "{number"):
        page = as_reza.post("/staff/numbers/", {"unit": HERE, "pattern": pattern})
        assert page.status_code == 422
        assert page.context["pattern"].errors["pattern"]
        assert pattern in page.context["pattern"]["pattern"].value()


def test_others_registers_are_not_there(
    make_case: MakeCase, reza: Actor, as_omid: Client, as_mina: Client, as_nima: Client, now: datetime
) -> None:
    answer_at_once(case=make_case(), words=WORDS, how="phone", by=reza, now=now)
    address = "/staff/numbers/1405/alborz/nazarabad/"
    assert as_nima.get(address).status_code == 200
    assert as_omid.get(address).status_code == 404
    assert as_mina.get(address).status_code == 403
    assert as_omid.post("/staff/numbers/", {"unit": HERE, "pattern": "{number}/{year}"}).status_code == 422
    assert as_nima.get("/staff/numbers/1404/alborz/nazarabad/").status_code == 404


def test_the_register_names_each_cancelled_number_with_its_reason(
    make_case: MakeCase, reza: Actor, as_reza: Client, now: datetime
) -> None:
    kept, gone = make_case(), make_case()
    answer_at_once(case=kept, words=WORDS, how="phone", by=reza, now=now)
    answer = answer_at_once(case=gone, words=replace(WORDS, text="متن دیگری است."), how="", by=reza, now=now)
    send_back(answer=answer, why="نام کارگاه نادرست است.", by=reza, now=now)
    page = as_reza.get("/staff/numbers/1405/alborz/nazarabad/").content.decode()
    for said in ("هیچ شماره‌ای", "۲/ش/۱۴۰۵", "نام کارگاه نادرست است.", f"/staff/cases/{kept.code}/"):
        assert said in page
    Register.objects.update(last=3)
    assert "شماره‌هایی کم است" in as_reza.get("/staff/numbers/1405/alborz/nazarabad/").content.decode()


def test_the_list_asks_the_same_however_long_it_is(
    make_case: MakeCase, nima: Actor, as_nima: Client, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for place, unit in enumerate(("nazarabad", "karaj", "alborz")):
        words = replace(WORDS, text=f"{WORDS.text} {place}")
        answer_at_once(case=make_case(unit=unit), words=words, how="phone", by=nima, now=now)
    as_nima.get("/staff/numbers/")
    with django_assert_max_num_queries(8):
        assert len(as_nima.get("/staff/numbers/").context["rows"]) == 3


def test_a_letterhead_is_kept_for_the_papers(as_reza: Client, as_omid: Client) -> None:
    typed = {"unit": HERE, "address": "بلوار آزادی، پلاک ۱۲", "telephone": "026-45330000"}
    assert as_omid.post("/staff/numbers/letterhead/", typed).status_code == 422
    assert as_reza.post("/staff/numbers/letterhead/", typed).status_code == 302
    kept = letterhead_of(HERE)
    assert kept is not None
    assert kept.address == "بلوار آزادی، پلاک ۱۲"
    assert "بلوار آزادی، پلاک ۱۲" in as_reza.get("/staff/numbers/").content.decode()
