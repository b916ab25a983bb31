"""The tablet at the desk: one question a screen, back, nothing kept before the end, nothing of staff, over in time."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from takrim.cases.actions_answer import answer_at_once
from takrim.cases.models import Case
from takrim.cases.models_judged import Praise
from takrim.orgs.actor import Actor
from takrim.surveys import links
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire
from tests.matters import WORDS, answered, judged
from tests.people import NOW, MakeCase, SignIn

pytestmark = pytest.mark.django_db
SHORT = questionnaire().short


@pytest.fixture
def served(browser: Client, case: Case, reza: Actor) -> Case:
    answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=NOW)
    return case


@pytest.fixture
def link(served: Case) -> str:
    return f"/tablet/{links.make_tablet(served.code, 1)}/"


def fields(page: Any) -> dict[str, str]:
    """What the form of a screen carries along."""
    body = page.content.decode()
    return dict(re.findall(r'<input type="hidden" name="((?:at|mark-)[^"]*)" value="([^"]*)"', body))


def press(browser: Client, link: str, page: Any, **button: str) -> Any:
    return browser.post(link, {**fields(page), **button})


def through(browser: Client, link: str, *marks: str) -> Any:
    page = browser.get(link)
    for mark in marks:
        page = press(browser, link, page, mark=mark)
    return page


@pytest.mark.parametrize("language", ["fa", "en"])
def test_it_asks_one_question_a_screen(browser: Client, link: str, served: Case, language: str) -> None:
    browser.cookies["language"] = language
    body = browser.get(link).content.decode()
    shown = [item for item in SHORT if item.text.in_(language) in body]
    assert shown == [SHORT[0]]
    assert len(re.findall('name="mark" value="[1-5]"', body)) == 5
    for hidden in (served.code, served.subject, served.party.name, "/staff/", "/file/"):
        assert hidden not in body


def test_the_last_face_keeps_the_marks(browser: Client, link: str, served: Case) -> None:
    page = through(browser, link, "5", "4", "3", "skip", "2")
    assert Response.objects.count() == 0
    page = press(browser, link, page, mark="3")
    response = Response.objects.get()
    assert (response.subject, response.way, response.overall) == (served.code, "tablet", 3)
    assert response.scores == {item.code: mark for item, mark in zip(SHORT, (5, 4, 3, None, 2, 3), strict=True) if mark}
    assert "سپاسگزاریم" in page.content.decode()


def test_one_goes_back_and_finds_what_was_pressed(browser: Client, link: str) -> None:
    page = through(browser, link, "5", "4")
    page = press(browser, link, page, back="1")
    body = page.content.decode()
    assert SHORT[1].text.fa in body
    assert re.search(r'value="4" aria-pressed="true"', body)
    page = press(browser, link, page, mark="1")
    assert fields(page)[f"mark-{SHORT[1].code}"] == "1"


def test_the_question_about_the_whole_is_not_skipped(browser: Client, link: str) -> None:
    page = through(browser, link, *["5"] * (len(SHORT) - 1))
    assert "skip" not in page.content.decode()
    page = press(browser, link, page, mark="skip")
    assert page.status_code == 422
    assert "یکی از صورتک‌ها را لمس کنید" in page.content.decode()
    assert fields(page)[f"mark-{SHORT[0].code}"] == "5"
    assert Response.objects.count() == 0


@pytest.mark.parametrize("strange", [{"at": "99"}, {"at": "-1"}, {"at": "x"}, {"mark": "9"}, {"mark-overall": "7"}])
def test_strange_fields_break_nothing(browser: Client, link: str, strange: dict[str, str]) -> None:
    assert browser.post(link, {"at": "0", "mark": "5", **strange}).status_code in {200, 422}
    assert Response.objects.count() == 0


def test_a_bad_mark_objects_with_one_touch(browser: Client, link: str, served: Case) -> None:
    page = through(browser, link, *["1"] * len(SHORT))
    assert "می‌خواهید به پاسخ اعتراض کنید" in page.content.decode()
    page = browser.post(link, {"object": "مدارک من دیده نشد."})
    assert "اعتراض شما ثبت شد" in page.content.decode()
    served.refresh_from_db()
    assert (served.state, served.objections.get().text) == ("reopened", "مدارک من دیده نشد.")


def test_an_objection_in_own_words_needs_words(browser: Client, link: str, served: Case) -> None:
    through(browser, link, *["1"] * len(SHORT))
    page = browser.post(link, {"object": "", "object-text": ""})
    assert page.status_code == 422
    assert browser.post(link, {"object": "", "object-text": "سند من را ندیدند."}).status_code == 200
    assert served.objections.get().text == "سند من را ندیدند."


def test_a_good_mark_thanks_somebody_with_one_touch(browser: Client, link: str, reza: Actor) -> None:
    page = through(browser, link, *["5"] * len(SHORT))
    assert 'name="praise" value="wrote"' in page.content.decode()
    assert browser.post(link, {"praise": "wrote"}).status_code == 200
    assert Praise.objects.get().officer_id == reza.person_id


def test_it_is_answered_once(browser: Client, link: str) -> None:
    through(browser, link, *["3"] * len(SHORT))
    again = browser.post(link, {"at": "5", "mark": "5"})
    assert (again.status_code, Response.objects.get().overall) == (200, 3)


def test_a_link_ends_by_itself(browser: Client, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time() + timedelta(minutes=31).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert browser.get(link).status_code == 410


@pytest.mark.parametrize("address", ["/tablet/forged/", "/tablet/at/forged/"])
def test_a_forged_link_opens_nothing(browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 410
    assert browser.post(address, {"mark": "5", "code": "1"}).status_code == 410


def test_links_of_other_kinds_do_not_fit(browser: Client, served: Case, link: str) -> None:
    mail, tablet = links.make(served.code, 1), link.split("/")[2]
    assert browser.get(f"/tablet/{mail}/").status_code == 410
    assert browser.get(f"/survey/{tablet}/").status_code == 410
    assert browser.get(f"/tablet/at/{tablet}/").status_code == 410


def test_it_goes_back_to_its_beginning_by_itself(browser: Client, link: str) -> None:
    body = browser.get(link).content.decode()
    assert 'data-idle="60"' in body
    assert f'data-start="{link}"' in body
    assert f'<noscript><meta http-equiv="refresh" content="180;url={link}"></noscript>' in body


def test_an_officers_session_does_not_go_with_the_tablet(link: str, sign_in: SignIn, sara: Actor) -> None:
    browser = sign_in(sara)
    page = browser.get(link)
    assert page.status_code == 409
    assert SHORT[0].text.fa not in page.content.decode()
    assert browser.post(link, {"sign_out": "1"}).headers["Location"] == link
    assert browser.get(link).status_code == 200
    assert browser.get("/staff/").status_code == 302


@pytest.fixture
def stand() -> str:
    return f"/tablet/at/{links.make_stand('ir/alborz/nazarabad/')}/"


def test_at_the_stand_the_number_is_typed(browser: Client, served: Case, stand: str) -> None:
    assert "شماره پرونده" in browser.get(stand).content.decode()
    sent = browser.post(stand, {"code": f"{served.code[:2]} - {served.code[2:]}"})
    assert sent.status_code == 302
    page = through(browser, sent.headers["Location"], *["4"] * len(SHORT))
    assert f'data-start="{stand}"' in page.content.decode()
    assert Response.objects.get().overall == 4


def test_the_stand_tells_nothing_of_other_numbers(
    browser: Client, served: Case, stand: str, make_case: MakeCase, reza: Actor
) -> None:
    elsewhere, open_still, done = make_case(unit="karaj"), make_case(), make_case()
    for other in (elsewhere, done):
        answered(other, NOW)
    judged(done, 5, NOW)
    pages = [browser.post(stand, {"code": code}) for code in (elsewhere.code, open_still.code, done.code, "12", "سلام")]
    said = {re.sub(r'value="[^"]*"', "", page.content.decode()) for page in pages}
    assert {page.status_code for page in pages} == {422}
    assert len(said) == 1


def test_guessing_at_the_stand_is_counted(browser: Client, stand: str) -> None:
    pages = [browser.post(stand, {"code": str(number)}).status_code for number in range(22)]
    assert pages[-1] == 429


def test_the_officer_gets_the_link_of_a_case(browser: Client, served: Case, sign_in: SignIn, reza: Actor) -> None:
    desk = sign_in(reza)
    assert f"/staff/cases/{served.code}/tablet/" in desk.get(f"/staff/cases/{served.code}/").content.decode()
    page = desk.get(f"/staff/cases/{served.code}/tablet/")
    path = page.context["path"]
    assert browser.get(path).status_code == 200
    sent = desk.post("/staff/tablet/hand-over/", {"path": path})
    assert sent.headers["Location"] == path
    assert desk.get("/staff/").status_code == 302


def test_what_was_judged_is_not_asked_again(served: Case, sign_in: SignIn, reza: Actor) -> None:
    judged(served, 5, NOW)
    page = sign_in(reza).get(f"/staff/cases/{served.code}/tablet/")
    assert page.context["path"] == ""
    assert "پیش‌تر نظر داده شده است" in page.content.decode()


@pytest.mark.parametrize("path", ["", "/staff/", "https://evil.example/", "/tablet/a/b/", "//evil.example/tablet/x/"])
def test_signing_out_leads_to_the_tablet_only(served: Case, sign_in: SignIn, reza: Actor, path: str) -> None:
    desk = sign_in(reza)
    assert desk.post("/staff/tablet/hand-over/", {"path": path}).status_code == 404
    assert desk.get("/staff/").status_code == 200


def test_a_stand_is_set_up_for_ones_own_office(browser: Client, sign_in: SignIn, reza: Actor) -> None:
    page = sign_in(reza).get("/staff/tablet/")
    assert links.read_stand(page.context["path"].rstrip("/").rsplit("/", 1)[1]) == "ir/alborz/nazarabad/"
