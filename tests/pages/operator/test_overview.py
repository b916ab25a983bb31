"""The operator sees whether all is well; nobody else does."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client

from takrim.base import clock
from takrim.orgs.actor import Actor
from takrim.site import environment
from takrim.tasks import actions_clock, schedule
from takrim.web.operator.health import State, findings
from tests.people import SignIn

PAGES = ["/operator/", "/operator/tasks/"]


@pytest.mark.parametrize("address", PAGES)
def test_the_operator_sees_the_page(sign_in: SignIn, kian: Actor, address: str) -> None:
    answer = sign_in(kian).get(address)
    assert answer.status_code == 200
    assert 'lang="fa"' in answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_post_without_the_power_does_not(sign_in: SignIn, reza: Actor, address: str) -> None:
    assert sign_in(reza).get(address).status_code == 403


@pytest.mark.parametrize("address", PAGES)
def test_without_signing_in_one_is_sent_to_sign_in(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_are_only_read(sign_in: SignIn, kian: Actor, address: str) -> None:
    assert sign_in(kian).post(address).status_code == 405


def test_an_unknown_page_of_the_operator_is_not_found(sign_in: SignIn, kian: Actor) -> None:
    assert sign_in(kian).get("/operator/nothing/").status_code == 404


def test_a_missing_worker_is_said_with_what_to_do(sign_in: SignIn, kian: Actor) -> None:
    page = sign_in(kian).get("/operator/").content.decode()
    assert "takrim serve" in page
    assert "هیچ کارگری کار نمی‌کند" in page


def test_workers_and_clocks_are_shown(sign_in: SignIn, kian: Actor) -> None:
    now = clock.now()
    actions_clock.alive(worker="host:1:worker", now=now)
    schedule.enqueue_due(now)
    page = sign_in(kian).get("/operator/").content.decode()
    assert "host:1:worker" in page
    assert "بستن پرونده‌های پاسخ‌داده" in page


def test_the_page_speaks_english_too(sign_in: SignIn, kian: Actor) -> None:
    browser = sign_in(kian)
    browser.cookies["language"] = "en"
    page = browser.get("/operator/").content.decode()
    assert "Health of the system" in page
    assert "No worker is running" in page


def test_settings_are_shown_without_secrets(sign_in: SignIn, kian: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = {"TAKRIM_SMTP_PASSWORD": "hunter2", "TAKRIM_DATABASE_URL": "postgresql://takrim:hunter2@db/takrim"}
    monkeypatch.setattr(settings, "SETTINGS_SEEN", environment.seen(hidden))
    page = sign_in(kian).get("/operator/").content.decode()
    assert "hunter2" not in page
    assert "postgresql://takrim:•••@db/takrim" in page
    assert "TAKRIM_WEB_PROCESSES" in page


def test_every_check_has_a_sentence(db: None, now: datetime) -> None:
    found = list(findings(now))
    assert len(found) >= 10
    assert all(finding.sentence and finding.title for finding in found)
    assert next(finding for finding in found if finding.code == "worker").state is State.BAD
