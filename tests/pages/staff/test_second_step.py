"""The second step of signing in, turned on by an officer on the pages and typed on a Persian keyboard."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from takrim.base.persian import persian_digits
from takrim.orgs.models import Person

PASSWORD = "a-long-word-of-hers"


@pytest.fixture
def officer(mina: object, client: Client) -> Client:
    """Mina, signed in, who has shown once more that it is she."""
    cache.clear()
    person = Person.objects.get(username="mina")
    person.set_password(PASSWORD)
    person.save()
    client.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def _code(secret: str) -> str:
    """What the app shows now, as a Persian keyboard types it."""
    return persian_digits(str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))))


def _turned_on(officer: Client) -> str:
    """The secret after the app was turned on."""
    page = officer.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'value="([A-Z2-7]{32})"', page)
    assert found
    code = _code(found[1])
    officer.post("/accounts/2fa/totp/activate/", {"code": f"{code[:3]} {code[3:]}"})
    return found[1]


def test_the_app_is_turned_on_with_persian_digits(officer: Client) -> None:
    _turned_on(officer)
    assert Authenticator.objects.filter(type="totp", user__username="mina").exists()
    assert "هنگام ورود، کد برنامهٔ رمزساز هم خواسته می‌شود." in officer.get("/accounts/2fa/").content.decode()


def test_the_password_alone_no_longer_opens_the_desk(officer: Client) -> None:
    secret = _turned_on(officer)
    cache.clear()
    other = Client()
    other.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
    assert other.get("/staff/").status_code == 302
    refused = other.post("/accounts/2fa/authenticate/", {"code": "۰۰۰۰۰۰"})
    assert "کد درست نیست" in refused.content.decode()
    assert other.get("/staff/").status_code == 302
    other.post("/accounts/2fa/authenticate/", {"code": _code(secret)})
    assert other.get("/staff/").status_code == 200


def test_the_rules_of_a_password_are_said_with_the_digits_of_the_page(officer: Client) -> None:
    page = officer.get("/accounts/password/change/").content.decode()
    assert "دست‌کم ۱۰ نویسه باشد" in page
    short = {"oldpassword": PASSWORD, "password1": "kutah-1", "password2": "kutah-1"}
    refused = officer.post("/accounts/password/change/", short)
    assert "دست‌کم ۱۰ نویسه لازم است" in refused.content.decode()
    officer.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert "At least 10 characters." in officer.get("/accounts/password/change/").content.decode()


def test_the_codes_that_are_left_are_counted_with_the_digits_of_the_page(officer: Client) -> None:
    _turned_on(officer)
    for page in ("/accounts/2fa/", "/accounts/2fa/recovery-codes/"):
        assert "باقی‌مانده: ۱۰" in officer.get(page).content.decode()
    codes = re.findall(r"<code>(\w+)</code>", officer.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    cache.clear()
    other = Client()
    other.post("/accounts/login/", {"login": "mina", "password": PASSWORD})
    other.post("/accounts/2fa/authenticate/", {"code": persian_digits(codes[0])})
    assert other.get("/staff/").status_code == 200
    assert "باقی‌مانده: ۹" in officer.get("/accounts/2fa/").content.decode()


def test_a_key_is_shown_by_the_name_that_was_given_to_it(officer: Client) -> None:
    person = Person.objects.get(username="mina")
    data = {"name": "تلفن من", "passwordless": True, "credential": {}}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
    assert "<bdi>تلفن من</bdi>" in officer.get("/accounts/2fa/").content.decode()
