"""A member from outside: an account that sees one body, and of everything else nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.cases.models import Case
from takrim.councils.actions_meetings import When, invite, plan_meeting
from takrim.councils.models import Body, Membership
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.decisions.actions_write import Owner, Wording, issue
from takrim.decisions.models import Decision, Share
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import HIRED, NOW, SignIn
from tests.trust.rules import RULES
from tests.trust.test_matrix import filled, secret_case, secret_file

__all__ = ["secret_case", "secret_file"]

pytestmark = pytest.mark.usefixtures("pages_at_now")


@pytest.fixture
def meeting(committee: Body, hamid: Membership, laleh: Actor) -> Meeting:
    when = When(starts_at=NOW + timedelta(days=7), place="سالن جلسات")
    return invite(meeting=plan_meeting(body=committee, when=when, by=laleh, now=NOW), by=laleh, now=NOW)


@pytest.fixture
def as_hamid(hamid: Membership) -> Client:
    client = Client()
    assert hamid.person is not None
    client.force_login(hamid.person)
    return client


@pytest.fixture
def other(committee: Body) -> Body:
    return Body.objects.create(
        code="05100000025",
        kind="council",
        name_fa="شورای دیگر",
        unit=committee.unit,
        unit_path="ir/alborz/",
        since=HIRED,
    )


def test_he_comes_to_his_bodies_from_where_everybody_arrives(as_hamid: Client) -> None:
    for arrival in ("/staff/", "/council/"):
        assert as_hamid.get(arrival).headers["Location"] == "/council/bodies/"


def test_he_sees_his_body_its_members_and_its_meetings(as_hamid: Client, committee: Body, meeting: Meeting) -> None:
    page = as_hamid.get("/council/bodies/").content.decode()
    assert committee.name in page and "بانک نمونه" in page
    assert "حمید رحمانی" in as_hamid.get(f"/council/bodies/{committee.code}/").content.decode()
    shown = as_hamid.get(f"/council/meetings/{meeting.code}/").content.decode()
    assert f"/council/meetings/{meeting.code}/reply/" in shown
    assert as_hamid.post(f"/council/meetings/{meeting.code}/reply/", {"reply": "accepted"}).status_code == 302
    for address in ("/council/my-meetings/", "/council/bodies/calendar/"):
        assert as_hamid.get(address).status_code == 200


def test_no_other_body_is_there_for_him(as_hamid: Client, other: Body, laleh: Actor) -> None:
    assert other.name not in as_hamid.get("/council/bodies/").content.decode()
    assert as_hamid.get(f"/council/bodies/{other.code}/").status_code == 404
    strange = Meeting.objects.create(
        code="05200000014",
        body=other,
        unit_path=other.unit_path,
        number=1,
        starts_at=NOW + timedelta(days=3),
        planned_at=NOW,
        planned_by="person:1",
        door_nonce="0" * 32,
    )
    for address in ("", "reply/", "meeting.ics", "door/"):
        assert as_hamid.get(f"/council/meetings/{strange.code}/{address}").status_code in {403, 404}


def test_no_page_of_offices_is_there_for_him(as_hamid: Client, secret_case: Case, secret_file: Evidence) -> None:
    for address, rule in RULES.items():
        if rule.gate != "staff" or address in {"staff/", "council/"}:
            continue
        path = filled(address, secret_case, secret_file)
        for ask in (as_hamid.get, as_hamid.post):
            page = ask(path)
            assert page.status_code in {404, 405}, f"{address}: {page.status_code}"
            assert secret_case.subject not in page.getvalue().decode()


def test_nothing_is_offered_that_he_may_not_do(as_hamid: Client, committee: Body, meeting: Meeting) -> None:
    page = as_hamid.get(f"/council/bodies/{committee.code}/").content.decode()
    page += as_hamid.get(f"/council/meetings/{meeting.code}/").content.decode()
    for address in ("/staff/me/", "/staff/calendar/", "/edit/", "/members/new/", "/steps/"):
        assert address not in page
    assert as_hamid.post(f"/council/meetings/{meeting.code}/steps/open/").status_code == 403


def test_once_his_term_is_over_he_has_no_desk(as_hamid: Client, hamid: Membership, committee: Body) -> None:
    Membership.objects.filter(pk=hamid.pk).update(since=HIRED, until=NOW.date() - timedelta(days=1))
    assert as_hamid.get(f"/council/bodies/{committee.code}/").status_code == 403
    assert as_hamid.get("/staff/").status_code == 403


def test_a_member_from_outside_reads_the_agenda_and_proposes(
    as_hamid: Client, meeting: Meeting, committee: Body, laleh: Actor
) -> None:
    address = f"/council/meetings/{meeting.code}/agenda/"
    assert as_hamid.get(address).status_code == 200
    sent = as_hamid.post(address, {"title": "وام کارگاه‌های خرد", "length": "10"})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    item = AgendaItem.objects.get(body=committee, title="وام کارگاه‌های خرد")
    assert (item.accepted_at, item.proposed_name) == (None, "حمید رحمانی")
    assert as_hamid.get(f"/council/meetings/{meeting.code}/minutes/").status_code == 200
    assert as_hamid.post(f"{address}order/", {}).status_code in {403, 404}


@pytest.fixture
def owed(committee: Body, hamid: Membership, laleh: Actor, units: dict[str, Unit]) -> Decision:
    """His bank owes it, and Karaj its own part."""
    owners = [Owner(unit=units["alborz"], organisation=hamid.organisation), Owner(unit=units["karaj"])]
    wording = Wording(text="وام کارگاه‌های خرد", decided_on=NOW.date(), owners=owners)
    return issue(body=committee, wording=wording, by=laleh, now=NOW)


def test_he_sees_what_his_body_decided_and_nothing_of_others(
    as_hamid: Client, owed: Decision, other: Body, laleh: Actor, units: dict[str, Unit]
) -> None:
    wording = Wording(text="مصوبه شورای دیگر", decided_on=NOW.date(), owners=[Owner(unit=units["karaj"])])
    strange = issue(body=other, wording=wording, by=laleh, now=NOW)
    register = as_hamid.get("/council/decisions/").content.decode()
    assert owed.text in register and strange.text not in register
    assert owed.text in as_hamid.get(f"/council/decisions/?body={owed.body.code}").content.decode()
    mine = as_hamid.get("/council/decisions/mine/").content.decode()
    assert owed.text in mine and strange.text not in mine
    for address in ("", "files/1/", "counted/1/", "1/report/"):
        ask = as_hamid.post if address.endswith("report/") else as_hamid.get
        assert ask(f"/council/decisions/{strange.code}/{address}").status_code == 404
    for offered in ("/council/decisions/matrix/", "/council/decisions/months/", "/export/"):
        assert offered not in register


def test_he_reports_with_a_file_and_the_secretary_confirms(
    as_hamid: Client, owed: Decision, sign_in: SignIn, laleh: Actor
) -> None:
    address = f"/council/decisions/{owed.code}/"
    page = as_hamid.get(address).content.decode()
    assert f"{address}1/report/" in page and f"{address}2/report/" not in page
    assert f"{address}1/confirm/" not in page
    empty = as_hamid.post(f"{address}1/report/", {"text": ""})
    assert empty.status_code == 422
    paper = SimpleUploadedFile("فهرست.txt", "فهرست پرداخت".encode())
    sent = as_hamid.post(f"{address}1/report/", {"text": "پرداخت شد.", "papers": paper})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    assert as_hamid.post(f"{address}2/report/", {"text": "کار کرج"}).status_code == 403
    assert as_hamid.post(f"{address}1/confirm/").status_code == 403
    file = Evidence.objects.get(name="فهرست.txt")
    for browser in (as_hamid, sign_in(laleh)):
        assert browser.get(f"{address}files/{file.pk}/").getvalue().decode() == "فهرست پرداخت"
    assert sign_in(laleh).post(f"{address}1/confirm/").status_code == 302
    assert owed.shares.get(place=1).state == "fulfilled"


def test_the_secretary_writes_a_decision_down_for_the_bank(
    committee: Body, hamid: Membership, sign_in: SignIn, laleh: Actor
) -> None:
    browser, bank = sign_in(laleh), f"outside:{hamid.organisation_id}"
    assert bank in browser.get(f"/council/decisions/new/?body={committee.code}").content.decode()
    typed = {"text": "سهم تسهیلات اعلام شود.", "decided_on": "1405/09/02", "units": bank, "due": "1405/10/02"}
    sent = browser.post(f"/council/decisions/new/?body={committee.code}", typed)
    assert sent.status_code == 302, sent.content.decode()[:2000]
    share = Share.objects.get(decision__text="سهم تسهیلات اعلام شود.")
    assert share.organisation == hamid.organisation and share.unit_path == "ir/alborz/"
    shown = browser.get(f"/council/decisions/{share.decision.code}/").content.decode()
    assert "بانک نمونه" in shown


def test_the_secretary_asks_the_bank_for_a_part(
    owed: Decision, hamid: Membership, sign_in: SignIn, laleh: Actor
) -> None:
    browser, bank, decision = sign_in(laleh), f"outside:{hamid.organisation_id}", owed
    page = f"/council/decisions/{decision.code}/"
    assert bank in browser.get(page).content.decode()
    for wrong in ({}, {"unit": "کرج", "outside": bank}, {"outside": "outside:999"}):
        assert browser.post(f"{page}add/part/", {"task": "وام‌ها", "days": "5", **wrong}).status_code == 422
    assert browser.post(f"{page}add/part/", {"task": "وام‌ها", "days": "5", "outside": bank}).status_code == 302
    added = decision.shares.get(place=3)
    assert added.organisation == hamid.organisation and added.task == "وام‌ها"


def test_the_matrix_has_a_row_for_the_bank(owed: Decision, sign_in: SignIn, laleh: Actor) -> None:
    browser = sign_in(laleh)
    page = browser.get("/council/decisions/matrix/").content.decode()
    (row,) = [row for row in page.split("<tr>") if "بانک نمونه" in row]
    assert "۰ از ۱ محقق" in row
    assert not any("۰ از ۱ محقق" in row for row in page.split("<tr>") if "اداره کل" in row)
    bank = f"outside:{owed.shares.get(place=1).organisation_id}"
    listed = browser.get("/council/decisions/", {"unit": bank}).content.decode()
    assert owed.text in listed
    assert "بانک نمونه</option>" in listed
