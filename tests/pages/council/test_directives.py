"""Pages of directives: registering, reading, carrying out, confirming; what is refused, and who sees nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.directives.actions_work import report
from takrim.directives.models import ClauseKind, Demand, Directive, Reading, State
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor
from takrim.web.sheets import _tame
from tests.directives import MakeDirective, letter, once, owed
from tests.people import NOW, Hire, SignIn

HERE = "/council/directives/"
PAPER = {
    "source": "incoming",
    "issuer": "وزارت کشور",
    "number": "۱۲۰۴/ت",
    "dated": "1405/08/20",
    "subject": "پاسخگویی تلفنی",
    "text": "همه ادارات تلفن گویا راه‌اندازی کنند.",
}
CLAUSE = {"text": "تلفن گویا نصب شود", "kind": "once", "length": "۱۰ روز کاری", "counties": "on", "days_after": "0"}


@pytest.fixture(autouse=True)
def _the_clock_stands(pages_at_now: object) -> None:
    """Due dates are read against the moment at which the directives of the tests came in."""


@pytest.fixture
def as_leila(sign_in: SignIn, leila: Actor) -> Client:
    return sign_in(leila)


@pytest.fixture
def as_reza(sign_in: SignIn, reza: Actor) -> Client:
    return sign_in(reza)


def test_the_secretary_registers_writes_clauses_and_issues(as_leila: Client) -> None:
    page = as_leila.post(f"{HERE}new/", {**PAPER, "files": SimpleUploadedFile("letter.txt", b"signed")}, follow=True)
    directive = Directive.objects.get()
    assert "ثبت شد" in page.text
    assert as_leila.post(f"{HERE}{directive.pk}/clauses/new/", CLAUSE).status_code == 302
    assert "همه ادارات شهرستان البرز" in as_leila.get(f"{HERE}{directive.pk}/clauses/").text
    page = as_leila.post(f"{HERE}{directive.pk}/issue/", follow=True)
    assert "نظرآباد" in page.text
    assert "خوانده‌نشده" in page.text
    directive.refresh_from_db()
    assert directive.state == State.ISSUED


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"issuer": ""}, "بنویسید کدام دستگاه"),
        ({"source": "internal", "text": ""}, "متن بخشنامه را بنویسید"),
        ({"dated": "1405/13/01"}, "1405/13/01"),
        ({"dated": "1406/01/05"}, "در آینده است"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    as_leila: Client, changes: dict[str, str], sentence: str
) -> None:
    page = as_leila.post(f"{HERE}new/", {**PAPER, **changes})
    assert page.status_code == 422
    assert sentence in page.text
    assert "پاسخگویی تلفنی" in page.text
    assert not Directive.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"length": ""}, "مهلت را بگویید"),
        ({"counties": ""}, "دست‌کم یک اداره"),
        ({"length": "زود"}, "۱۰ روز کاری"),
        ({"kind": "periodic", "length": ""}, "دوره تکرار بند"),
    ],
)
def test_a_clause_that_is_unclear_is_sent_back(
    as_leila: Client,
    make_directive: MakeDirective,
    changes: dict[str, str],
    sentence: str,
) -> None:
    directive = make_directive(issued=False)
    page = as_leila.post(f"{HERE}{directive.pk}/clauses/new/", {**CLAUSE, **changes})
    assert page.status_code == 422
    assert sentence in page.text
    assert "تلفن گویا نصب شود" in page.text


def test_the_head_reads_plans_and_reports_and_the_secretary_confirms(
    as_reza: Client,
    as_leila: Client,
    make_directive: MakeDirective,
) -> None:
    directive = make_directive()
    assert "هنوز خوانده نشده" in as_reza.get("/council/").text
    assert "خواندم" in as_reza.get(f"{HERE}{directive.pk}/").text
    as_reza.post(f"{HERE}{directive.pk}/read/")
    assert Reading.objects.get(unit_path="ir/alborz/nazarabad/").read_by_name == "رضا کریمی"
    address = f"{HERE}clauses/{owed(directive, 'nazarabad').pk}/"
    plan = {"text": "تابلو می‌سازیم", "step_1": "سفارش", "day_1": "1405/09/10", "who_1": "مینا رضایی"}
    assert as_reza.post(f"{address}plan/", plan).status_code == 302
    assert as_reza.post(f"{address}steps/1/").status_code == 302
    proof = SimpleUploadedFile("عکس.txt", b"here it hangs")
    assert as_reza.post(f"{address}report/", {"text": "نصب شد", "files": proof}).status_code == 302
    assert "نظرآباد" in as_leila.get(f"{HERE}judge/").text
    assert "در انتظار تأیید" in as_leila.get("/council/").text
    page = as_leila.get(address).text
    assert "نصب شد" in page
    assert "عکس.txt" in page
    refused = as_leila.post(f"{address}return/", {"why": ""})
    assert refused.status_code == 422
    as_leila.post(f"{address}return/", {"why": "تاریخ ندارد"})
    assert "تاریخ ندارد" in as_reza.get(address).text
    as_reza.post(f"{address}report/", {"text": "با تاریخ"})
    as_leila.post(f"{address}confirm/")
    assert "محقق‌شده" in as_reza.get(address).text


def test_an_empty_plan_and_an_unproven_report_come_back_with_their_words(
    as_reza: Client,
    make_directive: MakeDirective,
) -> None:
    address = f"{HERE}clauses/{owed(make_directive(), 'nazarabad').pk}/"
    page = as_reza.post(f"{address}plan/", {"text": "می‌سازیم", "step_1": "سفارش"})
    assert page.status_code == 422
    assert "هر گام شرح" in page.text
    page = as_reza.post(f"{address}report/", {"text": "نصب کردیم"})
    assert page.status_code == 422
    assert "دست‌کم یک فایل" in page.text
    assert "نصب کردیم" in page.text


def test_strangers_find_nothing(
    make_directive: MakeDirective,
    sign_in: SignIn,
    omid: Actor,
    hadi: Actor,
    leila: Actor,
) -> None:
    directive = make_directive()
    demand = owed(directive, "nazarabad")
    stranger, neighbour = sign_in(omid), sign_in(hadi)
    for address in ("", "clauses/", "readers/", "matrix/", "matrix.csv", "matrix.xlsx", "versions/", "history/"):
        assert stranger.get(f"{HERE}{directive.pk}/{address}").status_code == 404
    assert stranger.get(f"{HERE}clauses/{demand.pk}/").status_code == 404
    assert neighbour.get(f"{HERE}clauses/{demand.pk}/").status_code == 404
    assert "نظرآباد" not in neighbour.get(f"{HERE}{directive.pk}/matrix/").text
    assert directive.subject not in stranger.get(HERE).text


def test_a_file_is_given_only_to_who_sees_what_it_proves(
    make_directive: MakeDirective,
    sign_in: SignIn,
    as_leila: Client,
    mina: Actor,
    hadi: Actor,
    now: Any,
) -> None:
    demand = owed(make_directive(), "nazarabad")
    report(demand=demand, text="نصب شد", uploads=[letter()], by=mina, now=now)
    from takrim.evidence.models import Evidence

    address = f"{HERE}files/{Evidence.objects.get().pk}/"
    for client in (as_leila, sign_in(mina)):
        page = client.get(address)
        assert b"".join(page) == b"installed on 3 Azar"
        # Not page.close(): that would close the test's database connection as well.
        if opened := getattr(page, "file_to_stream", None):
            opened.close()
    assert sign_in(hadi).get(address).status_code == 404


def test_lists_and_matrix_ask_the_same_whatever_their_length(
    as_leila: Client,
    make_directive: MakeDirective,
    django_assert_num_queries: Any,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert as_leila.get(address).status_code == 200
        return len(found)

    first = make_directive(once(), number="1")
    addresses = (HERE, f"{HERE}{first.pk}/matrix/", f"{HERE}judge/", f"{HERE}mine/", f"{HERE}{first.pk}/readers/")
    for address in addresses:
        asked(address)
    few = {address: asked(address) for address in addresses}
    big = make_directive(*[once()] * 4, once(kind=ClauseKind.PERIODIC, length="", every="month"), number="2")
    for number in range(3, 9):
        make_directive(number=str(number))
    many = {address: asked(address) for address in addresses}
    assert many == few
    assert asked(f"{HERE}{big.pk}/matrix/") == few[f"{HERE}{first.pk}/matrix/"]


def test_the_matrix_says_each_state_in_a_word_and_as_files(
    as_leila: Client,
    make_directive: MakeDirective,
    reza: Actor,
) -> None:
    directive = make_directive(once(), once(kind=ClauseKind.ALWAYS, length=""))
    Duty.objects.filter(about=owed(directive, "karaj").code).update(
        due_at=NOW - timedelta(days=1), opened_at=NOW - timedelta(days=9)
    )
    page = as_leila.get(f"{HERE}{directive.pk}/matrix/").text
    assert "دیرکرد" in page
    assert "خوانده‌نشده" in page
    written = as_leila.get(f"{HERE}{directive.pk}/matrix.csv")
    text = written.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("اداره,پست,تاریخ خواندن,خواننده,بند ۱,بند ۲")
    assert len(text.splitlines()) == 3
    book = as_leila.get(f"{HERE}{directive.pk}/matrix.xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert 'rightToLeft="1"' in archive.read("xl/worksheets/sheet1.xml").decode()
        assert "نظرآباد" in archive.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("text", ["=1+1", "+98", "-5", "@x", "\tx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert _tame(text) == f"'{text}"


def test_a_changed_directive_is_compared_with_what_it_was(
    as_leila: Client,
    make_directive: MakeDirective,
) -> None:
    directive = make_directive()
    words = {
        **PAPER,
        "number": directive.number,
        "text": "همه ادارات تلفن گویا و درگاه راه‌اندازی کنند.",
        "version": "1",
    }
    refused = as_leila.post(f"{HERE}{directive.pk}/edit/", words)
    assert refused.status_code == 422
    assert as_leila.post(f"{HERE}{directive.pk}/edit/", {**words, "why": "افزودن درگاه"}).status_code == 302
    page = as_leila.get(f"{HERE}{directive.pk}/versions/").text
    assert "<ins>" in page
    assert "افزودن درگاه" in page
    assert Reading.objects.unread().filter(directive=directive, version=2).count() == 2


def test_it_is_found_by_its_words_and_filtered(
    as_leila: Client,
    make_directive: MakeDirective,
) -> None:
    make_directive()
    assert "نصب راهنمای مراجعان" in as_leila.get(f"{HERE}?q=راهنماي مراجعان").text
    assert "بخشنامه‌ای پیدا نشد" in as_leila.get(f"{HERE}?q=دوربین").text
    assert "نصب راهنمای مراجعان" in as_leila.get(f"{HERE}?state=issued&source=incoming").text
    assert "بخشنامه‌ای پیدا نشد" in as_leila.get(f"{HERE}?state=cancelled").text
    assert as_leila.get(f"{HERE}?after=nonsense&state=nonsense").status_code == 200


def test_it_supersedes_an_earlier_one_and_both_say_so(
    as_leila: Client,
    make_directive: MakeDirective,
) -> None:
    older, newer = make_directive(number="1"), make_directive(number="2", subject="متن تازه", issued=False)
    page = as_leila.post(f"{HERE}{newer.pk}/relate/", {"how": "supersedes", "older": older.pk}, follow=True)
    assert "جایگزینِ" in page.text
    as_leila.post(f"{HERE}{newer.pk}/issue/")
    assert "جایگزین‌شده با" in as_leila.get(f"{HERE}{older.pk}/").text
    assert Demand.objects.filter(directive=older, duty__settled_at=None).count() == 0


def test_it_is_cancelled_on_a_page_that_asks_why(
    as_leila: Client,
    make_directive: MakeDirective,
) -> None:
    directive = make_directive()
    assert as_leila.post(f"{HERE}{directive.pk}/cancel/", {"why": ""}).status_code == 422
    as_leila.post(f"{HERE}{directive.pk}/cancel/", {"why": "تکراری بود"})
    assert "تکراری بود" in as_leila.get(f"{HERE}{directive.pk}/").text


def test_in_english_no_word_is_missing(as_leila: Client, make_directive: MakeDirective) -> None:
    directive = make_directive()
    as_leila.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for address in ("", "clauses/", "readers/", "matrix/", "versions/", "history/"):
        page = as_leila.get(f"{HERE}{directive.pk}/{address}")
        assert page.status_code == 200
        assert "Directives" in page.text


def test_one_of_the_ministry_is_followed_until_each_county_office_has_proven_it(
    make_directive: MakeDirective, tara: Actor, hire: Hire, sign_in: SignIn
) -> None:
    directive, as_tara = make_directive(by=tara), sign_in(tara)
    matrix = f"{HERE}{directive.pk}/matrix.csv"
    for done, unit in enumerate(("karaj", "nazarabad", "kahak"), 1):
        head = sign_in(hire(f"head_{unit}", f"رئیس {unit}", "head", unit))
        assert "خواندم" in head.get(f"{HERE}{directive.pk}/").text
        head.post(f"{HERE}{directive.pk}/read/")
        address = f"{HERE}clauses/{owed(directive, unit).pk}/"
        proof = SimpleUploadedFile("proof.txt", unit.encode())
        assert head.post(f"{address}report/", {"text": "انجام شد", "files": proof}).status_code == 302
        assert as_tara.post(f"{address}confirm/").status_code == 302
        assert as_tara.get(matrix).content.decode().count("محقق‌شده") == done
    directive.refresh_from_db()
    assert directive.state == State.CARRIED_OUT
    assert "اجراشده" in as_tara.get(f"{HERE}{directive.pk}/").text
