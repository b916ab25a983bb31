"""The outbox page: what would have been sent, for the operator alone; each look at a letter is written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from takrim.base.codes import pretty_secret
from takrim.cases.actions_intake import secret_of
from takrim.cases.models import Case
from takrim.journal.follow import catch_up
from takrim.journal.models import Look
from takrim.letters.carry import carry_waiting
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor
from takrim.web.operator.health import State, findings
from takrim.web.operator.outbox import PAGE, masked
from tests.people import NOW, MakeCase, SignIn

pytestmark = pytest.mark.django_db

LIST = "/operator/outbox/"


@pytest.fixture
def letter(case: Case) -> Letter:
    """Zahra's receipt, laid out because no provider is set up."""
    catch_up("letters")
    carry_waiting(NOW)
    return Letter.objects.get()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_letters_without_their_words(letter: Letter, kian: Actor, sign_in: SignIn) -> None:
    shown = page(sign_in(kian), LIST)
    assert letter.title in shown
    assert "0912•••4567" in shown
    assert "09121234567" not in shown
    assert "رمز پیگیری" not in shown


def test_a_letter_is_shown_as_its_reader_gets_it(case: Case, letter: Letter, kian: Actor, sign_in: SignIn) -> None:
    shown = page(sign_in(kian), f"{LIST}{letter.pk}/")
    assert pretty_secret(secret_of(case)) in shown
    look = Look.objects.get()
    assert (look.actor, look.subject, look.page) == (kian.code, case.code, f"letter:{letter.pk}")


@pytest.mark.parametrize("name", ["sara", "reza", "nima", "tara"])
@pytest.mark.parametrize("address", [LIST, "{}{}/"])
def test_only_the_operator_may_read_letters(
    letter: Letter, sign_in: SignIn, request: pytest.FixtureRequest, name: str, address: str
) -> None:
    client = sign_in(request.getfixturevalue(name))
    assert client.get(address.format(LIST, letter.pk)).status_code == 403
    assert not Look.objects.exists()


def test_who_is_not_signed_in_is_asked_to(letter: Letter) -> None:
    for address in (LIST, f"{LIST}{letter.pk}/"):
        assert Client().get(address).headers["Location"].startswith("/accounts/login/")


def test_a_letter_that_left_the_house_is_not_shown(letter: Letter, kian: Actor, sign_in: SignIn) -> None:
    Letter.objects.update(carrier="sms_http")
    assert sign_in(kian).get(f"{LIST}{letter.pk}/").status_code == 404
    assert letter.title not in page(sign_in(kian), LIST)


def test_an_unknown_letter_and_another_method_are_refused(letter: Letter, kian: Actor, sign_in: SignIn) -> None:
    assert sign_in(kian).get(f"{LIST}999999/").status_code == 404
    assert sign_in(kian).post(LIST).status_code == 405
    assert sign_in(kian).post(f"{LIST}{letter.pk}/").status_code == 405


def test_words_of_people_stay_words(letter: Letter, kian: Actor, sign_in: SignIn) -> None:
    Letter.objects.update(title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    client = sign_in(kian)
    assert "<script>alert" not in page(client, LIST)
    assert "<img src=x" not in page(client, f"{LIST}{letter.pk}/")


def test_many_letters_cost_as_many_queries_as_few(
    make_case: MakeCase, kian: Actor, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(kian)
    for size in (2, PAGE):
        for _ in range(size):
            make_case()
        catch_up("letters")
        carry_waiting(NOW)
        with django_assert_max_num_queries(6):
            page(client, LIST)


def test_the_list_goes_on_from_page_to_page(make_case: MakeCase, kian: Actor, sign_in: SignIn) -> None:
    for _ in range(PAGE + 3):
        make_case()
    catch_up("letters")
    carry_waiting(NOW)
    last = Letter.objects.order_by("-id")[PAGE - 1].pk
    client = sign_in(kian)
    assert f"{LIST}?before={last}" in page(client, LIST)
    assert page(client, f"{LIST}?before={last}").count('<th scope="row">') == 3
    assert page(client, f"{LIST}?before=x").count('<th scope="row">') == PAGE


@pytest.mark.parametrize(
    ("address", "shown"),
    [("09121234567", "0912•••4567"), ("zahra@example.ir", "za•••@example.ir"), ("123", "•••")],
)
def test_addresses_are_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_a_template_that_cannot_be_used_is_named_to_the_operator(db: None, settings: Any, tmp_path: Path) -> None:
    path = tmp_path / "sms.toml"
    path.write_text('url = "https://sms.example.ir"\nmetod = "GET"\n')
    settings.SMS_TEMPLATE = str(path)
    found = {finding.code: finding for finding in findings(NOW)}["carriers"]
    assert found.state is State.BAD
    assert "metod" in found.sentence
