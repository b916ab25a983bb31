"""Who is handed a file, and how: never as something a browser would run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from takrim.cases.models import Case
from takrim.evidence.actions import attach
from takrim.evidence.models import Evidence
from takrim.evidence.shelf import shelf
from takrim.journal.models import Look
from takrim.orgs.actor import Actor
from tests.domain.evidence.samples import SAMPLES, photograph, upload
from tests.people import NOW, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path
    shelf.cache_clear()
    yield
    shelf.cache_clear()


def hand_in(case: Case, by: Actor, content: bytes, name: str, *, shown: bool | None = None) -> Evidence:
    return attach(
        subject=case.code,
        unit_path=case.unit_path,
        upload=upload(content, name),
        by=by,
        now=NOW,
        shown_to_party=shown,
    )


@pytest.fixture
def photo(case: Case, zahra: Actor) -> Evidence:
    return hand_in(case, zahra, photograph(), "کارگاه.jpg")


@pytest.fixture
def paper(case: Case, mina: Actor) -> Evidence:
    """An officer's working paper, not meant for the person."""
    return hand_in(case, mina, SAMPLES["text"], "یادداشت.html")


def holding(*codes: str) -> Client:
    client = Client()
    session = client.session
    session["held"] = list(codes)
    session.save()
    return client


@dataclass
class Got:
    """An answer, read to its end and closed, as a server does."""

    status_code: int
    headers: Mapping[str, str]
    body: bytes


def ask(client: Client, address: str, method: str = "get") -> Got:
    response = getattr(client, method)(address)
    body = b"".join(response)
    # Not response.close(): outside the client's call it would close the test's database connection as well.
    if file := getattr(response, "file_to_stream", None):
        file.close()
    return Got(response.status_code, response.headers, body)


def test_an_officer_gets_the_file_as_it_was_handed_in(photo: Evidence, mina: Actor, sign_in: SignIn) -> None:
    response = ask(sign_in(mina), f"/staff/files/{photo.pk}/")
    assert (response.status_code, response.body) == (200, photograph())


def test_a_browser_is_told_to_keep_it_and_run_nothing(photo: Evidence, mina: Actor, sign_in: SignIn) -> None:
    headers = ask(sign_in(mina), f"/staff/files/{photo.pk}/").headers
    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_text_that_calls_itself_a_page_is_sent_as_text(paper: Evidence, mina: Actor, sign_in: SignIn) -> None:
    response = ask(sign_in(mina), f"/staff/files/{paper.pk}/")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"].endswith(".txt")


def test_the_small_picture_has_no_metadata_and_may_stand_in_a_page(
    photo: Evidence, mina: Actor, sign_in: SignIn
) -> None:
    response = ask(sign_in(mina), f"/staff/files/{photo.pk}/small/")
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Content-Disposition"] == "inline"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"Camera of Zahra" not in response.body


def test_what_is_no_picture_has_no_small_one(paper: Evidence, mina: Actor, sign_in: SignIn) -> None:
    assert ask(sign_in(mina), f"/staff/files/{paper.pk}/small/").status_code == 404


def test_asking_for_the_headers_sends_no_bytes(photo: Evidence, mina: Actor, sign_in: SignIn) -> None:
    response = ask(sign_in(mina), f"/staff/files/{photo.pk}/", "head")
    assert (response.status_code, response.body) == (200, b"")
    assert response.headers["Content-Length"] == str(len(photograph()))


def test_each_look_of_an_officer_is_written_down(photo: Evidence, mina: Actor, sign_in: SignIn) -> None:
    ask(sign_in(mina), f"/staff/files/{photo.pk}/")
    look = Look.objects.get()
    assert (look.actor, look.subject, look.page) == (mina.code, photo.subject, f"file:{photo.pk}")


@pytest.mark.parametrize("address", ["/staff/files/{}/", "/staff/files/{}/small/"])
def test_another_province_does_not_know_the_file(photo: Evidence, omid: Actor, sign_in: SignIn, address: str) -> None:
    assert ask(sign_in(omid), address.format(photo.pk)).status_code == 404
    assert ask(sign_in(omid), address.format(photo.pk), "head").status_code == 404
    assert not Look.objects.exists()


def test_a_post_without_the_power_is_told_so(photo: Evidence, tara: Actor, sign_in: SignIn) -> None:
    assert ask(sign_in(tara), f"/staff/files/{photo.pk}/").status_code == 403


def test_who_is_not_signed_in_is_asked_to(photo: Evidence) -> None:
    response = ask(Client(), f"/staff/files/{photo.pk}/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_a_file_that_was_never_handed_in_is_unknown(case: Case, mina: Actor, sign_in: SignIn) -> None:
    assert ask(sign_in(mina), "/staff/files/999/").status_code == 404
    assert ask(holding(case.code), "/files/999/").status_code == 404


@pytest.mark.parametrize("address", ["/staff/files/{}/", "/files/{}/", "/files/{}/small/"])
def test_a_file_can_only_be_read(photo: Evidence, mina: Actor, sign_in: SignIn, address: str) -> None:
    assert ask(sign_in(mina), address.format(photo.pk), "post").status_code == 405


def test_who_holds_the_case_gets_its_files(photo: Evidence) -> None:
    client = holding(photo.subject)
    assert ask(client, f"/files/{photo.pk}/").body == photograph()
    assert ask(client, f"/files/{photo.pk}/small/").headers["Content-Type"] == "image/webp"
    assert ask(client, f"/files/{photo.pk}/").headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_working_paper_is_unknown_to_the_person(paper: Evidence) -> None:
    assert ask(holding(paper.subject), f"/files/{paper.pk}/").status_code == 404


def test_a_paper_meant_for_the_person_reaches_them(case: Case, mina: Actor) -> None:
    shown = hand_in(case, mina, SAMPLES["pdf"], "پاسخ.pdf", shown=True)
    assert ask(holding(case.code), f"/files/{shown.pk}/").status_code == 200


def test_the_holder_of_another_case_does_not_know_the_file(photo: Evidence) -> None:
    assert ask(holding("05000000000"), f"/files/{photo.pk}/").status_code == 404
    assert ask(Client(), f"/files/{photo.pk}/").status_code == 404


def test_a_name_cannot_add_a_header(case: Case, zahra: Actor) -> None:
    evil = hand_in(case, zahra, SAMPLES["pdf"], 'a\r\nSet-Cookie: x=1;"\u202e.pdf')
    headers = ask(holding(case.code), f"/files/{evil.pk}/").headers
    assert "Set-Cookie" not in headers
    assert headers["Content-Disposition"].isascii()
    assert "\n" not in headers["Content-Disposition"]
