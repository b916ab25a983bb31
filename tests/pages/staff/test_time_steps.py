"""The time of a case on its page: it stands for another agency, goes on, and is made longer with an interim answer."""

from __future__ import annotations

from datetime import datetime

import pytest

from takrim.cases.actions_intake import final_duty
from takrim.cases.models import Case
from takrim.duties.actions_clocks import waits_for
from takrim.journal.follow import FOLLOWERS, catch_up
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor
from tests.people import SignIn

pytestmark = pytest.mark.usefixtures("pages_at_now")


def waits(case: Case) -> str:
    duty = final_duty(case)
    assert duty is not None
    return waits_for(duty)


def test_it_stands_for_another_agency_and_goes_on(case: Case, mina: Actor, sign_in: SignIn) -> None:
    browser, address = sign_in(mina), f"/staff/cases/{case.code}/"
    assert browser.post(f"{address}wait/", {"why": ""}).status_code == 422
    assert browser.post(f"{address}wait/", {"why": "تأمین اجتماعی"}).status_code == 302
    assert waits(case) == "agency"
    assert browser.post(f"{address}wait/", {"why": "دوباره"}).status_code == 409
    assert browser.post(f"{address}go_on/").status_code == 302
    assert waits(case) == ""


def test_the_head_gives_more_time_and_the_person_reads_why(
    case: Case, reza: Actor, mina: Actor, now: datetime, sign_in: SignIn
) -> None:
    address = f"/staff/cases/{case.code}/extend/"
    said = {"days": "5", "why": "بازدید از کارگاه مانده است."}
    assert sign_in(mina).post(address, said).status_code == 403
    assert sign_in(reza).post(address, {**said, "days": "60"}).status_code == 422
    assert sign_in(reza).post(address, said).status_code == 302
    for reader in FOLLOWERS:
        catch_up(reader)
    assert Letter.objects.filter(subject=case.code, kind="extended").count() == 1
