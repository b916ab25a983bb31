"""Similar cases, joined cases and campaigns on the pages of offices."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cases import bulk
from takrim.cases.actions_wordings import group_new
from takrim.cases.models import Case, State
from takrim.cases.models_together import Bulk
from takrim.channels.channel import Sender
from takrim.orgs.actor import system
from takrim.tasks.result import Context
from tests.domain.cases.test_merge import AGAIN, WAGE
from tests.domain.cases.test_wordings import LETTER
from tests.people import MakeCase


def test_similar_cases_are_offered_and_joined_with_one_press(make_case: MakeCase, as_mina: Client) -> None:
    first, second = make_case(text=WAGE), make_case(text=AGAIN)
    page = as_mina.get(f"/staff/cases/{second.code}/alike/")
    assert [other.code for other in page.context["found"]] == [first.code]
    assert f'name="original" value="{first.code}"' in page.content.decode()
    fragment = as_mina.get(f"/staff/cases/{first.code}/alike/", headers={"HX-Request": "true"}).content.decode()
    assert second.code in fragment
    assert "<html" not in fragment
    assert 'name="original"' not in fragment, "an earlier case is not joined to a later one"
    as_mina.post(f"/staff/cases/{second.code}/duplicate/", {"original": first.code, "version": "0"})
    second.refresh_from_db()
    assert second.original == first


def test_both_sides_of_a_merge_show_the_other_and_it_can_be_taken_back(make_case: MakeCase, as_mina: Client) -> None:
    first, second = make_case(text=WAGE), make_case(text=AGAIN)
    as_mina.post(f"/staff/cases/{second.code}/duplicate/", {"original": first.code, "version": "0"})
    assert f"/staff/cases/{first.code}/merged/" in as_mina.get(f"/staff/cases/{first.code}/").content.decode()
    for case, other in ((first, second), (second, first)):
        page = as_mina.get(f"/staff/cases/{case.code}/merged/")
        assert [row.case for row in page.context["rows"]] == [other]
        assert page.context["rows"][0].events
        assert other.text in page.content.decode()
    as_mina.post(f"/staff/cases/{second.code}/separate/", {"version": "0"})
    second.refresh_from_db()
    assert second.state == State.UNDER_REVIEW
    assert as_mina.get(f"/staff/cases/{second.code}/merged/").context["rows"] == []


def test_similar_cases_of_strangers_stay_unknown(make_case: MakeCase, as_omid: Client, as_hadi: Client) -> None:
    case = make_case(text=WAGE)
    make_case(text=AGAIN, unit="karaj")
    assert as_omid.get(f"/staff/cases/{case.code}/alike/").status_code == 404
    assert as_omid.get(f"/staff/cases/{case.code}/merged/").status_code == 404
    typed = {"text": AGAIN, "mobile": "09121234567", "unit": "ir/alborz/nazarabad/"}
    assert case.code not in as_hadi.post("/staff/new/alike/", typed).content.decode()


def test_while_a_case_is_written_down_similar_ones_are_shown(make_case: MakeCase, as_sara: Client) -> None:
    case = make_case(text=WAGE)
    typed = {"text": AGAIN, "mobile": "09121234567", "unit": "ir/alborz/nazarabad/"}
    assert case.code in as_sara.post("/staff/new/alike/", typed).content.decode()
    assert as_sara.post("/staff/new/alike/", {"text": " "}).content.decode().strip() == ""
    without_script = as_sara.post("/staff/new/", {**typed, "look": "1"}).content.decode()
    assert case.code in without_script


def test_one_answer_to_a_campaign_is_an_answer_to_each(make_case: MakeCase, as_reza: Client, now: datetime) -> None:
    senders = [Sender(name=f"کارگر {n}", mobile=f"0912000000{n}") for n in range(3)]
    cases = [make_case(text=LETTER.format(name=sender.name), sender=sender) for sender in senders]
    group_new(by=system("test"), now=now, limit=10)
    page = as_reza.get("/staff/campaigns/")
    (row,) = page.context["rows"]
    assert (row.group.letters, row.group.open) == (3, 3)
    address = f"/staff/bulk/?campaign={row.group.id}&do=answer"
    assert [line.code for line in as_reza.get(address).context["lines"]] == [case.code for case in cases]
    words = {"text": "کارفرما حق بیمه را واریز کرد.", "reason": "بازرسی شد.", "next_step": "فیش را در سامانه ببینید."}
    as_reza.post(address, {"outcome": "upheld", "all": "1", **words})
    bulk.run.func(Context(None), Bulk.objects.get().pk, now=now)
    assert Case.objects.filter(state=State.APPROVED).count() == 3
    assert as_reza.get("/staff/campaigns/").context["rows"][0].group.open == 0


def test_a_campaign_is_counted_as_far_as_one_reaches(
    make_case: MakeCase, as_reza: Client, as_nima: Client, as_omid: Client, now: datetime
) -> None:
    for unit in ("nazarabad", "karaj", "karaj"):
        make_case(text=LETTER.format(name="کسی"), unit=unit)
    group_new(by=system("test"), now=now, limit=10)
    assert [row.group.letters for row in as_nima.get("/staff/campaigns/").context["rows"]] == [3]
    assert as_reza.get("/staff/campaigns/").context["rows"] == [], "one letter is no campaign"
    assert as_omid.get("/staff/campaigns/").context["rows"] == []
    assert as_omid.get("/staff/bulk/?campaign=1").context["lines"] == []
    assert as_nima.get("/staff/bulk/?campaign=x").context["lines"] == []


def test_more_campaigns_take_no_more_queries(make_case: MakeCase, as_reza: Client, now: datetime) -> None:
    def grown(start: int) -> int:
        for number in range(start, start + 3):
            for _ in range(2):
                words = " ".join(f"کلمه{number}{place}" for place in range(15))
                make_case(text=words)
        group_new(by=system("test"), now=now, limit=50)
        with CaptureQueriesContext(connection) as asked:
            as_reza.get("/staff/campaigns/")
        return len(asked)

    as_reza.get("/staff/campaigns/")
    assert grown(0) == grown(3)
