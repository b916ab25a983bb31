"""A matter written down for a person: found again, registered once, with a receipt that only its officer sees."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.cards.models import CardVersion
from takrim.cases.actions_intake import secret_of
from takrim.cases.models import Case, Note, Party
from takrim.channels.channel import Sender
from takrim.duties.models import Duty
from takrim.evidence.models import Evidence
from takrim.journal.models import Look
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import MakeCase

FIELDS = {
    "key": "3f2a",
    "channel": "desk",
    "mobile": "۰۹۱۲ ۱۲۳ ۴۵۶۷",
    "national_code": "0084575948",
    "name": "زهرا اکبری",
    "kind": "complaint",
    "unit": "نظرآباد",
    "against": "",
    "text": "حق بیمه‌ام واریز نشده است.",
}


def send(client: Client, **fields: Any) -> Any:
    return client.post("/staff/new/", {**FIELDS, **fields})


def test_the_form_begins_with_the_desk_and_ones_own_office(units: object, as_sara: Client) -> None:
    form = as_sara.get("/staff/new/").context["form"]
    assert form.initial["channel"] == "desk"
    assert form.initial["unit"] == "اداره کل استان البرز"
    assert len(form.initial["key"]) == 32


def test_a_matter_is_registered_and_its_receipt_shown(units: object, as_sara: Client, sara: Actor) -> None:
    response = send(as_sara)
    case = Case.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/staff/new/{case.code}/receipt/")
    assert (case.channel, case.kind, case.unit_path, case.received_by) == (
        "desk", "complaint", "ir/alborz/nazarabad/", sara.code,
    )  # fmt: skip
    assert case.party is not None
    assert (case.party.mobile, case.party.national_code) == ("09121234567", "0084575948")
    receipt = as_sara.get(response["Location"])
    secret = secret_of(case)
    for words in (f"{secret[:4]}-{secret[4:]}", "data:image/svg+xml", "نظرآباد", "آذر ۱۴۰۵"):
        assert words in receipt.content.decode(), words
    assert "no-store" in receipt["Cache-Control"]


def test_sent_twice_it_is_one_case_and_one_receipt(units: object, as_sara: Client) -> None:
    first = send(as_sara, files=[SimpleUploadedFile("a.pdf", b"%PDF-1.4 one")])
    second = send(as_sara, files=[SimpleUploadedFile("a.pdf", b"%PDF-1.4 one")])
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == Evidence.objects.count() == 1


def test_the_receipt_is_for_who_registered_it_in_this_session(
    units: object, as_sara: Client, as_reza: Client, sara: Actor, sign_in: Any
) -> None:
    place = send(as_sara)["Location"]
    assert as_reza.get(place).status_code == 404
    assert sign_in(sara).get(place).status_code == 404


def test_a_matter_for_another_province_is_taken_but_not_followed(units: object, as_sara: Client) -> None:
    response = send(as_sara, unit="کهک")
    case = Case.objects.get()
    assert case.unit_path == "ir/qom/kahak/"
    shown = as_sara.get(response["Location"]).content.decode()
    assert "کهک" in shown
    assert f"/staff/cases/{case.code}/" not in shown


def test_a_head_may_answer_at_once(units: object, as_reza: Client, as_sara: Client) -> None:
    shown = as_reza.get(send(as_reza)["Location"]).content.decode()
    assert "?do=at_once#work" in shown
    assert "?do=at_once" not in as_sara.get(send(as_sara, key="other")["Location"]).content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"national_code": "0084575949"}, "national_code", "کد ملی"),
        ({"national_code": "1111111111"}, "national_code", "کد ملی"),
        ({"mobile": "0912"}, "mobile", "تلفن همراه"),
        ({"email": "zahra@"}, "email", ""),
        ({"text": " "}, "text", ""),
        ({"text": "آ" * 1_000_000}, "text", ""),
        ({"name": ""}, "name", "نام"),
        ({"unit": "ناکجا"}, "unit", "اداره"),
        ({"kind": "nonsense"}, "kind", ""),
        ({"channel": "web"}, "channel", ""),
        ({"channel": "paper", "received_on": "1404/12/30"}, "received_on", "۲۹"),
        ({"channel": "paper", "received_on": "1405/09/05"}, "__all__", "نیامده"),
        ({"channel": "paper", "received_on": "1405/01/05"}, "__all__", "۶۰"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_is_kept(
    fields: dict[str, str], field: str, words: str, units: object, as_sara: Client
) -> None:
    response = send(as_sara, **fields)
    form = response.context["form"]
    assert response.status_code == 422
    assert field in form.errors
    assert words in str(form.errors[field])
    assert "زهرا اکبری" in response.content.decode() or "name" in fields
    assert 'value="3f2a"' in response.content.decode(), "sent again it is still the same matter"
    assert not Case.objects.exists()


def test_a_suggestion_may_come_from_nobody(units: object, as_sara: Client) -> None:
    assert send(as_sara, kind="suggestion", name="", mobile="", national_code="").status_code == 302
    assert not Party.objects.exists()


def test_the_clock_of_a_letter_began_when_it_arrived(units: object, as_sara: Client, now: datetime) -> None:
    send(as_sara, channel="paper", received_on="۱۴۰۵/۰۸/۲۰")
    case = Case.objects.get()
    assert case.received_at == datetime(2026, 11, 11, 8, 30, tzinfo=UTC)
    assert Duty.objects.get().opened_at == case.received_at
    assert Note.objects.get().at == now
    send(as_sara, key="two", channel="desk", received_on="۱۴۰۵/۰۸/۲۰")
    assert Case.objects.get(key="desk:two").received_at == now, "only letters lie about"


def test_the_card_promises_the_date(units: object, as_sara: Client, card: CardVersion) -> None:
    send(as_sara, card="unemployment-insurance")
    assert Duty.objects.get().length == "10 working days"


def test_files_come_along_and_the_person_may_see_them(units: object, as_sara: Client) -> None:
    send(as_sara, files=[SimpleUploadedFile("قرارداد.pdf", b"%PDF-1.4 one")])
    evidence = Evidence.objects.get()
    assert (evidence.subject, evidence.shown_to_party) == (Case.objects.get().code, True)


def test_a_refused_file_registers_nothing(units: object, as_sara: Client) -> None:
    response = send(as_sara, files=[SimpleUploadedFile("عکس.jpg", b"MZ\x90\x00 not a picture")])
    assert response.status_code == 422
    assert "عکس.jpg" in response.content.decode()
    assert not Case.objects.exists()


def test_a_known_person_is_found_with_their_cases(make_case: MakeCase, as_sara: Client, sara: Actor) -> None:
    make_case(text="پرونده نظرآباد")
    make_case(text="پرونده کهک", unit="kahak")
    found = as_sara.post("/staff/new/person/", {"mobile": "۰۹۱۲۱۲۳۴۵۶۷"}).content.decode()
    assert "زهرا اکبری" in found
    assert "پرونده نظرآباد" in found
    assert "پرونده کهک" not in found
    assert Look.objects.get().actor == sara.code


def test_a_person_known_only_elsewhere_stays_unknown(make_case: MakeCase, as_sara: Client) -> None:
    make_case(unit="kahak")
    found = as_sara.post("/staff/new/person/", {"national_code": "0084575948"}).content.decode()
    assert "زهرا" not in found
    assert not Look.objects.exists()


def test_half_a_number_finds_nobody(make_case: MakeCase, as_sara: Client) -> None:
    make_case()
    assert "زهرا" not in as_sara.post("/staff/new/person/", {"mobile": "0912"}).content.decode()


def test_looking_without_javascript_keeps_what_was_typed(make_case: MakeCase, as_sara: Client) -> None:
    make_case(text="پرونده پیشین")
    shown = send(as_sara, look="1").content.decode()
    assert "پرونده پیشین" in shown
    assert FIELDS["text"] in shown
    assert Case.objects.count() == 1


def test_people_are_found_in_the_same_number_of_queries(
    make_case: MakeCase, as_sara: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_case(sender=Sender(name=f"نام {number % 3}", mobile="09121234567"))
    as_sara.get("/staff/")
    with django_assert_max_num_queries(3 + 2 + 3):
        as_sara.post("/staff/new/person/", {"mobile": "09121234567"})


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("نظراباد", "ir/alborz/nazarabad/"),
        ("اداره شهرستان كرج", "ir/alborz/karaj/"),
        ("Office of Karaj", "ir/alborz/karaj/"),
        ("قم", "ir/qom/"),
        ("کل البرز", "ir/alborz/"),
    ],
)
def test_an_office_is_found_however_it_is_written(
    typed: str, path: str, units: dict[str, Unit], as_sara: Client
) -> None:
    send(as_sara, unit=typed)
    assert Case.objects.get().unit_path == path


def test_the_name_of_a_known_person_is_offered_but_never_forced(make_case: MakeCase, as_sara: Client) -> None:
    make_case()
    numbers = {"mobile": "09121234567"}
    offered = as_sara.post("/staff/new/person/", numbers).content.decode()
    assert 'hx-swap-oob="true"' in offered
    assert 'value="زهرا اکبری"' in offered
    assert "hx-swap-oob" not in as_sara.post("/staff/new/person/", {**numbers, "name": "علی"}).content.decode()
    without_script = send(as_sara, look="1", name="").content.decode()
    assert 'value="زهرا اکبری"' in without_script


def test_two_people_of_one_telephone_are_both_shown_and_none_chosen(make_case: MakeCase, as_sara: Client) -> None:
    make_case(sender=Sender(name="زهرا", mobile="09121234567"))
    make_case(sender=Sender(name="علی", mobile="09121234567"))
    shown = as_sara.post("/staff/new/person/", {"mobile": "09121234567"}).content.decode()
    assert "زهرا" in shown
    assert "علی" in shown
    assert "hx-swap-oob" not in shown


def test_what_turns_text_around_is_not_shown_again(units: object, as_sara: Client) -> None:
    page = send(as_sara, text="", name="\u202eزهرا", mobile="\u202e0912", unit="\u2066ناکجا", received_on="\u202e1405")
    assert page.status_code == 422
    assert not {"\u202e", "\u2066"} & set(page.content.decode().replace("\u2066\u2069", ""))
