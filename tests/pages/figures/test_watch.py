"""The pages of the watch: who sees what, having a period looked at, deciding on a finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from takrim.evaluation import watch_run
from takrim.evaluation.actions_watch import uphold
from takrim.evaluation.models import Finding, Watching
from takrim.orgs.actor import Actor
from takrim.tasks.models import Work
from takrim.tasks.result import Context
from tests.domain.evaluation.watch.made import DAY, PERIOD, START
from tests.matters import answered, judged
from tests.people import NOW, MakeCase, SignIn

PAGE = "/figures/watch/"

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture
def looked(make_case: MakeCase, tara: Actor) -> dict[str, Finding]:
    """Something was found in Nazarabad and in Kahak."""
    for unit in ("nazarabad", "kahak"):
        for number in range(7):
            case = answered(make_case(unit=unit, at=START + DAY), START + 2 * DAY)
            judged(case, 5, START + 3 * DAY + number * timedelta(minutes=1))
    watching = watch_run.ask(period=PERIOD, by=tara, now=NOW)
    watch_run.run.func(Context(None), watching.pk, now=NOW)
    return {found.unit_path.split("/")[-2]: found for found in Finding.objects.all()}


def text_of(client: Client, path: str = PAGE) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_ministry_sees_all_and_a_directorate_its_own(
    looked: dict[str, Finding], tara: Actor, nima: Actor, sign_in: SignIn, lang: str
) -> None:
    for actor, seen in ((tara, {"nazarabad", "kahak"}), (nima, {"nazarabad"})):
        client = sign_in(actor)
        client.cookies["language"] = lang
        text = text_of(client)
        assert ("Surveys as if from one device" in text) == (lang == "en")
        found = {int(number) for number in re.findall(r"/figures/watch/(\d+)/", text)}
        assert found == {looked[name].pk for name in seen}


def test_a_finding_of_another_province_is_not_there(looked: dict[str, Finding], nima: Actor, sign_in: SignIn) -> None:
    client, strange = sign_in(nima), f"{PAGE}{looked['kahak'].pk}/"
    assert client.get(strange).status_code == 404
    assert client.post(strange, {"do": "uphold", "reason": "نه"}).status_code == 404
    looked["kahak"].refresh_from_db()
    assert looked["kahak"].state == "new"


def test_a_finding_says_its_numbers_its_rule_and_leads_to_its_cases(
    looked: dict[str, Finding], tara: Actor, nima: Actor, sign_in: SignIn
) -> None:
    path = f"{PAGE}{looked['nazarabad'].pk}/"
    text = text_of(sign_in(nima), path)
    assert "۷ نظرسنجی از ۷ نظرسنجی" in text
    assert "دست‌کم ۶ نظرسنجی" in text
    assert len(re.findall(r"/staff/cases/\d{11}/", text)) == 7
    # Who runs rounds opens no cases, and is told so.
    national = text_of(sign_in(tara), path)
    assert not re.search(r"/staff/cases/\d", national)
    assert "۷ پرونده نشان داده نمی‌شود" in national


def test_a_period_is_looked_at_in_the_worker_and_the_page_says_how_far_it_is(tara: Actor, sign_in: SignIn) -> None:
    client = sign_in(tara)
    assert client.post(PAGE, {"period": "1405-h1"}).status_code == 302
    assert Work.objects.count() == 1
    assert "۰ بخش از ۳ بخش" in text_of(client)
    fragment = client.get(PAGE, headers={"HX-Target": "looks"}).content.decode()
    assert fragment.lstrip().startswith('<div id="looks" hx-get')
    watch_run.run.func(Context(None), Watching.objects.get().pk, now=NOW)
    assert "hx-get" not in client.get(PAGE, headers={"HX-Target": "looks"}).content.decode()
    assert "یافته تازه: ۰" in text_of(client)


def test_a_period_that_is_not_offered_is_refused(tara: Actor, sign_in: SignIn) -> None:
    page = sign_in(tara).post(PAGE, {"period": "1410-h1"})
    assert page.status_code == 422
    assert not Work.objects.exists()


def test_it_is_taken_up_and_decided_with_a_reason(looked: dict[str, Finding], nima: Actor, sign_in: SignIn) -> None:
    client, found = sign_in(nima), looked["nazarabad"]
    path = f"{PAGE}{found.pk}/"
    assert client.post(path, {"do": "look"}).status_code == 302
    assert "نیما احمدی</bdi> از" in text_of(client, path)
    refused = client.post(path, {"do": "look"})
    assert refused.status_code == 409
    assert "دوباره انتخاب کنید" in refused.content.decode()
    unsaid = client.post(path, {"do": "uphold", "reason": " "})
    assert unsaid.status_code == 422
    assert "بنویسید چه چیزی یافته را توجیه می‌کند" in unsaid.content.decode()
    assert client.post(path, {"do": "uphold", "reason": "یک نفر همه را پر کرده است"}).status_code == 302
    text = text_of(client, path)
    assert "یک نفر همه را پر کرده است" in text
    assert 'value="uphold"' not in text
    assert client.post(path, {"do": "explain", "reason": "دفتر فیلم را نشان داد"}).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.reason) == ("explained", "دفتر فیلم را نشان داد")
    assert client.post(path, {"do": "burn"}).status_code == 404


def test_the_list_is_narrowed(looked: dict[str, Finding], tara: Actor, sign_in: SignIn) -> None:
    uphold(finding=looked["kahak"], reason="پابرجا", by=tara, now=NOW)
    client = sign_in(tara)
    for query, seen in (
        ("?state=upheld", {"kahak"}),
        ("?state=new", {"nazarabad"}),
        ("?watch=one_device&period=1405-h1", {"nazarabad", "kahak"}),
        ("?watch=same_text", set()),
        ("?state=nonsense", {"nazarabad", "kahak"}),
    ):
        found = {int(number) for number in re.findall(r"/figures/watch/(\d+)/", text_of(client, PAGE + query))}
        assert found == {looked[name].pk for name in seen}, query


def test_page_after_page_shows_each_once(
    looked: dict[str, Finding], tara: Actor, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("takrim.web.figures.watch.PAGE", 1)
    client = sign_in(tara)
    first = text_of(client)
    (following,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = text_of(client, PAGE + following.replace("&amp;", "&"))
    numbers = [re.findall(r"/figures/watch/(\d+)/", page) for page in (first, second)]
    assert sorted(int(number) for page in numbers for number in page) == sorted(one.pk for one in looked.values())
    assert client.get(f"{PAGE}?after=x~y").status_code == 404


def test_queries_do_not_grow_with_the_findings(
    looked: dict[str, Finding], tara: Actor, sign_in: SignIn, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = sign_in(tara)
    text_of(client)
    with django_assert_num_queries(6):
        text_of(client)
    pattern = looked["kahak"]
    for number in range(20):
        Finding.objects.filter(pk=pattern.pk).update(key=f"k{number}")
        pattern.pk, pattern.key = None, ""
        pattern.save()
    with django_assert_num_queries(6):
        text_of(client)
