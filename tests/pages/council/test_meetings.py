"""The pages of meetings: planned, invited, replied to, ticked off, opened; feeds and doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from takrim.base import clock
from takrim.councils import links
from takrim.councils.actions_meetings import cancel_meeting
from takrim.councils.models import Body
from takrim.councils.models_meetings import Feed, Invitation, Meeting, State
from takrim.orgs.actor import Actor
from tests.domain.councils.conftest import Plan, SeatOf, body, committee, invited, laleh, plan, seat_of, sit
from tests.people import NOW, SignIn

__all__ = ["body", "committee", "invited", "laleh", "plan", "seat_of", "sit"]

pytestmark = pytest.mark.usefixtures("pages_at_now")

WHEN = {"day": "1405/09/20", "at": "۱۰:۳۰", "minutes": "۹۰", "place": "سالن جلسات"}
Until = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Until:
    """Let pages read another time."""

    def go(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return go


def page_of(client: Client, meeting: Meeting) -> str:
    return client.get(f"/council/meetings/{meeting.code}/").content.decode()


def test_a_meeting_is_planned_and_its_members_are_invited(committee: Body, laleh: Actor, sign_in: SignIn) -> None:
    client = sign_in(laleh)
    sent = client.post(f"/council/bodies/{committee.code}/plan/", WHEN)
    meeting = Meeting.objects.get()
    assert sent.headers["Location"] == f"/council/meetings/{meeting.code}/"
    assert meeting.starts_at.isoformat() == "2026-12-11T07:00:00+00:00"
    assert meeting.ends_at == meeting.starts_at + timedelta(minutes=90)
    assert "چه کسانی دعوت می‌شوند" in page_of(client, meeting)
    client.post(f"/council/meetings/{meeting.code}/steps/invite/")
    meeting.refresh_from_db()
    assert meeting.state == State.INVITED
    assert client.post(f"/council/meetings/{meeting.code}/steps/fly/").status_code == 404


def test_a_wrong_time_is_said_and_nothing_is_lost(committee: Body, laleh: Actor, sign_in: SignIn) -> None:
    client, address = sign_in(laleh), f"/council/bodies/{committee.code}/plan/"
    page = client.post(address, {**WHEN, "at": "۲۵"})
    assert page.status_code == 422
    assert "ساعت را به شکل ۱۰:۳۰ بنویسید" in page.content.decode()
    assert "سالن جلسات" in page.content.decode()
    assert "این زمان گذشته است" in client.post(address, {**WHEN, "day": "1405/01/20"}).content.decode()


def test_it_is_changed_and_called_off(invited: Meeting, laleh: Actor, sign_in: SignIn) -> None:
    client, base = sign_in(laleh), f"/council/meetings/{invited.code}"
    assert 'value="۱۰:۰۰"' in client.get(f"{base}/edit/").content.decode()
    assert client.post(f"{base}/edit/", {**WHEN, "version": "1"}).status_code == 422
    assert client.post(f"{base}/edit/", {**WHEN, "version": str(invited.version)}).status_code == 302
    assert client.post(f"{base}/cancel/", {"why": ""}).status_code == 422
    assert client.post(f"{base}/cancel/", {"why": "بازدید وزیر"}).status_code == 302
    page = page_of(client, invited)
    assert "بازدید وزیر" in page and "لغو شد" in page


def test_guests_are_put_on_the_list(invited: Meeting, laleh: Actor, sign_in: SignIn) -> None:
    client = sign_in(laleh)
    client.post(f"/council/meetings/{invited.code}/guests/", {"name": "دکتر یوسفی", "title": "استاد دانشگاه"})
    assert "دکتر یوسفی" in page_of(client, invited)


def test_a_member_replies_at_the_page(
    invited: Meeting, reza: Actor, mina: Actor, seat_of: SeatOf, sign_in: SignIn
) -> None:
    client, address = sign_in(reza), f"/council/meetings/{invited.code}/reply/"
    assert address in page_of(client, invited)
    assert "مینا رضایی" in client.get(address).content.decode()
    assert "نام کسی را بنویسید" in client.post(address, {"reply": "substitute"}).content.decode()
    assert "چرا نمی‌توانید بیایید" in client.post(address, {"reply": "declined"}).content.decode()
    client.post(address, {"reply": "substitute", "colleague": str(mina.person_id)})
    assert seat_of(invited, reza).substitute_person_id == mina.person_id
    # The substitute sees the meeting now, and that they come instead.
    assert "به جای" in page_of(sign_in(mina), invited)


def test_who_was_not_invited_has_nothing_to_reply(invited: Meeting, mina: Actor, sign_in: SignIn, omid: Actor) -> None:
    for stranger in (mina, omid):
        client = sign_in(stranger)
        for address in ("", "reply/", "meeting.ics", "door/"):
            status = client.get(f"/council/meetings/{invited.code}/{address}").status_code
            assert status in {403, 404}, address


def test_the_link_of_the_letter_takes_the_reply(invited: Meeting, seat_of: SeatOf, hadi: Actor, laleh: Actor) -> None:
    client, seat = Client(), seat_of(invited, hadi)
    address = f"/council/invitation/{links.invitation_token(seat)}/"
    page = client.get(address).content.decode()
    assert "هادی موسوی" in page and "سالن جلسات" in page
    assert client.post(address, {"reply": ""}).status_code == 422
    done = client.post(address, {"reply": "substitute", "substitute_name": "آقای کرمی"}).content.decode()
    assert "پاسخ شما ثبت شد" in done
    assert seat_of(invited, hadi).substitute_name == "آقای کرمی"
    assert client.get("/council/invitation/forged/").status_code == 404
    cancel_meeting(meeting=invited, why="بازدید", by=laleh, now=NOW)
    assert client.get(address).status_code == 404


def test_the_list_is_ticked_and_the_meeting_opened(
    invited: Meeting, laleh: Actor, nima: Actor, reza: Actor, seat_of: SeatOf, sign_in: SignIn, at: Until
) -> None:
    at(invited.starts_at + timedelta(minutes=5))
    client, base = sign_in(laleh), f"/council/meetings/{invited.code}"

    def tick(actor: Actor, came: str = "present", **headers: str) -> str:
        address = f"{base}/people/{seat_of(invited, actor).pk}/"
        return client.post(address, {"came": came}, headers=headers).content.decode()

    tick(nima)
    early = client.post(f"{base}/steps/open/")
    assert early.status_code == 409 and "حد نصاب ۳ نفر است" in early.content.decode()
    fragment = tick(laleh, **{"HX-Request": "true", "HX-Target": "people"})
    assert fragment.lstrip().startswith("{#") is False and 'id="people"' in fragment and "<html" not in fragment
    tick(reza, "remote")
    assert client.post(f"{base}/steps/open/").status_code == 302
    assert "۳ نفر حاضر" in page_of(client, invited)
    tick(reza, "left")
    assert seat_of(invited, reza).left_at is not None
    assert client.post(f"{base}/people/{seat_of(invited, nima).pk}/", {"came": "asleep"}).status_code == 404
    assert client.post(f"{base}/steps/close/").status_code == 302
    assert Invitation.objects.filter(meeting=invited, attendance="absent").count() == 1


def test_whoever_scans_the_code_at_the_door_signs_in_with_a_press(
    invited: Meeting, laleh: Actor, reza: Actor, omid: Actor, seat_of: SeatOf, sign_in: SignIn, at: Until
) -> None:
    at(invited.starts_at)
    assert "data:image/svg" in sign_in(laleh).get(f"/council/meetings/{invited.code}/door/").content.decode()
    door = links.door_address(invited).split("/", 3)[3]
    client = sign_in(reza)
    assert "اینجا هستم" in client.get(f"/{door}").content.decode()
    assert not seat_of(invited, reza).is_here
    assert client.post(f"/{door}").status_code == 302
    assert (seat_of(invited, reza).attendance, seat_of(invited, reza).noted_how) == ("present", "door")
    assert sign_in(omid).get(f"/{door}").status_code == 404
    assert Client().get(f"/{door}").status_code == 302
    Meeting.objects.filter(pk=invited.pk).update(door_nonce="f" * 32)
    assert client.get(f"/{door}").status_code == 404


def test_only_who_keeps_the_meeting_has_the_code(invited: Meeting, reza: Actor, hire: object, sign_in: SignIn) -> None:
    assert sign_in(reza).get(f"/council/meetings/{invited.code}/door/").status_code == 403


def test_a_member_joins_remotely(
    plan: Plan, laleh: Actor, hadi: Actor, seat_of: SeatOf, sign_in: SignIn, at: Until
) -> None:
    from takrim.councils.actions_meetings import invite

    meeting = invite(meeting=plan(online_url="https://meet.example.ir/r1"), by=laleh, now=NOW)
    address = f"/council/meetings/{meeting.code}/join/"
    assert sign_in(hadi).post(address).status_code == 404
    at(meeting.starts_at)
    assert sign_in(hadi).post(address).headers["Location"] == "https://meet.example.ir/r1"
    assert seat_of(meeting, hadi).attendance == "remote"


def test_the_feed_is_made_read_and_renewed(invited: Meeting, nima: Actor, laleh: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    assert "webcal:" not in client.get("/council/my-meetings/").content.decode()
    client.post("/council/my-meetings/")
    address = "/" + links.feed_address(Feed.objects.get()).split("/", 3)[3]
    assert address in client.get("/council/my-meetings/").content.decode()
    anybody = Client()
    answer = anybody.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["UID"].startswith(invited.code)
    cancel_meeting(meeting=invited, why="بازدید", by=laleh, now=NOW)
    (event,) = Calendar.from_ical(anybody.get(f"{address}?lang=en").content).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    client.post("/council/my-meetings/")
    assert anybody.get(address).status_code == 404


def test_the_file_of_one_meeting(invited: Meeting, nima: Actor, sign_in: SignIn) -> None:
    answer = sign_in(nima).get(f"/council/meetings/{invited.code}/meeting.ics")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1


def test_the_page_asks_as_often_for_a_longer_list(invited: Meeting, laleh: Actor, sign_in: SignIn) -> None:
    client = sign_in(laleh)
    page_of(client, invited)
    with CaptureQueriesContext(connection) as few:
        page_of(client, invited)
    for number in range(20):
        Invitation.objects.create(meeting=invited, name=f"مهمان {number}", role="guest", invited_at=NOW)
    with CaptureQueriesContext(connection) as many:
        page_of(client, invited)
    assert len(many) == len(few)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_pages_speak_both_languages(lang: str, invited: Meeting, laleh: Actor, sign_in: SignIn) -> None:
    client = sign_in(laleh)
    client.cookies["language"] = lang
    page = page_of(client, invited)
    assert ("Invited and present" in page) is (lang == "en")
    assert ("دعوت‌شدگان و حاضران" in page) is (lang == "fa")
