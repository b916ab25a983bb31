"""The pages on which an office writes down what it did: nothing typed is lost, nobody else sees a draft."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.orgs.actor import Actor
from takrim.proofs.actions_judge import return_proof
from takrim.proofs.models import Action, State
from takrim.proofs.provable import Owing
from takrim.proofs.supporting import supported
from takrim.web import desk_proofs
from tests.proving import Accounts, drawn, given

NEW = "/council/proofs/new/"
TYPED = {
    "title": "نصب تابلوی حقوق شهروندی",
    "text": "تابلوی یازده حق نصب شد.",
    "done_on": "۱۴۰۵/۰۸/۲۹",
    "manner": "in_person",
    "place": "سالن انتظار",
    "audience": "ارباب رجوع",
    "people": "۴۰",
    "women": "18",
    "all_right": ["right:R06"],
}


def photo(name: str = "عکس.jpg", seed: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn(seed), "image/jpeg")


def test_an_action_is_written_down_and_sent_at_once(as_mina: Client, thing: Accounts) -> None:
    files = {"papers": [photo(), SimpleUploadedFile("نامه.txt", b"letter")], "camera": photo("c.jpg", 2)}
    sent = as_mina.post(NEW, {**TYPED, **files, "link": "https://example.ir/1", "go": "send"})
    action = Action.objects.get()
    assert sent.headers["Location"] == f"/council/proofs/{action.code}/"
    assert action.state == State.SENT
    assert (action.people, action.women, action.men) == (40, 18, None)
    kinds = list(action.files.order_by("number").values_list("kind", flat=True))
    assert kinds == ["photo", "letter", "photo", "link"]
    assert supported(action) == [("right", "R06")]


def test_what_is_missing_is_said_and_all_is_kept(as_mina: Client) -> None:
    page = as_mina.post(NEW, {"title": "نصب تابلو", "papers": photo(), "go": "send"})
    shown, action = page.content.decode(), Action.objects.get()
    assert page.status_code == 422
    assert f'action="/council/proofs/{action.code}/edit/"' in shown, "sent again it is the same proof"
    assert {"text", "done_on", "place", "audience"} <= set(page.context["form"].errors)
    faults = [text for texts in page.context["form"].errors.values() for text in texts]
    assert len(set(faults)) == len(faults), "each field is named, above the form too"
    assert (action.state, action.title, action.files.count()) == (State.DRAFT, "نصب تابلو", 1)


def test_a_date_that_does_not_exist_loses_nothing(as_mina: Client) -> None:
    page = as_mina.post(NEW, {**TYPED, "done_on": "1405/13/01", "go": "keep"})
    assert page.status_code == 422
    assert "تابلوی یازده حق نصب شد." in page.content.decode()
    assert not Action.objects.exists()


def test_a_file_that_cannot_be_taken_is_told_and_the_others_are(as_mina: Client) -> None:
    bad = SimpleUploadedFile("x.exe", b"MZ\x90\x00" + bytes(50))
    page = as_mina.post(NEW, {**TYPED, "papers": [bad, photo()], "go": "keep"})
    assert page.status_code == 422
    assert "x.exe" in page.content.decode()
    assert Action.objects.get().files.count() == 1


def test_a_draft_goes_on_where_it_was_left(as_mina: Client) -> None:
    kept = as_mina.post(NEW, {**TYPED, "papers": photo(), "go": "keep"})
    page = as_mina.get(kept.headers["Location"])
    action = Action.objects.get()
    assert page.context["form"].initial["title"] == TYPED["title"]
    typed = {
        **TYPED,
        "seen": page.context["seen"],
        "kind_1": "attendance",
        "title_1": "فهرست",
        "all_right": ["right:R01"],
    }
    as_mina.post(kept.headers["Location"], {**typed, "go": "send"})
    action.refresh_from_db()
    assert (action.state, supported(action)) == (State.SENT, [("right", "R01")])
    assert action.files.values_list("kind", "title").get() == ("attendance", "فهرست")


def test_what_a_colleague_changed_meanwhile_is_not_written_over(as_mina: Client) -> None:
    kept = as_mina.post(NEW, {**TYPED, "go": "keep"})
    page = as_mina.post(kept.headers["Location"], {**TYPED, "title": "دیگر", "seen": "2026-01-01", "go": "keep"})
    assert page.status_code == 409
    assert "دیگر" in page.content.decode()
    assert Action.objects.get().title == TYPED["title"]


def test_an_attachment_is_taken_off(as_mina: Client) -> None:
    kept = as_mina.post(NEW, {**TYPED, "papers": photo(), "go": "keep"})
    seen = as_mina.get(kept.headers["Location"]).context["seen"]
    as_mina.post(kept.headers["Location"], {**TYPED, "seen": seen, "remove": "1"})
    assert not Action.objects.get().files.exists()


def test_what_is_owed_stands_first_with_its_date_and_leads_to_the_form(
    as_mina: Client, thing: Accounts, now: datetime
) -> None:
    thing.owed["ir/alborz/nazarabad/"] = [
        Owing(code="2", title="مصوبه بی‌تاریخ"),
        Owing(code="1", title="مصوبه ۱", address="/council/", due=now + timedelta(days=1)),
    ]
    page = as_mina.get("/council/proofs/")
    assert [one.title for one in page.context["owed"]] == ["مصوبه ۱", "مصوبه بی‌تاریخ"]
    give = page.context["owed"][0].give
    form = as_mina.get(give).context["form"]
    assert "thing:1" in form["owed"].value()
    as_mina.post(NEW, {**TYPED, "owed": ["thing:1", "thing:2"], "papers": photo(), "go": "send"})
    assert supported(Action.objects.get()) == [("right", "R06"), ("thing", "1"), ("thing", "2")]


def test_what_another_office_is_to_prove_cannot_be_slipped_in(as_mina: Client, thing: Accounts) -> None:
    page = as_mina.post(NEW, {**TYPED, "owed": ["thing:91"], "go": "keep"})
    assert page.status_code == 422
    assert not Action.objects.exists()


def test_a_returned_proof_says_why_and_until_when(
    as_mina: Client, mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = return_proof(action=given(mina, now), reason="فهرست حاضران نیست.", by=shirin, now=now)
    assert "فهرست حاضران نیست." in as_mina.get(f"/council/proofs/{action.code}/").content.decode()
    assert "فهرست حاضران نیست." in as_mina.get(f"/council/proofs/{action.code}/edit/").content.decode()
    listed = as_mina.get("/council/proofs/").content.decode()
    assert "مهلت اصلاح" in listed, "what was returned is the first list"
    start = as_mina.get("/council/").content.decode()
    assert action.title in start
    cartable = as_mina.get("/staff/").content.decode()
    assert f'href="/council/proofs/{action.code}/"' in cartable, "it is owed like anything else"


def test_a_draft_is_given_up(as_mina: Client) -> None:
    as_mina.post(NEW, {**TYPED, "go": "keep"})
    as_mina.post(f"/council/proofs/{Action.objects.get().code}/withdraw/")
    assert Action.objects.get().state == State.WITHDRAWN


def test_strangers_do_not_find_it(
    as_mina: Client, as_hadi: Client, mina: Actor, thing: Accounts, now: datetime
) -> None:
    code = given(mina, now).code
    for address in ("", "files/1/", "files/1/small/", "files/1/view/", "edit/"):
        assert as_hadi.get(f"/council/proofs/{code}/{address}").status_code == 404
    assert as_hadi.post(f"/council/proofs/{code}/withdraw/").status_code == 404
    assert as_mina.get(f"/council/proofs/{code}/edit/").status_code == 302, "it lies with the secretary"


def test_pictures_are_handed_out_whole_to_look_at_and_small(
    as_mina: Client, mina: Actor, thing: Accounts, now: datetime
) -> None:
    base = f"/council/proofs/{given(mina, now).code}/files/1/"
    whole, view, small = (as_mina.get(base + size) for size in ("", "view/", "small/"))
    assert whole.headers["Content-Type"] == "image/jpeg"
    assert view.headers["Content-Type"] == small.headers["Content-Type"] == "image/webp"
    # Read to their ends: closing one half-read would close the test's database as well.
    sizes = [len(answer.getvalue()) for answer in (whole, view, small)]
    assert sizes[2] < 20_000
    assert as_mina.get(base.replace("/1/", "/2/")).status_code == 404


def test_a_long_list_takes_no_more_queries(as_mina: Client, mina: Actor, thing: Accounts, now: datetime) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert as_mina.get("/council/proofs/?state=sent").status_code == 200
        return len(caught)

    given(mina, now)
    asked()
    few = asked()
    for seed in range(2, 8):
        given(mina, now, str(seed), seed=seed)
    assert asked() == few


def test_a_page_of_the_list_ends_and_the_next_goes_on(
    as_mina: Client, mina: Actor, thing: Accounts, now: datetime, monkeypatch: Any
) -> None:
    monkeypatch.setattr(desk_proofs, "SIZE", 2)
    codes = [given(mina, now, seed=seed).code for seed in range(3)]
    first = as_mina.get("/council/proofs/?state=sent")
    second = as_mina.get(first.context["next_url"])
    seen = [row.code for page in (first, second) for row in page.context["rows"]]
    assert seen == codes[::-1]
    assert second.context["next_url"] == ""


def test_the_first_page_says_how_much_is_to_be_proven_and_names_nothing_twice(
    as_mina: Client, thing: Accounts, now: datetime
) -> None:
    """What it is stands there among decisions and directives already."""
    thing.owed["ir/alborz/nazarabad/"] = [
        Owing(code="1", title="مصوبه ۱", due=now - timedelta(days=1)),
        Owing(code="2", title="مصوبه ۲", due=now + timedelta(days=1)),
    ]
    start = as_mina.get("/council/").content.decode()
    assert "نیازمند مستند: ۲" in start and "۱ مورد از مهلت گذشته" in start
    assert "مصوبه ۱" not in start
