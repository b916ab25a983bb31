"""The operator sees what waits and what was given up, and starts it again."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from takrim.base import clock
from takrim.orgs.actor import Actor
from takrim.site.worker import run_one
from takrim.tasks.models import Status, Work
from tests.domain.tasks import sample
from tests.people import SignIn


@pytest.fixture
def dead(db: None) -> Work:
    """A task that was given up."""
    result = sample.refuse.enqueue(now=clock.now())
    run_one("a")
    return Work.objects.get(pk=result.id)


def test_a_dead_task_is_shown_with_its_error(sign_in: SignIn, kian: Actor, dead: Work) -> None:
    page = sign_in(kian).get("/operator/tasks/?show=dead").content.decode()
    assert "Refusal not_today" in page
    assert f"/operator/tasks/{dead.pk}/retry/" in page


def test_a_dead_task_is_started_again(sign_in: SignIn, kian: Actor, dead: Work) -> None:
    answer = sign_in(kian).post(f"/operator/tasks/{dead.pk}/retry/", follow=True)
    assert "کار دوباره در انتظار کارگر است" in answer.content.decode()
    dead.refresh_from_db()
    assert dead.status == Status.READY


def test_starting_it_twice_is_refused_with_a_sentence(sign_in: SignIn, kian: Actor, dead: Work) -> None:
    browser = sign_in(kian)
    browser.post(f"/operator/tasks/{dead.pk}/retry/")
    answer = browser.post(f"/operator/tasks/{dead.pk}/retry/")
    assert answer.status_code == 409
    assert "این کار رها نشده است" in answer.content.decode()


def test_only_the_operator_may_start_it(sign_in: SignIn, nima: Actor, client: Client, dead: Work) -> None:
    address = f"/operator/tasks/{dead.pk}/retry/"
    assert sign_in(nima).post(address).status_code == 403
    assert client.post(address)["Location"].startswith("/accounts/login/")
    dead.refresh_from_db()
    assert dead.status == Status.FAILED


def test_starting_is_not_done_by_looking(sign_in: SignIn, kian: Actor, dead: Work) -> None:
    browser = sign_in(kian)
    assert browser.get(f"/operator/tasks/{dead.pk}/retry/").status_code == 405
    assert browser.post("/operator/tasks/999999/retry/").status_code == 404


def test_a_long_list_is_paged(sign_in: SignIn, kian: Actor) -> None:
    now = clock.now()
    numbers = [sample.note.enqueue(str(number), now=now).id for number in range(51)]
    browser = sign_in(kian)
    first = browser.get("/operator/tasks/").content.decode()
    assert f"before={numbers[1]}" in first
    second = browser.get(f"/operator/tasks/?before={numbers[1]}").content.decode()
    assert "before=" not in second.replace(f"?show=waiting&amp;before={numbers[1]}", "").replace(
        f"/operator/tasks/?before={numbers[1]}", ""
    )


@pytest.mark.parametrize("show", ["waiting", "running", "dead", "done", "nonsense"])
def test_every_tab_opens(sign_in: SignIn, kian: Actor, show: str) -> None:
    assert sign_in(kian).get(f"/operator/tasks/?show={show}&before=x").status_code == 200


def test_the_number_of_queries_does_not_grow(
    sign_in: SignIn, kian: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = sign_in(kian)
    for size in (2, 30):
        for number in range(size):
            sample.note.enqueue(str(number), now=clock.now())
        with django_assert_max_num_queries(4):
            browser.get("/operator/tasks/")
