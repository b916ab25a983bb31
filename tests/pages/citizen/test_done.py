"""What offices have done, for everybody: only what a secretary lets be seen, in pictures that tell nothing more."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from takrim.evidence.actions import Upload
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.proofs.actions import add_files, begin, send
from takrim.proofs.actions_judge import accept, hide, show
from takrim.proofs.models import Action, FileKind
from takrim.web import desk_proofs
from tests.people import Hire
from tests.proving import DONE, Accounts, drawn

PAGE = "/done/"
HOUR = timedelta(hours=1)


def placed(seed: int) -> tuple[Upload, str]:
    """A picture that says where and by what it was taken."""
    picture, exif, made = Image.open(io.BytesIO(drawn(seed))), Image.Exif(), io.BytesIO()
    exif[0x010F] = "Camera of Mina"
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 57.0, 0.0), 3: "E", 4: (50.0, 36.0, 0.0)})
    picture.save(made, "JPEG", exif=exif)
    return Upload("عکس مینا.jpg", [made.getvalue()]), FileKind.PHOTO


@pytest.fixture
def shirin(hire: Hire) -> Actor:
    """Secretary of the province."""
    return hire("shirin", "شیرین مرادی", "secretary", "alborz")


Accepted = Callable[..., Action]


@pytest.fixture
def accepted(mina: Actor, shirin: Actor, thing: Accounts, now: datetime) -> Accepted:
    """`accepted()`: what Mina's office did, accepted by Shirin and shown to nobody yet."""

    def make(*, seed: int = 1, by: Actor = mina, **changes: Any) -> Action:
        from dataclasses import replace

        action = begin(done=replace(DONE, **changes), proves=[("thing", "1")], by=by, now=now)
        add_files(action=action, uploads=[placed(seed)], by=by, now=now)
        action = send(action=action, by=by, now=now)
        return accept(action=action, by=shirin, now=now + HOUR)

    return make


def test_people_see_what_was_done_and_nobodys_name(
    browser: Client, accepted: Accepted, shirin: Actor, now: datetime
) -> None:
    show(action=accepted(), by=shirin, now=now + 2 * HOUR)
    page = browser.get(PAGE)
    text = page.content.decode()
    for said in (DONE.title, DONE.place, DONE.audience, "۲۹ آبان ۱۴۰۵", "۴۰ نفر", "نظرآباد"):
        assert said in text
    for kept in ("مینا رضایی", "شیرین مرادی", DONE.text, "عکس مینا"):
        assert kept not in text
    assert browser.get("/offices/alborz/nazarabad/").content.decode().count("/done/?place=alborz/nazarabad") == 1


def test_what_nobody_has_shown_is_not_there(browser: Client, accepted: Accepted, shirin: Actor, now: datetime) -> None:
    action = accepted()
    assert DONE.title not in browser.get(PAGE).content.decode()
    for address in (f"/done/{action.code}/1/", f"/done/{action.code}/1/small/"):
        assert browser.get(address).status_code == 404
    show(action=action, by=shirin, now=now + 2 * HOUR)
    assert DONE.title in browser.get(PAGE).content.decode()
    action.refresh_from_db()
    hide(action=action, by=shirin, now=now + 3 * HOUR)
    assert DONE.title not in browser.get(PAGE).content.decode()
    assert browser.get(f"/done/{action.code}/1/small/").status_code == 404


def test_its_pictures_say_nothing_of_place_and_camera(
    browser: Client, accepted: Accepted, shirin: Actor, now: datetime
) -> None:
    action = accepted()
    show(action=action, by=shirin, now=now + 2 * HOUR)
    for address in (f"/done/{action.code}/1/", f"/done/{action.code}/1/small/"):
        reply = browser.get(address)
        assert reply.headers["Content-Type"] == "image/webp"
        seen = Image.open(io.BytesIO(b"".join(reply)))
        assert not dict(seen.getexif())
    assert browser.get(f"/done/{action.code}/2/").status_code == 404


def test_other_files_are_never_public(
    browser: Client, mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = begin(done=DONE, proves=[("thing", "1")], by=mina, now=now)
    add_files(action=action, uploads=[(Upload("نامه.txt", [b"to Ali"]), FileKind.LETTER)], by=mina, now=now)
    action = accept(action=send(action=action, by=mina, now=now), by=shirin, now=now + HOUR)
    show(action=action, by=shirin, now=now + 2 * HOUR)
    assert "/1/small/" not in browser.get(PAGE).content.decode()
    assert browser.get(f"/done/{action.code}/1/").status_code == 404


def test_a_province_an_office_and_the_next_page(
    browser: Client,
    accepted: Accepted,
    hadi: Actor,
    shirin: Actor,
    units: dict[str, Unit],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk_proofs, "SIZE", 2)
    titles = [f"اقدام {day}" for day in range(1, 6)]
    for day, title in enumerate(titles, start=1):
        show(action=accepted(seed=day, title=title, done_on=date(2026, 11, day)), by=shirin, now=now + 2 * HOUR)
    there = accepted(seed=9, by=hadi, title="در کرج")
    show(action=there, by=shirin, now=now + 2 * HOUR)
    seen, address = [], f"{PAGE}?place=alborz/nazarabad"
    while address:
        page = browser.get(address)
        seen += [row.title for row in page.context["rows"]]
        address = page.context["next_url"]
    assert seen == titles[::-1]
    assert "در کرج" in browser.get(f"{PAGE}?place=alborz").content.decode()
    assert browser.get(f"{PAGE}?place=qom").context["rows"] == []
    assert browser.get(f"{PAGE}?place=nowhere").status_code == 404


def test_a_longer_page_asks_no_more(
    browser: Client, accepted: Accepted, shirin: Actor, now: datetime, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(PAGE).status_code == 200
        return len(found)

    show(action=accepted(), by=shirin, now=now + 2 * HOUR)
    asked()
    few = asked()
    for seed in range(2, 6):
        show(action=accepted(seed=seed), by=shirin, now=now + 2 * HOUR)
    assert asked() == few
