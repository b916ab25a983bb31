"""Notices, who else is at a case, and views that warn when they grow."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from takrim.cases.actions_end import withdraw
from takrim.cases.actions_notices import PRESENT, CannotSeeIt, NoSuchNumber, be_here, forget_gone, note_to, warn_from
from takrim.cases.models import Case, Note, SavedView
from takrim.cases.models_together import Notice, Presence
from takrim.jobs.catalogue.watch_views import run
from takrim.orgs.actor import Actor, holder, system
from tests.people import MakeCase


def notices(client: Client) -> list[str]:
    return [row.sentence for row in client.get("/staff/notices/").context["rows"]]


def test_who_is_named_in_a_note_is_told_once_and_puts_it_away(
    case: Case, as_mina: Client, reza: Actor, as_reza: Client
) -> None:
    assert "رضا کریمی" in as_mina.get(f"/staff/cases/{case.code}/?do=note").content.decode()
    as_mina.post(f"/staff/cases/{case.code}/note/", {"text": "نظر شما چیست؟", "mentioned": [reza.person_id]})
    (sentence,) = notices(as_reza)
    assert "مینا رضایی" in sentence
    assert notices(as_mina) == []
    notice = Notice.objects.get()
    as_mina.post(f"/staff/notices/{notice.pk}/read/")
    assert len(notices(as_reza)) == 1, "only one's own notices are put away"
    as_reza.post(f"/staff/notices/{notice.pk}/read/")
    assert notices(as_reza) == []


def test_who_cannot_open_the_case_is_not_named(
    case: Case, mina: Actor, omid: Actor, as_mina: Client, now: datetime
) -> None:
    with pytest.raises(CannotSeeIt):
        note_to(case=case, text="سلام", mentioned=[omid.person_id or 0], by=mina, now=now)
    page = as_mina.post(f"/staff/cases/{case.code}/note/", {"text": "سلام", "mentioned": [omid.person_id]})
    assert page.status_code == 422
    assert Note.objects.count() == Notice.objects.count() == 0


def test_others_at_the_same_case_are_seen_while_they_are_there(
    case: Case, as_mina: Client, reza: Actor, as_omid: Client, now: datetime
) -> None:
    address = f"/staff/cases/{case.code}/here/"
    assert "رضا" not in as_mina.post(address).content.decode()
    be_here(case=case, by=reza, now=now)
    assert "رضا کریمی" in as_mina.post(address).content.decode()
    Presence.objects.filter(person_id=reza.person_id).update(seen_at=now - PRESENT)
    assert "رضا" not in as_mina.post(address).content.decode()
    forget_gone(by=system("test"), now=now + timedelta(hours=1))
    assert Presence.objects.count() == 0
    assert as_omid.post(address).status_code == 404
    assert as_mina.get(address).status_code == 405


@pytest.fixture
def view(as_mina: Client, now: datetime) -> SavedView:
    """Mina's complaints; she wants to be told of two."""
    as_mina.post("/staff/views/?kind=complaint", {"name": "شکایت‌ها"})
    view = SavedView.objects.get()
    as_mina.post(f"/staff/views/{view.pk}/warn/", {"number": "۲"})
    view.refresh_from_db()
    assert view.warn_from == 2
    return view


def test_a_view_warns_once_for_each_crossing(
    view: SavedView, make_case: MakeCase, as_mina: Client, now: datetime
) -> None:
    make_case(kind="complaint")
    make_case(kind="request")
    make_case(kind="complaint", unit="karaj")
    assert run(now) == 0
    last = make_case(kind="complaint")
    assert [run(now), run(now)] == [1, 0]
    assert notices(as_mina) == ["نمای «شکایت‌ها» به ۲ پرونده رسید."]
    withdraw(case=last, reason="", by=holder(), now=now)
    assert run(now) == 0
    make_case(kind="complaint")
    assert run(now + timedelta(minutes=15)) == 1


def test_a_warning_is_taken_back_and_wrong_numbers_are_told(
    view: SavedView, as_mina: Client, mina: Actor, as_reza: Client, now: datetime
) -> None:
    assert as_mina.post(f"/staff/views/{view.pk}/warn/", {"number": "x"}).status_code == 422
    with pytest.raises(NoSuchNumber):
        warn_from(view_id=view.pk, number=0, holding_id=1, by=mina, now=now)
    as_reza.post(f"/staff/views/{view.pk}/warn/", {"number": ""})
    view.refresh_from_db()
    assert view.warn_from == 2, "only one's own views"
    as_mina.post(f"/staff/views/{view.pk}/warn/", {"number": ""})
    view.refresh_from_db()
    assert (view.warn_from, view.holding) == (None, None)
