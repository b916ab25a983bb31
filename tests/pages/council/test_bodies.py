"""The pages of bodies: listed, set up, changed; members, subjects, the duty calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cases.models_partners import Partner
from takrim.councils.models import Body, Membership, Role, Subject
from takrim.councils.models_meetings import Meeting
from takrim.orgs.actor import Actor
from tests.domain.councils.conftest import Plan, body, committee, invited, laleh, plan, seat_of, sit
from tests.people import HIRED, NOW, SignIn

__all__ = ["body", "committee", "invited", "laleh", "plan", "seat_of", "sit"]

pytestmark = pytest.mark.usefixtures("pages_at_now")

TERMS = {
    "kind": "council",
    "name_fa": "شورای هماهنگی",
    "name_en": "Coordination Council",
    "quorum": "two_thirds",
    "quorum_chair": "on",
    "rhythm_period": "season",
    "rhythm_times": "۱",
    "rhythm_by_day": "۱۵",
    "votes": "on",
    "tie": "chair_decides",
}


def test_one_sees_the_bodies_of_ones_office_and_those_one_sits_in(
    committee: Body, sign_in: SignIn, reza: Actor, mina: Actor, omid: Actor
) -> None:
    page = sign_in(reza).get("/council/bodies/").content.decode()
    assert committee.name in page and "عضو آن هستم" in page
    assert committee.name not in sign_in(mina).get("/council/bodies/").content.decode()
    for stranger in (mina, omid):
        assert sign_in(stranger).get(f"/council/bodies/{committee.code}/").status_code == 404


def test_the_list_asks_as_often_for_many_bodies(
    committee: Body, units: dict[str, object], nima: Actor, sign_in: SignIn
) -> None:
    client = sign_in(nima)
    client.get("/council/bodies/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/council/bodies/")
    for number in range(12):
        Body.objects.create(
            code=f"0510000{number:04}",
            kind="council",
            name_fa=f"شورای {number}",
            unit=committee.unit,
            unit_path="ir/alborz/",
            rhythm_period="month",
            since=HIRED,
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/council/bodies/")
        client.get("/council/bodies/calendar/")
    assert len(many) <= 2 * len(few) + 2


def test_a_body_is_set_up_with_the_rules_of_its_kind_or_others(nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    empty = client.get("/council/bodies/new/?kind=council").content.decode()
    assert 'value="month" selected' in empty
    sent = client.post("/council/bodies/new/", {**TERMS, "unit": "ir/alborz/", "since": "۱۴۰۵/۰۱/۰۱"})
    body = Body.objects.get()
    assert sent.headers["Location"] == f"/council/bodies/{body.code}/"
    assert (body.rhythm_by_day, body.quorum, body.votes, body.quorum_chair) == (15, "two_thirds", True, True)
    page = client.get(f"/council/bodies/{body.code}/").content.decode()
    assert "هر فصل، تا روز ۱۵" in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(nima: Actor, sign_in: SignIn) -> None:
    wrong = {**TERMS, "quorum": "number", "unit": "ir/alborz/", "since": "1405/13/01"}
    page = sign_in(nima).post("/council/bodies/new/", wrong)
    assert page.status_code == 422
    text = page.content.decode()
    assert "شورای هماهنگی" in text
    assert "ماه باید عددی از ۱ تا ۱۲ باشد" in text
    fixed = sign_in(nima).post("/council/bodies/new/", {**wrong, "since": "1405/01/01"})
    assert "بنویسید چند نفر باید حاضر باشند" in fixed.content.decode()


def test_terms_are_changed_and_a_colleague_is_not_overwritten(committee: Body, laleh: Actor, sign_in: SignIn) -> None:
    client, address = sign_in(laleh), f"/council/bodies/{committee.code}/edit/"
    assert 'name="version" value="1"' in client.get(address).content.decode()
    client.post(address, {**TERMS, "version": "1"})
    committee.refresh_from_db()
    assert (committee.name_fa, committee.version) == ("شورای هماهنگی", 2)
    again = client.post(address, {**TERMS, "name_fa": "نام دیگر", "version": "1"})
    assert again.status_code == 422
    assert "همکاری در این میان" in again.content.decode()


def test_a_body_ends_with_a_day(committee: Body, laleh: Actor, sign_in: SignIn, invited: Meeting) -> None:
    client, address = sign_in(laleh), f"/council/bodies/{committee.code}/end/"
    assert "نخست آن‌ها را لغو کنید" in client.post(address, {"last_day": "1405/09/03"}).content.decode()
    assert client.post(address, {"last_day": "؟"}).status_code == 400
    Meeting.objects.filter(pk=invited.pk).update(starts_at=NOW - timedelta(hours=3), ends_at=None)
    assert client.post(address, {"last_day": "1405/09/03"}).status_code == 302
    committee.refresh_from_db()
    assert committee.closed_on is not None


def test_seats_are_given_changed_and_ended(
    committee: Body, laleh: Actor, mina: Actor, hadi: Actor, sign_in: SignIn
) -> None:
    client, base = sign_in(laleh), f"/council/bodies/{committee.code}/members"
    assert "مینا رضایی" in client.get(f"{base}/new/").content.decode()
    given = {"post": str(mina.post_id), "role": "member", "votes": "on", "since": "1405/09/01"}
    assert client.post(f"{base}/new/", given).status_code == 302
    seat = Membership.objects.get(body=committee, post_id=mina.post_id)
    twice = client.post(f"{base}/new/", given)
    assert twice.status_code == 422 and "هم‌اکنون عضو است" in twice.content.decode()
    unknown = client.post(f"{base}/new/", {**given, "post": "", "person": "nobody"})
    assert "کسی با این نام وارد نمی‌شود" in unknown.content.decode()
    change = {"role": "observer", "since": "1405/09/01", "until": "1406/09/01", "substitute": str(hadi.post_id)}
    assert client.post(f"{base}/{seat.pk}/", change).status_code == 302
    seat.refresh_from_db()
    assert (seat.role, seat.votes, seat.substitute_post_id) == ("observer", False, hadi.post_id)
    assert client.post(f"{base}/{seat.pk}/end/", {"last_day": "1405/08/01"}).status_code == 422
    assert client.post(f"{base}/{seat.pk}/end/", {"last_day": "1405/09/10"}).status_code == 302


def test_a_person_is_seated_by_name(committee: Body, laleh: Actor, mina: Actor, sign_in: SignIn) -> None:
    given = {"person": "MINA", "role": "member", "votes": "on", "since": "1405/09/01"}
    sign_in(laleh).post(f"/council/bodies/{committee.code}/members/new/", given)
    assert Membership.objects.get(body=committee, person_id=mina.person_id).post is None


def test_an_organisation_sends_somebody(committee: Body, laleh: Actor, sign_in: SignIn) -> None:
    bank = Partner.objects.create(unit_path="ir/alborz/", name="بانک نمونه", email="bank@example.ir", since=NOW)
    client, base = sign_in(laleh), f"/council/bodies/{committee.code}/members"
    given = {"organisation": str(bank.pk), "name": "حمید رحمانی", "email": "hamid@bank.example.ir", "role": "member"}
    given |= {"votes": "on", "since": "1405/09/01"}
    assert client.post(f"{base}/outside/", {**given, "email": ""}).status_code == 422
    assert client.post(f"{base}/outside/", given).status_code == 302
    seat = Membership.objects.get(organisation=bank)
    page = client.get(f"{base}/{seat.pk}/").content.decode()
    assert "hamid@bank.example.ir" in page
    assert client.post(f"{base}/{seat.pk}/account/").status_code == 302


def test_subjects_are_named_and_ended(committee: Body, laleh: Actor, sign_in: SignIn) -> None:
    client, base = sign_in(laleh), f"/council/bodies/{committee.code}"
    secretary = Membership.objects.get(body=committee, role=Role.SECRETARY)
    client.post(f"{base}/subjects/", {"name_fa": "حقوق شهروندی", "secretary": str(secretary.pk)})
    subject = Subject.objects.get()
    page = client.get(f"{base}/").content.decode()
    assert "حقوق شهروندی" in page and "لاله رستمی" in page
    again = client.post(f"{base}/subjects/", {"name_fa": "حقوق شهروندی"})
    assert again.status_code == 422
    client.post(f"{base}/subjects/{subject.pk}/end/")
    assert "حقوق شهروندی</bdi></p>" not in client.get(f"{base}/").content.decode()


def test_who_may_not_edit_is_offered_nothing_and_refused(committee: Body, reza: Actor, sign_in: SignIn) -> None:
    client, base = sign_in(reza), f"/council/bodies/{committee.code}"
    page = client.get(f"{base}/").content.decode()
    assert "/edit/" not in page and "/members/new/" not in page and "/plan/" not in page
    assert client.post(f"{base}/edit/", TERMS).status_code == 403


def test_the_calendar_shows_each_period(committee: Body, plan: Plan, nima: Actor, sign_in: SignIn) -> None:
    Body.objects.filter(pk=committee.pk).update(rhythm_period="season")
    plan()
    client = sign_in(nima)
    page = client.get("/council/bodies/calendar/").content.decode()
    assert "پاییز ۱۴۰۵" in page and "period-planned" in page and "period-missed" in page
    assert client.get("/council/bodies/calendar/?year=1404").status_code == 200
    assert client.get("/council/bodies/calendar/?year=abc").status_code == 404


def test_the_first_page_says_what_is_owed(committee: Body, laleh: Actor, sign_in: SignIn, now: datetime) -> None:
    from takrim.councils.actions_rhythm import owe_meeting

    Body.objects.filter(pk=committee.pk).update(rhythm_period="season")
    owe_meeting(body=Body.objects.get(pk=committee.pk), by=laleh, now=now)
    page = sign_in(laleh).get("/council/").content.decode()
    assert "جلسه پاییز ۱۴۰۵" in page


def test_nobody_who_is_signed_out_comes_in(committee: Body) -> None:
    page = Client().get(f"/council/bodies/{committee.code}/")
    assert page.headers["Location"].startswith("/accounts/login/")
