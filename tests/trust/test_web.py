"""What a hostile sender tries on the pages: forged headers, scripts in fields, open redirects, endless passwords."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client

from takrim.base import codes
from takrim.cases.actions_work import note
from takrim.cases.models import Case
from takrim.channels.channel import Sender
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from tests.people import NOW, MakeCase, SignIn

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> javascript:alert(3) {{ 7|add:7 }} {% now 'Y' %}"
PASSWORD = "گذرواژه-دراز-۱۴۰۵"  # of a person who lives in this test


@pytest.fixture
def staff_of_old(mina: Actor) -> Person:
    person = Person.objects.get(pk=mina.person_id)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/track/", "/accounts/login/", "/figures/", "/no-such-page/"])
def test_every_page_says_how_it_may_be_used(path: str) -> None:
    page = Client().get(path)
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/file/what/", "/track/", "/accounts/login/"])
def test_pages_hold_no_script_or_style_of_their_own(path: str) -> None:
    text = Client().get(path).content.decode()
    inline = re.findall(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>", text)
    assert inline == []
    assert re.findall(r"\son\w+=|<[^>]+\sstyle=", text) == []


def test_what_people_write_is_never_run(make_case: MakeCase, mina: Actor, sign_in: SignIn, pages_at_now: None) -> None:
    case = make_case(text=SCRIPT, subject=SCRIPT, sender=Sender(name=SCRIPT, mobile="09121112233"))
    note(case=case, text=SCRIPT, by=mina, now=NOW)
    client = sign_in(mina)
    for path in (f"/staff/cases/{case.code}/", "/staff/", "/staff/?q=alert", "/figures/office/cases/?what=open"):
        text = client.get(path).content.decode()
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    assert "{{ 7|add:7 }}" in client.get(f"/staff/cases/{case.code}/").content.decode()  # a text, not a template


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        "'",
        '"',
        "''",
        '"a',
        "*",
        "a*",
        "NEAR(a b)",
        "a OR",
        "AND",
        "NOT x",
        "(",
        ")",
        "%",
        "_",
        "\\",
        ":",
        "a:b",
        "!a",
        "&",
        "|",
    ],
)
def test_no_sign_in_a_search_is_an_order(words: str, sign_in: SignIn, reza: Actor, case: Case) -> None:
    assert sign_in(reza).get("/staff/", {"q": words}).status_code == 200
    assert Client().get("/services/", {"q": words}).status_code == 200


def test_headers_that_anyone_can_write_sign_nobody_in(mina: Actor) -> None:
    for header in ("x-remote-user", "x-forwarded-user", "remote-user", "authorization"):
        page = Client().get("/staff/", headers={header: "mina"})
        assert page.status_code == 302, header


@pytest.mark.django_db
def test_an_unknown_host_is_not_served() -> None:
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


def test_after_signing_in_nobody_is_led_elsewhere(staff_of_old: Person) -> None:
    for target in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        client = Client()
        page = client.post("/accounts/login/", {"login": "mina", "password": PASSWORD, "next": target})
        assert page.status_code == 302
        assert page.headers["Location"].startswith("/staff"), target


def test_the_session_is_another_after_signing_in(staff_of_old: Person) -> None:
    client = Client()
    client.get("/file/what/")
    session = client.session
    session["held"] = []
    session.save()
    before = str(session.session_key)
    client.cookies["sessionid"] = before
    client.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_an_endless_password_costs_nothing(staff_of_old: Person) -> None:
    start = time.perf_counter()
    page = Client().post("/accounts/login/", {"login": "mina", "password": "x" * 1_000_000})
    assert page.status_code in {200, 400}
    assert time.perf_counter() - start < 5  # hashing a megabyte over and over would take far longer


def test_twenty_wrong_passwords_close_the_door_softly(staff_of_old: Person) -> None:
    client = Client(REMOTE_ADDR="10.0.0.9")
    for _ in range(20):
        page = client.post("/accounts/login/", {"login": "mina", "password": "نادرست"})
    page = client.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
    text = page.content.decode()
    assert page.status_code in {200, 429}
    assert "_auth_user_id" not in client.session
    assert re.search("بعد|دیگر|دقیقه|تلاش", text)
    # Another person at another place is not shut out with her.
    assert Client(REMOTE_ADDR="10.0.0.10").get("/accounts/login/").status_code == 200


def test_a_wrong_secret_and_an_unknown_number_look_alike(case: Case) -> None:
    unknown = codes.new_code(1399, lambda most: most // 3)

    def ask(code: str) -> str:
        page = Client().post("/track/", {"code": code, "secret": "AAAAAAAA"})
        assert page.status_code == 422
        # The number that was typed stands in its field, and every form has its own token.
        return re.sub(r'value="[^"]*"', "", page.content.decode())

    assert ask(case.code) == ask(unknown)
