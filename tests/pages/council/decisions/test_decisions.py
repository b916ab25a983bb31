"""Pages of decisions: the lists, the page of one, its steps; who sees which, and how many questions each asks."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.councils.models import Body, Role
from takrim.decisions.actions_confirm import confirm
from takrim.decisions.actions_do import report
from takrim.decisions.actions_links import link, open_case
from takrim.decisions.links import Target
from takrim.decisions.models import Decision, Report, Share, State
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.deciding import TEXT, Decide, Seat, part
from tests.people import Hire, MakeCase, SignIn

DAY = timedelta(days=1)
REGISTER = "/council/decisions/"
DONE = "تابلو در ۲۴ آبان نصب شد."


@pytest.fixture(autouse=True)
def _the_clock_stands(pages_at_now: object) -> None:
    """Due dates are read against the moment of the tests."""


def page_of(decision: Decision) -> str:
    return f"{REGISTER}{decision.code}/"


def texts(client: Client, query: str = "") -> str:
    response = client.get(f"{REGISTER}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_register_shows_what_who_until_when(decide: Decide, sign_in: SignIn, nima: Actor) -> None:
    decision = decide("nazarabad", "karaj")
    page = texts(sign_in(nima))
    for words in (TEXT, "کمیتهٔ صیانت", "نظرآباد، کرج", "ابلاغ‌شده", "۳۰ روز مانده", page_of(decision)):
        assert words in page
    assert "True" not in page


def test_strangers_find_nothing(decision: Decision, sign_in: SignIn, omid: Actor, hadi: Actor) -> None:
    for stranger in (omid, hadi):
        client = sign_in(stranger)
        assert TEXT not in texts(client)
        for more in ("", "counted/1/", "files/1/"):
            assert client.get(page_of(decision) + more).status_code == 404
        assert client.post(f"{page_of(decision)}1/report/", {"text": DONE}).status_code == 404
        assert TEXT not in client.get("/council/decisions/mine/").content.decode()
        assert TEXT not in client.get(f"{REGISTER}export/csv/").content.decode()


def test_an_office_sees_what_it_carries_out_and_a_member_all_of_the_body(
    decide: Decide, committee: Body, sign_in: SignIn, mina: Actor, omid: Actor, seat: Seat
) -> None:
    decide("nazarabad", text="کار نظرآباد"), decide("karaj", text="کار کرج")
    page = texts(sign_in(mina))
    assert "کار نظرآباد" in page
    assert "کار کرج" not in page
    seat(committee, omid, Role.MEMBER)
    page = texts(sign_in(omid))
    assert "کار نظرآباد" in page
    assert "کار کرج" in page


def test_the_register_is_narrowed_down(
    decide: Decide, council: Body, sign_in: SignIn, nima: Actor, leila: Actor, mina: Actor, now: datetime
) -> None:
    decide("nazarabad", text="نصب تابلوها", due=(now - 9 * DAY).date(), at=now - 60 * DAY)
    other = decide("karaj", text="آموزش کارکنان")
    decide("kahak", text="قمی", body=council)
    link(decision=other, target=Target("right", "R05"), by=leila, now=now)
    report(share=part(decide("nazarabad", text="گزارش‌شده")), text=DONE, by=mina, now=now)
    client = sign_in(nima)

    def found(query: str) -> set[str]:
        page = texts(client, query)
        return {one for one in ("نصب تابلوها", "آموزش کارکنان", "گزارش‌شده", "قمی") if one in page.split("<tbody>")[-1]}

    assert found("") == {"نصب تابلوها", "آموزش کارکنان", "گزارش‌شده"}
    assert found("?unit=ir/alborz/karaj/") == {"آموزش کارکنان"}
    assert found("?time=late") == {"نصب تابلوها"}
    assert found("?state=reported") == {"گزارش‌شده"}
    assert found("?right=R05") == {"آموزش کارکنان"}
    assert found("?q=تابلو") == {"نصب تابلوها"}, "found by another form of the word"
    assert found("?q=کارمند+آموزش") == set()
    assert found("?month=1405-07") == {"نصب تابلوها"}
    assert found("?body=05000000011") == {"نصب تابلوها", "آموزش کارکنان", "گزارش‌شده"}
    assert found("?state=nonsense&unit=nowhere/&month=xx&before=zz") == {"نصب تابلوها", "آموزش کارکنان", "گزارش‌شده"}


def test_the_register_goes_on_page_after_page(decide: Decide, sign_in: SignIn, nima: Actor) -> None:
    for number in range(30):
        decide(text=f"مصوبه شماره {number:02}")
    client = sign_in(nima)
    first = client.get(REGISTER)
    second = client.get(REGISTER + first.context["next_url"])
    assert first.content.decode().count("<tr class=") == 25
    assert second.content.decode().count("<tr class=") == 5
    assert second.context["next_url"] == ""


def test_it_can_be_taken_along(decide: Decide, sign_in: SignIn, nima: Actor) -> None:
    decide("nazarabad", "karaj", text="=HYPERLINK(1)")
    client = sign_in(nima)
    listed = client.get(f"{REGISTER}export/csv/?state=issued")
    assert listed["Content-Type"].startswith("text/csv")
    rows = listed.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3, "a row for each office"
    assert "'=HYPERLINK(1)" in rows[1], "no spreadsheet takes it for a formula"
    assert "نظرآباد" in rows[1]
    book = client.get(f"{REGISTER}export/xlsx/")
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        assert "نظرآباد" in parts.read("xl/sharedStrings.xml").decode()
        assert 'rightToLeft="1"' in parts.read("xl/worksheets/sheet1.xml").decode()
    assert client.get(f"{REGISTER}export/exe/").status_code == 404


def test_an_office_reports_with_files_and_the_secretary_confirms(
    decision: Decision, sign_in: SignIn, mina: Actor, leila: Actor
) -> None:
    office, secretary = sign_in(mina), sign_in(leila)
    assert "گزارش اجرا" in office.get(page_of(decision)).content.decode()
    paper = SimpleUploadedFile("نامه.txt", "متن نامه".encode())
    sent = office.post(f"{page_of(decision)}1/report/", {"text": DONE, "papers": paper})
    assert (sent.status_code, sent["Location"]) == (302, f"{page_of(decision)}#part-1")
    written = Report.objects.get()
    queue = secretary.get("/council/decisions/confirm/")
    assert DONE in queue.content.decode()
    page = secretary.get(page_of(decision)).content.decode()
    address = page.split('href="/council/decisions/')[-1]
    assert "نامه.txt" in page
    assert address
    file = next(piece for piece in page.split('"') if "/files/" in piece)
    assert b"".join(secretary.get(file)).decode() == "متن نامه"
    done = secretary.post(f"{page_of(decision)}1/confirm/", {"back": "confirm"})
    assert done["Location"] == "/council/decisions/confirm/"
    written.refresh_from_db()
    decision.refresh_from_db()
    assert (decision.state, written.judged_by) == (State.FULFILLED, "لیلا کاظمی")


def test_what_was_typed_is_not_lost_when_something_is_wrong(
    decision: Decision, sign_in: SignIn, mina: Actor, leila: Actor, now: datetime
) -> None:
    office, secretary = sign_in(mina), sign_in(leila)
    empty = office.post(f"{page_of(decision)}1/report/", {"text": " "})
    assert empty.status_code == 422
    office.post(f"{page_of(decision)}1/report/", {"text": DONE})
    again = office.post(f"{page_of(decision)}1/report/", {"text": "دوباره"})
    assert again.status_code == 409
    late = secretary.post(f"{page_of(decision)}1/postpone/", {"due": "1405/12/01", "why": "اعتبار نرسید"})
    assert late.status_code == 409, "it was reported meanwhile"
    assert "اعتبار نرسید" in late.content.decode()
    empty = secretary.post(f"{page_of(decision)}1/return/", {"why": ""})
    assert empty.status_code == 422
    assert "دلیل را بنویسید" in empty.content.decode()
    sent = secretary.post(f"{page_of(decision)}1/return/", {"why": "عکس ندارد"})
    assert sent.status_code == 302
    wrong = secretary.post(f"{page_of(decision)}1/postpone/", {"due": "1405/01/01", "why": "اعتبار نرسید"})
    assert wrong.status_code == 422
    assert "اعتبار نرسید" in wrong.content.decode()


def test_the_doer_is_offered_no_confirmation(
    decide: Decide, sign_in: SignIn, leila: Actor, nasrin: Actor, now: datetime
) -> None:
    decision = decide("alborz")
    report(share=part(decision), text=DONE, by=leila, now=now)
    own = sign_in(leila).get(page_of(decision)).content.decode()
    assert "1/confirm/" not in own
    assert "دست داشته‌اید" in own
    assert sign_in(leila).post(f"{page_of(decision)}1/confirm/").status_code == 403
    assert "دست داشته‌اید" in sign_in(leila).get("/council/decisions/confirm/").content.decode()
    assert "1/confirm/" in sign_in(nasrin).get(page_of(decision)).content.decode()


def test_a_secretary_writes_a_decision_down(
    committee: Body, sign_in: SignIn, leila: Actor, decision: Decision, now: datetime
) -> None:
    client = sign_in(leila)
    assert "نظرآباد" in client.get("/council/decisions/new/").content.decode()
    typed = {
        "text": "انتشار جدول خدمات در درگاه",
        "units": ["ir/alborz/karaj/", "ir/alborz/nazarabad/"],
        "decided_on": "1405/09/03",
        "days": "۱۰",
        "proof": "نشانی صفحه",
        "rights": ["R03"],
        "relation": "continues",
        "earlier": decision.code,
    }
    done = client.post("/council/decisions/new/", typed)
    written = Decision.objects.exclude(pk=decision.pk).get()
    assert done["Location"] == page_of(written)
    assert written.shares.count() == 2
    assert written.shares.first().duty.length == "10 working days"
    assert sorted(written.links.values_list("kind", "relation")) == [("decision", "continues"), ("right", "about")]
    assert "ادامه‌یافته با" in client.get(page_of(decision)).content.decode()
    wrongs: list[dict[str, Any]] = [
        {"units": []},
        {"days": "10", "due": "1405/10/01"},
        {"decided_on": "1405/12/01"},
        {"relation": ""},
    ]
    for wrong in wrongs:
        refused = client.post("/council/decisions/new/", {**typed, **wrong})
        assert refused.status_code == 422
        assert "انتشار جدول خدمات در درگاه" in refused.content.decode()


def test_who_keeps_no_body_is_told_so(sign_in: SignIn, hire: Hire) -> None:
    page = sign_in(hire("maryam", "مریم", "secretary", "alborz")).get("/council/decisions/new/")
    assert "دبیر یا رئیس هیچ" in page.content.decode()


def test_the_secretary_adds_parts_cases_links_and_rights(
    decision: Decision, sign_in: SignIn, leila: Actor, make_case: MakeCase
) -> None:
    client, page = sign_in(leila), page_of(decision)
    case = make_case()
    assert client.post(f"{page}add/part/", {"unit": "کرج", "task": "طرح تابلو", "days": "5"}).status_code == 302
    more = {"unit": "کرج", "kind": "request", "subject": "تأمین", "text": "تابلو لازم است."}
    assert client.post(f"{page}add/case/", more).status_code == 302
    assert client.post(f"{page}add/link/", {"what": "case", "code": case.code}).status_code == 302
    assert client.post(f"{page}add/rights/", {"rights": ["R01", "R02"]}).status_code == 302
    shown = client.get(page).content.decode()
    for words in ("طرح تابلو", "تأمین", "هنوز پاسخ داده نشده", case.subject):
        assert words in shown
    bad = client.post(f"{page}add/link/", {"what": "case", "code": "123"})
    assert bad.status_code == 422
    lost = client.post(f"{page}add/link/", {"what": "repeats", "code": case.code})
    assert lost.status_code == 422
    drop = decision.links.get(code=case.code)
    assert client.post(f"{page}links/{drop.pk}/drop/").status_code == 302
    opened = decision.links.get(relation="opened")
    assert client.post(f"{page}links/{opened.pk}/drop/").status_code == 404
    assert client.post(f"{page}add/nonsense/").status_code == 404


def test_the_head_gives_it_to_a_colleague(decision: Decision, sign_in: SignIn, reza: Actor, mina: Actor) -> None:
    done = sign_in(reza).post(f"{page_of(decision)}1/assign/", {"post": str(mina.post_id)})
    assert done.status_code == 302
    assert Duty.objects.get(kind="decision").assignee_id == mina.post_id


def test_how_the_date_was_counted(decide: Decide, sign_in: SignIn, nima: Actor) -> None:
    decision = decide("nazarabad", due=None)
    client = sign_in(nima)
    page = client.get(f"{page_of(decision)}counted/1/").content.decode()
    assert "مهلت اجرای مصوبه" in page
    assert "۳۰ روز" in page
    assert client.get(f"{page_of(decision)}counted/7/").status_code == 404


def test_the_lists_of_an_office(
    decide: Decide, sign_in: SignIn, reza: Actor, mina: Actor, leila: Actor, now: datetime
) -> None:
    decide("nazarabad", text="برای اجرا")
    waiting, over = decide("nazarabad", text="گزارش‌شده"), decide("nazarabad", text="پایان‌یافته است")
    report(share=part(waiting), text=DONE, by=mina, now=now)
    report(share=part(over), text=DONE, by=mina, now=now)
    confirm(share=part(over), by=leila, now=now)
    client = sign_in(reza)

    def listed(query: str) -> list[str]:
        return [line.title for line in client.get(f"/council/decisions/mine/{query}").context["lines"]]

    assert listed("") == ["برای اجرا"]
    assert listed("?tab=reported") == ["گزارش‌شده"]
    assert listed("?tab=done") == ["پایان‌یافته است"]


def test_the_months_of_a_year(decide: Decide, sign_in: SignIn, nima: Actor, now: datetime) -> None:
    for _ in range(7):
        decide(at=now - 60 * DAY, due=now.date())
    decide()
    page = sign_in(nima).get("/council/decisions/months/")
    assert [(month.title, month.many, month.more) for month in page.context["months"]] == [
        ("آذر ۱۴۰۵", 1, 0),
        ("مهر ۱۴۰۵", 7, 2),
    ]
    assert "?month=1405-07" in page.content.decode()
    assert sign_in(nima).get("/council/decisions/months/?year=1399").context["months"] == []


def test_the_first_page_of_meetings_and_orders_names_them(
    decision: Decision, sign_in: SignIn, mina: Actor, leila: Actor, now: datetime
) -> None:
    assert page_of(decision) in sign_in(mina).get("/council/").content.decode()
    report(share=part(decision), text=DONE, by=mina, now=now)
    assert "گزارش‌های در انتظار تأیید: ۱" in sign_in(leila).get("/council/").content.decode()


def test_the_cartable_leads_to_the_decision(decision: Decision, sign_in: SignIn, mina: Actor) -> None:
    page = sign_in(mina).get("/staff/").content.decode()
    assert f'href="{page_of(decision)}"' in page
    assert "اجرای مصوبه" in page


def test_english_pages_have_no_persian_frame(decision: Decision, sign_in: SignIn, nima: Actor) -> None:
    client = sign_in(nima)
    client.cookies["language"] = "en"
    assert "Committee of citizens" in client.get(REGISTER).content.decode()
    assert "What was decided" in client.get(page_of(decision)).content.decode()


@pytest.mark.parametrize(
    "path", ["", "mine/?scope=below", "confirm/", "matrix/", "months/", "export/csv/", "?q=تابلو&time=late&right=R05"]
)
def test_the_number_of_queries_does_not_grow(
    decide: Decide, sign_in: SignIn, nima: Actor, mina: Actor, hadi: Actor, path: str, now: datetime
) -> None:
    client = sign_in(nima)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(REGISTER + path).status_code == 200
        return len(captured)

    def more() -> None:
        decide("nazarabad", "karaj", at=now - 60 * DAY, due=(now - DAY).date())
        report(share=part(decide("nazarabad", "karaj")), text=DONE, by=mina, now=now)

    more()
    queries()
    few = queries()
    for _ in range(6):
        more()
    assert queries() == few


def test_the_page_of_a_decision_asks_the_same_however_much_hangs_on_it(
    decide: Decide, units: dict[str, Unit], sign_in: SignIn, leila: Actor, mina: Actor, hadi: Actor, now: datetime
) -> None:
    client = sign_in(leila)

    def queries(decision: Decision) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page_of(decision)).status_code == 200
        return len(captured)

    small, large = decide("nazarabad"), decide("nazarabad", "karaj", "alborz", "nazarabad")
    for decision in (small, large):
        open_case(decision=decision, unit=units["karaj"], kind="request", subject="س", text="م", by=leila, now=now)
        link(
            decision=decision,
            target=Target("decision", (large if decision is small else small).code, "repeats"),
            by=leila,
            now=now,
        )
        report(share=part(decision), text=DONE, by=mina, now=now)
    report(share=part(large, 2), text=DONE, by=hadi, now=now)
    for _ in range(4):
        open_case(decision=large, unit=units["karaj"], kind="request", subject="س", text="م", by=leila, now=now)
        link(decision=large, target=Target("decision", decide().code, "repeats"), by=leila, now=now)
    queries(small)
    assert queries(large) == queries(small)
    assert Share.objects.filter(decision=large).count() == 4
