"""The cartable: the right rows in the right order, whatever their number, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cards.models import CardVersion
from takrim.cases.actions_answer import Words, answer_at_once, draft, submit
from takrim.cases.actions_work import refer, reply
from takrim.cases.models import Case, SavedView
from takrim.duties.actions import Term, open_duty
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import MakeCase

WORDS = Words(
    outcome="upheld", text="وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)


def said(case: Case) -> Words:
    """An answer to this case and no other: the gate refuses the same words twice."""
    return replace(WORDS, text=f"وصول شد: {case.code}")


def rows(client: Client, query: str = "") -> list[str]:
    """The subjects shown, in their order."""
    response = client.get(f"/staff/{query}")
    assert response.status_code == 200
    return [row.subject for row in response.context["shown"].rows]


def test_what_is_due_next_comes_first(make_case: MakeCase, as_mina: Client, now: datetime) -> None:
    make_case(text="دیرتر", at=now - timedelta(days=1))
    make_case(text="زودتر", at=now - timedelta(days=30))
    make_case(text="دیگران", unit="karaj")
    assert rows(as_mina) == ["زودتر", "دیرتر"]


def test_colours_follow_the_time_left(make_case: MakeCase, as_mina: Client, now: datetime) -> None:
    make_case(at=now - timedelta(days=60))
    make_case()
    shown = as_mina.get("/staff/").context["shown"].rows
    assert [row.due_class for row in shown] == ["due-late", "due-ok"]
    assert "گذشته" in shown[0].due
    assert "مانده" in shown[1].due


def test_the_office_and_those_below_are_a_switch(make_case: MakeCase, as_nima: Client, as_mina: Client) -> None:
    make_case(text="مدیریت", unit="alborz")
    make_case(text="شهرستان", unit="karaj")
    make_case(text="قم", unit="qom")
    assert rows(as_nima) == ["مدیریت"]
    assert sorted(rows(as_nima, "?scope=below")) == ["شهرستان", "مدیریت"]
    assert "scope=below" not in as_mina.get("/staff/").content.decode(), "nothing lies below Nazarabad"


def test_what_has_no_date_comes_last_and_pages_reach_it(make_case: MakeCase, as_mina: Client, now: datetime) -> None:
    for number in range(28):
        make_case(text=f"پرونده {number:02}", at=now - timedelta(hours=number))
    Duty.objects.filter(about__in=Case.objects.filter(text__in=["پرونده 26", "پرونده 27"]).values("code")).update(
        due_at=None, length=""
    )
    first = as_mina.get("/staff/")
    second = as_mina.get("/staff/" + first.context["shown"].next_url)
    subjects = [row.subject for page in (first, second) for row in page.context["shown"].rows]
    assert len(subjects) == len(set(subjects)) == 28
    assert subjects[-2:] == ["پرونده 26", "پرونده 27"]
    assert not second.context["shown"].next_url
    assert not second.context["shown"].from_start


def test_pages_go_on_among_equal_dates(make_case: MakeCase, as_mina: Client) -> None:
    for number in range(53):
        make_case(text=f"پرونده {number}")
    seen: list[str] = []
    url = ""
    for _ in range(3):
        page = as_mina.get(f"/staff/{url}").context["shown"]
        seen += [row.subject for row in page.rows]
        url = page.next_url
    assert not url
    assert len(seen) == len(set(seen)) == 53


def test_pages_of_what_has_no_date_go_on(
    units: dict[str, Unit], mina: Actor, make_case: MakeCase, as_mina: Client, now: datetime
) -> None:
    for number in range(27):
        make_case(text=f"پرونده {number}")
    Duty.objects.update(due_at=None, length="")
    first = as_mina.get("/staff/").context["shown"]
    second = as_mina.get(f"/staff/{first.next_url}").context["shown"]
    assert (len(first.rows), len(second.rows)) == (25, 2)


@pytest.mark.parametrize("place", ["x", "1-", "9" * 30 + "-1", "-1-1", "<script>", "999999999999999999-1"])
def test_a_place_that_was_made_up_is_the_beginning_or_the_end(place: str, case: Case, as_mina: Client) -> None:
    assert as_mina.get("/staff/", {"after": place}).status_code == 200
    assert as_mina.get("/staff/", {"after": place, "q": "بیمه"}).status_code == 200
    assert as_mina.get("/staff/", {"after": place, "tab": "done"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kind=request", ["درخواست"]),
        ("?channel=phone", ["تلفنی"]),
        ("?card=unemployment-insurance", ["بیمه بیکاری"]),
        ("?state=drafted", ["پیش‌نویس"]),
        ("?time=late", ["معوق"]),
        ("?time=soon", []),
        ("?time=undated", []),
        ("?kind=nonsense", ["معوق", "درخواست", "تلفنی", "بیمه بیکاری", "پیش‌نویس"]),
    ],
)
def test_filters_narrow_the_list(
    query: str, expected: list[str], make_case: MakeCase, card: CardVersion, mina: Actor, as_mina: Client, now: datetime
) -> None:
    make_case(text="درخواست", kind="request")
    make_case(text="تلفنی", channel="phone")
    make_case(text="کارت", card=card)
    make_case(text="معوق", at=now - timedelta(days=60))
    draft(case=make_case(text="پیش‌نویس"), words=WORDS, by=mina, now=now)
    assert sorted(rows(as_mina, query)) == sorted(expected)


def test_drafts_wait_for_who_may_approve(
    make_case: MakeCase, mina: Actor, as_mina: Client, as_reza: Client, now: datetime
) -> None:
    case = make_case(text="در انتظار")
    make_case(text="تازه")
    submit(answer=draft(case=case, words=WORDS, by=mina, now=now), by=mina, now=now)
    assert rows(as_reza, "?tab=approve") == ["در انتظار"]
    assert len(rows(as_mina, "?tab=approve")) == 2, "an expert has no such tab and sees the first"
    assert "tab=approve" not in as_mina.get("/staff/").content.decode()


def test_replies_come_to_who_asked(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, as_reza: Client, as_hadi: Client, now: datetime
) -> None:
    duty = refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    assert rows(as_reza, "?tab=asked") == [case.subject]
    assert rows(as_reza, "?tab=judge") == []
    assert rows(as_hadi) == [case.subject], "Karaj owes its part"
    reply(case=case, duty=duty, text="سابقه دارد.", by=hadi, now=now)
    assert rows(as_reza, "?tab=judge") == [case.subject]
    assert rows(as_hadi, "?tab=asked") == []


def test_what_was_done_lately_comes_newest_first(
    make_case: MakeCase, reza: Actor, as_mina: Client, now: datetime
) -> None:
    for number in range(27):
        at = now + timedelta(minutes=number)
        words = replace(WORDS, text=f"وصول شد: {number}")
        answer_at_once(case=make_case(text=f"پرونده {number}"), words=words, how="phone", by=reza, now=at)
    first = as_mina.get("/staff/?tab=done").context["shown"]
    second = as_mina.get("/staff/" + first.next_url).context["shown"]
    assert [first.rows[0].subject, second.rows[-1].subject] == ["پرونده 26", "پرونده 0"]
    assert len(first.rows) + len(second.rows) == 27


def test_a_search_finds_words_within_scope_newest_first(make_case: MakeCase, as_mina: Client, as_omid: Client) -> None:
    make_case(text="کارفرمای کارخانه نساجی")
    make_case(text="نساجی دوم")
    make_case(text="نساجی کهک", unit="kahak")
    assert rows(as_mina, "?q=نساجی") == ["نساجی دوم", "کارفرمای کارخانه نساجی"]
    assert rows(as_omid, "?q=نساجی") == ["نساجی کهک"]
    assert rows(as_mina, "?q=نساجی&kind=request") == []
    assert "یافت نشد" in as_mina.get("/staff/?q=ناپیدا").content.decode()


def test_a_search_goes_on_page_after_page(make_case: MakeCase, as_mina: Client) -> None:
    for number in range(30):
        make_case(text=f"نساجی {number}")
    first = as_mina.get("/staff/?q=نساجی").context["shown"]
    second = as_mina.get("/staff/" + first.next_url).context["shown"]
    assert (len(first.rows), len(second.rows)) == (25, 5)
    assert not {row.page for row in first.rows} & {row.page for row in second.rows}


def test_a_whole_number_leads_to_its_case(case: Case, as_mina: Client, as_omid: Client) -> None:
    typed = f"{case.code[:2]}-{case.code[2:6]} {case.code[6:]}"
    response = as_mina.get("/staff/", {"q": typed})
    assert (response.status_code, response["Location"]) == (302, f"/staff/cases/{case.code}/")
    assert as_omid.get("/staff/", {"q": case.code}).status_code == 200, "a stranger is not told that it exists"


def test_filters_are_kept_under_a_name_and_thrown_away(as_mina: Client, mina: Actor, as_reza: Client) -> None:
    response = as_mina.post("/staff/views/?kind=complaint&time=late&q=راز&after=1-1", {"name": " شکایت‌های  معوق "})
    assert response["Location"] == "/staff/?kind=complaint&time=late"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.person_id) == ("شکایت‌های معوق", "kind=complaint&time=late", mina.person_id)
    assert "شکایت‌های معوق" in as_mina.get("/staff/").content.decode()
    assert "شکایت‌های معوق" not in as_reza.get("/staff/").content.decode()
    as_reza.post(f"/staff/views/{view.pk}/delete/")
    assert SavedView.objects.exists(), "only one's own"
    as_mina.post(f"/staff/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_view_has_a_name_and_there_are_not_endless_many(as_mina: Client, mina: Actor, now: datetime) -> None:
    assert as_mina.post("/staff/views/", {"name": " "}).status_code == 422
    assert as_mina.post("/staff/views/", {"name": "آ" * 41}).status_code == 422
    for number in range(20):
        SavedView.objects.create(person_id=mina.person_id or 0, name=str(number), query="", at=now)
    assert as_mina.post("/staff/views/", {"name": "یکی بیش"}).status_code == 409
    assert as_mina.post("/staff/views/", {"name": "3"}).status_code == 302, "the same name is replaced"


QUERIES = ["", "?scope=below", "?tab=approve", "?tab=judge", "?tab=asked", "?tab=done", "?kind=complaint", "?q=بیمه"]


@pytest.mark.parametrize("query", QUERIES)
def test_the_number_of_queries_does_not_grow(
    query: str,
    make_case: MakeCase,
    units: dict[str, Unit],
    mina: Actor,
    hadi: Actor,
    reza: Actor,
    as_reza: Client,
    now: datetime,
) -> None:
    def grow(many: int) -> None:
        for _ in range(many):
            waiting, asked, done = make_case(), make_case(), make_case()
            submit(answer=draft(case=waiting, words=said(waiting), by=mina, now=now), by=mina, now=now)
            duty = refer(case=asked, to=units["karaj"], task="", length=None, by=mina, now=now)
            reply(case=asked, duty=duty, text="سابقه", by=hadi, now=now)
            answer_at_once(case=done, words=said(done), how="phone", by=reza, now=now)

    def queries() -> int:
        as_reza.get(f"/staff/{query}")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert as_reza.get(f"/staff/{query}").context["shown"].rows
        return len(captured)

    grow(2)
    few = queries()
    grow(28)
    many = queries()
    # A first page that is full does not ask for what has no date.
    assert many <= few <= many + 1
    # Session, person and posts are three.
    assert few <= 3 + 5


def test_the_list_alone_comes_by_htmx(case: Case, as_mina: Client) -> None:
    page: Any = as_mina.get("/staff/?kind=complaint", headers={"HX-Request": "true", "HX-Target": "cartable"})
    assert page.content.decode().strip().startswith('<div id="cartable"')


def test_a_duty_of_another_kind_is_named(
    units: dict[str, Unit], case: Case, mina: Actor, as_hadi: Client, now: datetime
) -> None:
    open_duty(kind="referral", about=case.code, unit=units["karaj"], by=mina, now=now, term=Term(fixed=now))
    assert as_hadi.get("/staff/").context["shown"].rows[0].badge == "ارجاع"


def test_search_and_work_on_many_cases_are_one_step_from_every_page(as_mina: Client) -> None:
    page = as_mina.get("/staff/me/").content.decode()
    for address in ("/staff/search/", "/staff/bulk/", "/staff/campaigns/"):
        assert f'href="{address}"' in page
