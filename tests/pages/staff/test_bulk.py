"""The page where many cases are worked on at once."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cases import bulk
from takrim.cases.models import Case, State
from takrim.cases.models_together import Bulk
from takrim.orgs.actor import Actor
from takrim.tasks.result import Context
from tests.people import MakeCase

ANSWER = {"outcome": "upheld", "text": "وصول شد.", "reason": "بازرسی شد.", "next_step": "تا ده روز.", "key": "k1"}


def test_the_chosen_cases_are_answered_and_listed(make_case: MakeCase, as_reza: Client, now: datetime) -> None:
    one, two, other = make_case(text="یکم"), make_case(text="دوم"), make_case(text="سوم")
    page = as_reza.get("/staff/bulk/")
    assert [line.subject for line in page.context["lines"]] == ["یکم", "دوم", "سوم"]
    sent = as_reza.post("/staff/bulk/?do=answer", {**ANSWER, "case": [one.pk, two.pk]})
    asked = Bulk.objects.get()
    assert sent.headers["Location"] == f"/staff/bulk/{asked.pk}/"
    assert "hx-trigger" in as_reza.get(sent.headers["Location"]).content.decode()
    bulk.run.func(Context(None), asked.pk, now=now)
    shown = as_reza.get(sent.headers["Location"]).content.decode()
    assert "یکم" in shown
    assert "hx-trigger" not in shown, "what is finished is not asked for again"
    assert set(Case.objects.filter(state=State.APPROVED)) == {one, two}
    other.refresh_from_db()
    assert other.state == State.REGISTERED


def test_all_of_a_list_means_what_fits_its_filters(make_case: MakeCase, as_reza: Client) -> None:
    make_case(kind="request")
    make_case(kind="complaint")
    as_reza.post("/staff/bulk/?kind=request&do=answer", {**ANSWER, "all": "1"})
    assert Bulk.objects.get().total == 1


def test_a_number_from_elsewhere_is_no_choice(make_case: MakeCase, as_reza: Client) -> None:
    make_case()
    foreign = make_case(unit="qom")
    page = as_reza.post("/staff/bulk/?do=answer", {**ANSWER, "case": [foreign.pk]})
    assert page.status_code == 422
    assert "دست‌کم یک پرونده" in page.content.decode()
    assert "وصول شد." in page.content.decode(), "nothing typed is lost"


def test_an_incomplete_answer_is_told_and_the_marks_stay(make_case: MakeCase, as_reza: Client) -> None:
    one, _two = make_case(), make_case()
    page = as_reza.post("/staff/bulk/?do=answer", {"text": "وصول شد.", "case": [one.pk]})
    assert page.status_code == 422
    assert [line.chosen for line in page.context["lines"]] == [True, False]


def test_nobody_sees_what_another_asked_for(make_case: MakeCase, as_reza: Client, as_nima: Client) -> None:
    as_reza.post("/staff/bulk/?do=answer", {**ANSWER, "case": [make_case().pk]})
    assert as_nima.get(f"/staff/bulk/{Bulk.objects.get().pk}/").status_code == 404


def test_who_may_do_none_of_it_stays_outside(as_tara: Client, as_mina: Client, db: None) -> None:
    assert as_tara.get("/staff/bulk/").status_code == 403
    assert as_mina.get("/staff/bulk/?do=close").status_code == 404
    assert as_mina.get("/staff/bulk/?do=nonsense").status_code == 404
    assert Client().get("/staff/bulk/").status_code == 302
    assert as_mina.post("/staff/bulk/1/").status_code == 405


def test_a_long_list_takes_no_more_queries(make_case: MakeCase, as_reza: Client, reza: Actor) -> None:
    make_case()
    as_reza.get("/staff/bulk/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        as_reza.get("/staff/bulk/")
    for _ in range(30):
        make_case()
    with CaptureQueriesContext(connection) as many:
        as_reza.get("/staff/bulk/")
    assert len(many) == len(few)
