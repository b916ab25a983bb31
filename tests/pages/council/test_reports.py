"""Reports on the pages: begun, written with suggestions, reviewed, signed, fetched, compared."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from takrim.orgs.actor import Actor
from takrim.reports import actions, making
from takrim.reports.models import Making, Report, State
from tests.domain.reports.conftest import HALF, leyla, report, slower
from tests.people import NOW, SignIn

__all__ = ["leyla", "report", "slower"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_at_now")]


@pytest.fixture
def as_leyla(sign_in: SignIn, leyla: Actor) -> Client:
    return sign_in(leyla)


@pytest.fixture
def as_nima(sign_in: SignIn, nima: Actor) -> Client:
    return sign_in(nima)


def work() -> None:
    """The worker does what waits for it."""
    for row in Making.objects.filter(finished_at=None):
        making.make.call(row.pk, now=NOW)


def address(report: Report, tail: str = "") -> str:
    return f"/council/reports/{report.pk}/{tail}"


def test_a_report_is_begun_and_its_figures_computed(as_leyla: Client, slower: None) -> None:
    page = as_leyla.post("/council/reports/", {"unit": "ir/alborz/", "period": HALF.code})
    made = Report.objects.get()
    assert page["Location"] == address(made)
    assert "در حال محاسبه" in as_leyla.get(address(made)).content.decode()
    work()
    shown = as_leyla.get(address(made)).content.decode()
    assert "شش‌ماهه نخست ۱۴۰۵" in shown
    assert "۷۵٪" in shown
    assert as_leyla.post("/council/reports/", {"unit": "ir/alborz/", "period": HALF.code}).status_code == 422


def test_a_suggestion_is_taken_over_and_nothing_typed_is_lost(as_leyla: Client, report: Report) -> None:
    chapter = address(report, "chapters/messages/")
    assert "بیشتر در نظرآباد" in as_leyla.get(chapter).content.decode()
    added = as_leyla.post(chapter, {"text": "نخست این.", "seen": "0", "add": "1"})
    assert added.context["form"].initial["text"].startswith("نخست این.\n«پاسخ در مهلت»")
    assert not report.texts.exists()
    kept = as_leyla.post(chapter, {"text": added.context["form"].initial["text"], "seen": "0"})
    assert kept["Location"] == address(report)
    assert "نخست این." in as_leyla.get(address(report)).content.decode()


def test_two_texts_at_once_are_both_shown(as_leyla: Client, as_nima: Client, report: Report) -> None:
    chapter = address(report, "chapters/messages/")
    as_leyla.post(chapter, {"text": "متن لیلا", "seen": "0"})
    page = as_nima.post(chapter, {"text": "متن نیما", "seen": "0"})
    assert page.status_code == 409
    shown = page.content.decode()
    assert "متن لیلا" in shown
    assert "متن نیما" in shown
    assert as_nima.post(chapter, {"text": "متن هر دو", "seen": "1"}).status_code == 302


def test_it_is_reviewed_and_signed_by_another(as_leyla: Client, as_nima: Client, report: Report) -> None:
    as_leyla.post(address(report, "chapters/messages/"), {"text": "نظرآباد کندتر شد.", "seen": "0"})
    as_leyla.post(address(report, "review/"))
    report.refresh_from_db()
    assert report.state == State.DRAFT
    as_nima.post(address(report, "review/"))
    assert as_leyla.post(address(report, "sign/"), {"seal": "x"}).status_code == 403
    seal = as_nima.get(address(report)).context["seal"]
    as_nima.post(address(report, "sign/"), {"seal": seal})
    report.refresh_from_db()
    assert (report.state, report.seal) == (State.SIGNED, seal)
    chapter = as_leyla.get(address(report, "chapters/messages/")).content.decode()
    assert "دیگر پیش‌نویس نیست" in chapter


def test_it_goes_back_only_with_a_reason(as_leyla: Client, as_nima: Client, report: Report) -> None:
    as_leyla.post(address(report, "chapters/messages/"), {"text": "نظرآباد کندتر شد.", "seen": "0"})
    as_nima.post(address(report, "review/"))
    assert as_nima.post(address(report, "back/"), {"why": ""}).status_code == 422
    as_nima.post(address(report, "back/"), {"why": "از کرج هم بنویسید."})
    assert "از کرج هم بنویسید." in as_leyla.get(address(report)).content.decode()


def test_files_are_made_by_the_worker_once(as_leyla: Client, report: Report) -> None:
    for _twice in range(2):
        as_leyla.post(address(report, "files/"), {"form": "xlsx", "lang": "fa"})
        work()
    made = Making.objects.get(what="xlsx:fa")
    assert address(report, f"files/{made.pk}/") in as_leyla.get(address(report)).content.decode()
    page: Any = as_leyla.get(address(report, f"files/{made.pk}/"))
    assert page["Content-Type"].startswith("application/vnd.openxmlformats")
    assert b"".join(page.streaming_content).startswith(b"PK")
    at_once = as_leyla.get(address(report, "files/html/en/"))
    assert "attachment" in at_once["Content-Disposition"]
    assert "Answered on time" in at_once.content.decode()
    assert as_leyla.get(address(report, "files/pdf/fa/")).status_code == 404
    assert as_leyla.post(address(report, "files/"), {"form": "exe", "lang": "fa"}).status_code == 404


def test_it_is_compared_with_today(as_leyla: Client, report: Report) -> None:
    as_leyla.post(address(report, "check/"))
    work()
    assert "همه رقم‌ها یکسان است" in as_leyla.get(address(report)).content.decode()


def test_a_stranger_does_not_find_it(sign_in: SignIn, omid: Actor, report: Report) -> None:
    stranger = sign_in(omid)
    for tail in ("", "files/html/fa/"):
        assert stranger.get(address(report, tail)).status_code == 404
    assert stranger.post(address(report, "check/")).status_code == 404


def test_the_list_needs_no_more_queries_for_more(
    as_leyla: Client, leyla: Actor, report: Report, django_assert_max_num_queries: object
) -> None:
    for period in (HALF.previous(), HALF.next()):
        actions.begin(unit=report.unit, period=period, by=leyla, now=NOW)
    as_leyla.get("/council/reports/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture that pytest-django does not type
        assert "شش‌ماهه دوم ۱۴۰۵" in as_leyla.get("/council/reports/").content.decode()


def test_it_stands_on_the_first_page(as_leyla: Client, report: Report) -> None:
    assert address(report) in as_leyla.get("/council/").content.decode()
