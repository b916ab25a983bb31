"""The secretary's pages: the queue with its warnings, one verdict, many, and second looks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from takrim.base.period import Period
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Holding, Person
from takrim.proofs import bulk, queries
from takrim.proofs.actions import add_files, begin, send
from takrim.proofs.actions_judge import accept
from takrim.proofs.actions_sample import draw_sample
from takrim.proofs.models import Action, State
from takrim.proofs.models_judging import Draw, Judging, SecondLook
from takrim.tasks.result import Context
from takrim.web import desk_proofs
from takrim.web.council.proofs_shown import of_thing
from takrim.web.desk import Desk
from tests.people import Hire
from tests.proving import DONE, Accounts, given, photo

QUEUE = "/council/proofs/queue/"
HOUR = timedelta(hours=1)


def desk_of(actor: Actor) -> Desk:
    seat = Holding.objects.select_related("post__unit", "person").get(person_id=actor.person_id)
    return Desk(actor, seat, [seat])


def test_the_longest_waiting_comes_first_and_ones_own_office_is_left_out(
    as_shirin: Client, mina: Actor, hadi: Actor, nima: Actor, thing: Accounts, now: datetime
) -> None:
    later, first = given(mina, now + HOUR, seed=1), given(hadi, now, seed=2)
    given(nima, now, seed=3)
    page = as_shirin.get(QUEUE)
    assert [row.code for row, _marked in page.context["rows"]] == [first.code, later.code]
    only = as_shirin.get(f"{QUEUE}?unit=ir/alborz/karaj/")
    assert [row.code for row, _marked in only.context["rows"]] == [first.code]


def test_the_first_page_is_that_of_the_whole_queue(
    shirin: Actor, mina: Actor, hadi: Actor, nima: Actor, thing: Accounts, now: datetime
) -> None:
    for seed, giver in enumerate((mina, nima, hadi, mina)):
        given(giver, now + seed * HOUR, seed=seed)
    desk = desk_of(shirin)
    first = desk_proofs.queue_page(desk, "", 0, desk_proofs.SIZE + 1)
    assert desk_proofs.SIZE + 1 == queries.FIRST
    assert first == list(desk_proofs.queue(desk))
    assert len(first) == 3


def test_the_queue_goes_on_behind_the_last_of_a_page(
    as_shirin: Client, mina: Actor, thing: Accounts, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_proofs, "SIZE", 2)
    codes = [given(mina, now, seed=seed).code for seed in range(5)]
    seen, address = [], QUEUE
    while address:
        page = as_shirin.get(address)
        seen += [row.code for row, _marked in page.context["rows"]]
        address = page.context["next_url"]
    assert seen == codes


def test_a_picture_used_before_is_warned_of_in_the_queue_and_named_on_the_page(
    as_shirin: Client, mina: Actor, hadi: Actor, thing: Accounts, now: datetime
) -> None:
    first = given(mina, now, seed=1)
    second = given(hadi, now + HOUR, seed=1)
    rows = {row.code: row.warned for row, _marked in as_shirin.get(QUEUE).context["rows"]}
    assert rows == {first.code: 0, second.code: 1}
    shown = as_shirin.get(f"/council/proofs/{second.code}/").content.decode()
    assert "همین پرونده در مستند نظرآباد" in shown
    assert f'href="/council/proofs/{first.code}/"' in shown


def test_one_verdict(as_shirin: Client, mina: Actor, thing: Accounts, now: datetime) -> None:
    address = f"/council/proofs/{given(mina, now).code}/judge/"
    page = as_shirin.post(address, {"verdict": "return", "reason": ""})
    assert page.status_code == 422
    assert as_shirin.post(address, {"verdict": "return", "reason": "ناقص است."}).status_code == 302
    assert Action.objects.get().state == State.RETURNED
    late = as_shirin.post(address, {"verdict": "accept"})
    assert late.status_code == 409
    assert "دیگر برای این مستند ممکن نیست" in late.content.decode()


def test_those_marked_are_judged_together(as_shirin: Client, mina: Actor, thing: Accounts, now: datetime) -> None:
    one, two, other = (given(mina, now, seed=seed) for seed in range(3))
    sent = as_shirin.post(QUEUE, {"proof": [one.pk, two.pk], "verdict": "accept", "key": "k"})
    page = as_shirin.get(sent.headers["Location"])
    assert (page.context["done"], page.context["refused"]) == (2, 0)
    assert "hx-trigger" not in page.content.decode()
    other.refresh_from_db()
    assert other.state == State.SENT


def test_many_are_judged_in_the_background(as_shirin: Client, mina: Actor, thing: Accounts, now: datetime) -> None:
    marked = [given(mina, now, seed=seed).pk for seed in range(bulk.AT_ONCE + 1)]
    sent = as_shirin.post(QUEUE, {"proof": marked, "verdict": "refuse", "reason": "نامربوط است.", "key": "k"})
    address = sent.headers["Location"]
    assert "hx-trigger" in as_shirin.get(address).content.decode()
    bulk.run.func(Context(None), Judging.objects.get().pk, now=now)
    part = as_shirin.get(address, headers={"HX-Request": "true", "HX-Target": "judging"}).content.decode()
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert set(Action.objects.values_list("state", flat=True)) == {State.REFUSED}


def test_an_unsaid_reason_keeps_the_marks(as_shirin: Client, mina: Actor, thing: Accounts, now: datetime) -> None:
    one, _two = given(mina, now, seed=1), given(mina, now, seed=2)
    page = as_shirin.post(QUEUE, {"proof": [one.pk], "verdict": "return"})
    assert page.status_code == 422
    assert [marked for _row, marked in page.context["rows"]] == [True, False]
    assert as_shirin.post(QUEUE, {"verdict": "accept"}).status_code == 422


def test_a_number_that_was_slipped_in_is_no_choice(
    as_shirin: Client, nima: Actor, thing: Accounts, now: datetime
) -> None:
    own = given(nima, now)
    assert as_shirin.post(QUEUE, {"proof": [own.pk], "verdict": "accept"}).status_code == 422
    assert Action.objects.get().state == State.SENT


def test_nobody_sees_what_another_judged_together(
    as_shirin: Client, as_nima: Client, mina: Actor, thing: Accounts, now: datetime
) -> None:
    as_shirin.post(QUEUE, {"proof": [given(mina, now).pk], "verdict": "accept"})
    assert as_nima.get(f"/council/proofs/judged/{Judging.objects.get().pk}/").status_code == 404


def test_only_secretaries_come_in(as_mina: Client, db: None) -> None:
    assert as_mina.get(QUEUE).status_code == 403
    assert as_mina.get("/council/proofs/second/").status_code == 403


def test_what_pictures_say_is_for_who_judges(
    as_shirin: Client, as_mina: Client, mina: Actor, thing: Accounts, now: datetime
) -> None:
    action = given(mina, now)
    action.files.update(taken_at=now, latitude="35.95250", longitude="50.60694", camera="SM-A525F")
    address = f"/council/proofs/{action.code}/"
    told = as_shirin.get(address).content.decode()
    assert "35.95250" in told
    assert "روزی جز روز اقدام" in told
    assert "35.95250" not in as_mina.get(address).content.decode()


def test_an_accepted_action_is_shown_to_everybody_and_hidden_again(
    as_shirin: Client, mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = accept(action=given(mina, now), by=shirin, now=now)
    address = f"/council/proofs/{action.code}/show/"
    as_shirin.post(address)
    assert Action.objects.get().public_at == now
    as_shirin.post(address)
    assert Action.objects.get().public_at is None


@pytest.fixture
def drawn(shirin: Actor, mina: Actor, hire: Hire, thing: Accounts, now: datetime) -> Draw:
    hire("vida", "ویدا رستمی", "secretary", "karaj")
    for seed in range(3):
        accept(action=given(mina, now, seed=seed), by=shirin, now=now)
    draw = draw_sample(chain="ir/alborz/", period=Period.parse("1405-09"), by=system("test"), now=now)
    assert draw
    return draw


@pytest.fixture
def as_vida(drawn: Draw) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username="vida"))
    return client


def test_a_second_look_is_given_and_the_draw_is_checked(as_vida: Client, as_shirin: Client, drawn: Draw) -> None:
    page = as_vida.get("/council/proofs/second/")
    looks = [look for look, _row in page.context["looks"]]
    assert len(looks) == 2
    one, two = (f"/council/proofs/second/{look.pk}/" for look in looks)
    assert as_vida.get(one).status_code == 200
    assert as_shirin.get(one).status_code == 404
    assert as_vida.post(one, {"agrees": "no"}).status_code == 422
    as_vida.post(one, {"agrees": "no", "reason": "عکس از جای دیگری است."})
    as_vida.post(two, {"agrees": "yes"})
    assert set(SecondLook.objects.values_list("agrees", flat=True)) == {False, True}
    assert as_vida.get(one).status_code == 404
    shown = as_shirin.get(f"/council/proofs/draws/{drawn.pk}/")
    assert shown.context["agrees"] is True
    assert drawn.seed in shown.content.decode()


def test_a_draw_that_was_tampered_with_is_seen(as_shirin: Client, drawn: Draw) -> None:
    left_out = Action.objects.exclude(looks__draw=drawn).get()
    SecondLook.objects.filter(pk=drawn.looks.latest("pk").pk).update(action=left_out)
    page = as_shirin.get(f"/council/proofs/draws/{drawn.pk}/")
    assert page.context["agrees"] is False
    assert "مستندهای دیگری درآمد" in page.content.decode()


def test_the_queue_takes_no_more_queries_when_it_is_long(
    as_shirin: Client, mina: Actor, hadi: Actor, thing: Accounts, now: datetime
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert as_shirin.get(QUEUE).status_code == 200
        return len(caught)

    given(mina, now)
    asked()
    few = asked()
    for seed in range(2, 7):
        given(mina, now, str(seed), seed=seed)
        given(hadi, now, seed=seed)
    assert asked() == few


def test_the_page_of_a_thing_lists_its_proofs(
    mina: Actor, hadi: Actor, shirin: Actor, thing: Accounts, now: datetime, django_assert_num_queries: Any
) -> None:
    accept(action=given(mina, now, "1"), by=shirin, now=now)
    given(hadi, now, "1", seed=2)
    desk = desk_of(mina)
    with django_assert_num_queries(2):
        shown = of_thing(desk, "thing", "1")
    assert [bool(row.url) for row in shown.rows] == [False, True], "only what is within reach leads on"
    assert shown.give_url == "/council/proofs/new/?kind=thing&code=1"
    assert of_thing(desk, "thing", "91").give_url == ""
    request = RequestFactory().get("/")
    drawn = render_to_string("council/_proofs.html", {"proofs": shown}, request=request)
    assert DONE.title in drawn


def test_an_unknown_list_is_not_there(as_shirin: Client, db: None) -> None:
    assert as_shirin.get(f"{QUEUE}?state=nonsense").status_code == 404
    assert as_shirin.get(f"{QUEUE}?state=accepted&after=x&unit=ir/qom/").status_code == 200


def test_begin_and_send_are_needed_before_it_waits(
    as_shirin: Client, mina: Actor, thing: Accounts, now: datetime
) -> None:
    action = begin(done=DONE, proves=[("thing", "1")], by=mina, now=now)
    assert as_shirin.get(f"/council/proofs/{action.code}/").status_code == 404
    add_files(action=action, uploads=[photo(1)], by=mina, now=now)
    send(action=action, by=mina, now=now)
    assert as_shirin.get(f"/council/proofs/{action.code}/").status_code == 200
