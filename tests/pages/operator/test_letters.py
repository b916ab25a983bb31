"""The operator sees which letters did not arrive, without reading them, and lets them be tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from takrim.base import clock
from takrim.journal.models import Entry
from takrim.letters import actions
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor, system
from takrim.web.operator import letters
from takrim.web.operator.health import State, findings
from tests.people import SignIn


def write(number: int = 1, *, to: str = "09121234567", at: datetime | None = None, held: bool = False) -> Letter:
    """A letter that waits to be carried, or for its address to be confirmed."""
    at = at or clock.now()
    return Letter.objects.create(
        kind="receipt",
        subject="05-4827-3159-7",
        occasion=str(number),
        unit_path="ir/alborz/",
        way="email" if "@" in to else "sms",
        to=to,
        trusted=False,
        lang="fa",
        title="رسید",
        body="متن محرمانه",
        written_at=at,
        until=at + timedelta(days=7),
        next_try_at=None if held else at,
    )


@pytest.fixture
def given_up(db: None) -> Letter:
    letter = write()
    actions.give_up(letter=letter, why="no such number", by=system("letters"), now=clock.now())
    return letter


def test_a_letter_that_was_given_up_is_shown_without_its_text(sign_in: SignIn, kian: Actor, given_up: Letter) -> None:
    page = sign_in(kian).get("/operator/letters/").content.decode()
    assert "no such number" in page
    assert "0912•••4567" in page
    assert "09121234567" not in page
    assert "محرمانه" not in page


@pytest.mark.parametrize(("show", "count"), [("given_up", 1), ("waiting", 2), ("held", 1), ("nonsense", 1)])
def test_each_tab_shows_its_letters(sign_in: SignIn, kian: Actor, given_up: Letter, show: str, count: int) -> None:
    write(2)
    write(3)
    write(4, to="zahra@example.ir", held=True)
    page = sign_in(kian).get(f"/operator/letters/?show={show}&before=x").content.decode()
    assert page.count('<th scope="row">') == count


def test_a_page_that_goes_on_shows_no_names_of_ours(
    sign_in: SignIn, kian: Actor, given_up: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "PAGE", 1)
    actions.give_up(letter=write(2), why="too late", by=system("letters"), now=clock.now())
    page = sign_in(kian).get("/operator/letters/").content.decode()
    assert 'rel="next"' in page
    assert ">given_up<" not in page


def test_a_letter_is_tried_again_and_the_journal_says_by_whom(sign_in: SignIn, kian: Actor, given_up: Letter) -> None:
    answer = sign_in(kian).post(f"/operator/letters/{given_up.pk}/retry/", follow=True)
    assert "نامه دوباره فرستاده می‌شود" in answer.content.decode()
    given_up.refresh_from_db()
    assert given_up.gave_up_at is None
    assert Entry.objects.order_by("-id")[0].actor == kian.code


def test_trying_again_what_is_under_way_is_refused(sign_in: SignIn, kian: Actor, given_up: Letter) -> None:
    browser = sign_in(kian)
    browser.post(f"/operator/letters/{given_up.pk}/retry/")
    assert browser.post(f"/operator/letters/{given_up.pk}/retry/").status_code == 409


def test_all_are_tried_again_at_once(sign_in: SignIn, kian: Actor, given_up: Letter) -> None:
    other = write(2)
    actions.give_up(letter=other, why="away", by=system("letters"), now=clock.now())
    sign_in(kian).post("/operator/letters/retry/")
    assert not Letter.objects.given_up().exists()


@pytest.mark.parametrize("address", ["/operator/letters/", "/operator/letters/retry/", "/operator/letters/{}/retry/"])
def test_nobody_else_reaches_them(sign_in: SignIn, nima: Actor, client: Client, given_up: Letter, address: str) -> None:
    path = address.format(given_up.pk)
    posted = "retry" in address
    stranger = sign_in(nima)
    assert (stranger.post(path) if posted else stranger.get(path)).status_code == 403
    answer = client.post(path) if posted else client.get(path)
    assert answer["Location"].startswith("/accounts/login/")


def test_looking_changes_nothing_and_the_unknown_is_not_found(sign_in: SignIn, kian: Actor, given_up: Letter) -> None:
    browser = sign_in(kian)
    assert browser.get("/operator/letters/retry/").status_code == 405
    assert browser.get(f"/operator/letters/{given_up.pk}/retry/").status_code == 405
    assert browser.post("/operator/letters/").status_code == 405
    assert browser.post("/operator/letters/999999/retry/").status_code == 404


def test_a_letter_that_should_have_left_is_noticed(db: None) -> None:
    now = clock.now()
    write(at=now - timedelta(hours=2))
    found = next(finding for finding in findings(now) if finding.code == "letters")
    assert found.state is State.WARN
