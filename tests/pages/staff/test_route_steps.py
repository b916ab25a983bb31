"""Sending a case elsewhere from its page: several offices, onward, back, transferred, asked outside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from takrim.cases import inquiry_links
from takrim.cases.actions_inquiry import add_partner
from takrim.cases.actions_route import Addressee, refer_to
from takrim.cases.models import Case, State
from takrim.cases.models_partners import Inquiry, Partner
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.evidence.actions import Upload, attach
from takrim.orgs.actor import Actor, holder
from takrim.orgs.models import Unit
from tests.people import SignIn


def send(client: Client, case: Case, step: str, **data: Any) -> Any:
    return client.post(f"/staff/cases/{case.code}/{step}/", data)


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(f"/staff/cases/{case.code}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


@pytest.fixture
def governorate(nima: Actor, now: datetime) -> Partner:
    return add_partner(name="فرمانداری نظرآباد", email="office@example.ir", mobile="", by=nima, now=now)


def test_two_offices_are_asked_and_the_answer_begins_with_their_replies(
    case: Case, as_mina: Client, as_hadi: Client, as_omid: Client
) -> None:
    given = {"to": "کرج", "to_second": "اداره کل استان قم", "task": "سابقه", "days": "۳"}
    assert send(as_mina, case, "refer", **given).status_code == 302
    karaj, qom = Duty.objects.filter(kind="referral").order_by("id")
    send(as_hadi, case, "reply", duty=karaj.pk, text="در کرج سابقه دارد.")
    send(as_omid, case, "reply", duty=qom.pk, text="در قم سابقه ندارد.")
    assert "replies=1" in page(as_mina, case, "?do=draft")
    begun = as_mina.get(f"/staff/cases/{case.code}/?do=draft&replies=1").context["opened"].form["text"].value()
    assert begun == "اداره شهرستان کرج:\nدر کرج سابقه دارد.\n\nاداره کل استان قم:\nدر قم سابقه ندارد."


def test_a_post_that_is_not_there_is_said_and_nothing_typed_is_lost(case: Case, as_mina: Client) -> None:
    response = send(as_mina, case, "refer", to="کرج", role="deputy", task="سابقه بیمه", days="3")
    assert response.status_code == 422
    assert "چنین پستی" in response.content.decode()
    assert "سابقه بیمه" in response.content.decode()


@pytest.mark.parametrize(("own", "first", "second"), [("remains", "open", "open"), ("passes", "withdrawn", "open")])
def test_the_office_that_was_asked_refers_on_and_says_what_becomes_of_its_own_part(
    own: str, first: str, second: str, case: Case, units: dict[str, Unit], mina: Actor, as_hadi: Client, now: datetime
) -> None:
    duty = refer_to(case=case, to=[Addressee(units["karaj"])], task="سابقه", length=None, by=mina, now=now)[0]
    assert "do=refer_on" in page(as_hadi, case)
    given = {"to": "اداره کل استان قم", "task": "سوابق قم", "days": "2", "own": own, "duty": duty.pk}
    assert send(as_hadi, case, "refer_on", **given).status_code == 302
    assert [one.state for one in Duty.objects.filter(kind="referral").order_by("id")] == [first, second]
    assert "فرستاده از اداره شهرستان کرج" in page(as_hadi, case)


def test_the_office_that_was_asked_gives_it_back(
    case: Case, units: dict[str, Unit], mina: Actor, as_hadi: Client, as_mina: Client, now: datetime
) -> None:
    duty = refer_to(case=case, to=[Addressee(units["karaj"])], task="سابقه", length=None, by=mina, now=now)[0]
    assert send(as_hadi, case, "give_back", duty=duty.pk, reason="").status_code == 422
    assert send(as_hadi, case, "give_back", duty=duty.pk, reason="نزد ما نیست، نزد قم است.").status_code == 302
    shown = page(as_mina, case)
    assert "برگشت داده شد" in shown
    assert "نزد ما نیست، نزد قم است." in shown


def test_a_case_that_is_not_ours_is_transferred_and_accepted(
    case: Case, as_mina: Client, as_hadi: Client, as_omid: Client
) -> None:
    assert "do=transfer" in page(as_mina, case)
    assert send(as_mina, case, "transfer", to="کرج", reason="کارگاه در کرج است.").status_code == 302
    assert "واحد شما این پرونده را" in page(as_mina, case)
    assert "do=draft" not in page(as_hadi, case)
    assert as_omid.get(f"/staff/cases/{case.code}/").status_code == 404
    assert (
        "پذیرش" in as_hadi.get("/staff/").content.decode() or "/staff/cases/" in as_hadi.get("/staff/").content.decode()
    )
    assert send(as_mina, case, "take_over").status_code == 403
    assert send(as_hadi, case, "take_over").status_code == 302
    assert state(case) == State.UNDER_REVIEW
    assert "do=draft" in page(as_hadi, case)


def test_a_case_that_is_not_theirs_either_comes_back_with_the_reason(
    case: Case, as_mina: Client, as_hadi: Client
) -> None:
    send(as_mina, case, "transfer", to="کرج", reason="کارگاه در کرج است.")
    assert send(as_hadi, case, "hand_back", reason="کارگاه در نظرآباد است.").status_code == 302
    shown = page(as_mina, case)
    assert "کارگاه در نظرآباد است." in shown
    assert "do=draft" in shown


def test_refusing_as_not_ours_offers_the_transfer(case: Case, as_reza: Client) -> None:
    response = send(as_reza, case, "refuse", reason="به این اداره مربوط نمی‌شود")
    assert response.status_code == 422
    assert "«انتقال: مربوط به ما نیست»" in response.content.decode()
    assert state(case) == State.REGISTERED


def test_a_body_outside_is_asked_and_taken_back(case: Case, governorate: Partner, as_mina: Client) -> None:
    file = attach(
        subject=case.code, unit_path=case.unit_path, upload=Upload("a.txt", [b"x"]), by=holder(), now=case.received_at
    )
    given = {"partner": governorate.pk, "question": "پروانه دارد؟", "shown_files": [file.pk], "days": "7"}
    assert send(as_mina, case, "inquire", **given).status_code == 302
    asked = Inquiry.objects.get()
    assert (asked.files, asked.person, state(case)) == ([file.pk], "", State.AWAITING_INQUIRY)
    shown = page(as_mina, case)
    assert inquiry_links.address_of(asked.pk) in shown
    assert "فرمانداری نظرآباد" in shown
    assert send(as_mina, case, "revoke", duty=asked.duty_id).status_code == 302
    assert Duty.objects.get(pk=asked.duty_id).state == DutyState.WITHDRAWN
    assert inquiry_links.address_of(asked.pk) not in page(as_mina, case)


def test_only_bodies_of_the_own_province_and_files_of_the_case_can_be_chosen(
    case: Case, omid: Actor, as_mina: Client, now: datetime, sign_in: SignIn, hire: Any
) -> None:
    director = hire("pari", "پری قمی", "director_general", "qom")
    theirs = add_partner(name="فرمانداری قم", email="qom@example.ir", mobile="", by=director, now=now)
    given = {"partner": theirs.pk, "question": "؟", "shown_files": ["999"], "days": "7"}
    assert send(as_mina, case, "inquire", **given).status_code == 422
    assert not Inquiry.objects.exists()


def test_the_province_edits_the_bodies_outside(as_nima: Client, as_mina: Client, as_omid: Client) -> None:
    assert as_mina.get("/staff/partners/").status_code == 403
    assert as_nima.get("/staff/partners/").status_code == 200
    kept = as_nima.post("/staff/partners/", {"name": "پلیس +۱۰", "email": "", "mobile": ""})
    assert kept.status_code == 422
    assert "پلیس +۱۰" in kept.content.decode()
    wrong = as_nima.post("/staff/partners/", {"name": "پلیس +۱۰", "email": "nonsense", "mobile": ""})
    assert wrong.status_code == 422
    assert as_nima.post("/staff/partners/", {"name": "پلیس +۱۰", "mobile": "۰۹۱۲۱۲۳۴۵۶۷"}).status_code == 302
    partner = Partner.objects.get()
    assert partner.mobile == "09121234567"
    assert as_mina.post(f"/staff/partners/{partner.pk}/end/").status_code == 403
    assert as_nima.get(f"/staff/partners/{partner.pk}/end/").status_code == 405
    assert as_nima.post("/staff/partners/999/end/").status_code == 404
    assert as_nima.post(f"/staff/partners/{partner.pk}/end/").status_code == 302
    assert not Partner.objects.at_work().exists()
