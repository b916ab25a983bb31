"""The pages of minutes: written field by field, read, signed, issued, printed."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from takrim.councils.actions_minutes import keep_passage
from takrim.councils.actions_sealing import issue, seal, show_minutes, sign
from takrim.councils.adoption import Adopted
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Invitation, Meeting
from takrim.councils.models_minutes import Comment, DraftDecision, Erratum, Minutes, OtherText, Passage
from takrim.councils.passages import of_decision, of_item
from takrim.orgs.actor import Actor
from tests.people import NOW, SignIn
from tests.tagged import heads_of_tables

pytestmark = pytest.mark.usefixtures("pages_at_now")


@pytest.fixture
def address(meeting: Meeting) -> str:
    return f"/council/meetings/{meeting.code}/minutes/"


@pytest.fixture
def browser(sign_in: SignIn, laleh: Actor) -> Client:
    """Laleh's."""
    return sign_in(laleh)


@pytest.fixture
def sealed(closed: Minutes, laleh: Actor) -> Minutes:
    return seal(minutes=closed, by=laleh, now=NOW)


@pytest.fixture
def issued(sealed: Minutes, laleh: Actor, nima: Actor, reza: Actor, handed: list[Adopted]) -> Minutes:
    for actor in (nima, laleh, reza):
        sign(minutes=sealed, seen=sealed.hash, by=actor, now=NOW)
    return issue(minutes=sealed, anyway="", by=laleh, now=NOW)


def _form(minutes: Minutes, **fields: object) -> dict[str, object]:
    """The form as the page sends it: each field with the version it was written on."""
    rows = {row.name: row for row in minutes.passages.all()}
    sent: dict[str, object] = {}
    for name, row in rows.items():
        sent |= {f"text:{name}": row.text.split() if name.endswith(("doers", "rights")) else row.text}
        sent |= {f"seen:{name}": row.version}
    return {**sent, **fields}


def test_what_waits_in_a_browser_is_kept_for_one_person(
    minutes: Minutes, address: str, browser: Client, laleh: Actor
) -> None:
    """At a shared computer the next writer does not send a colleague's words as their own."""
    assert f'data-live-form="{minutes.meeting.code}:{laleh.person_id}"' in browser.get(address).text


def test_the_secretary_begins_and_writes_without_javascript(
    browser: Client, item: AgendaItem, address: str, meeting: Meeting
) -> None:
    assert browser.get(address).status_code == 200
    browser.post(f"{address}begin/")
    name = of_item(item.pk)
    sent = {f"text:{name}": "خلاصه مذاکرات", f"seen:{name}": "0", "text:closing": "", "seen:closing": "0"}
    assert browser.post(f"{address}save/", {**sent, "do": f"add:{item.pk}"}).status_code == 302
    assert Passage.objects.get(name=name).text == "خلاصه مذاکرات"
    decision = DraftDecision.objects.get()
    page = browser.get(address)
    assert f'name="text:{of_decision(decision.pk, "doers")}"' in page.text
    assert "خلاصه مذاکرات" in page.text


def test_what_cannot_be_kept_costs_nothing_that_was_typed(browser: Client, minutes: Minutes, address: str) -> None:
    sent = {"text:closing": "واپسین", "seen:closing": "0", "text:item:999:summary": "گم", "seen:item:999:summary": "0"}
    page = browser.post(f"{address}save/", sent)
    assert page.status_code == 422
    assert Passage.objects.get(name="closing").text == "واپسین"


def test_a_decision_is_dropped_and_an_item_carried_over(
    browser: Client, minutes: Minutes, decision: DraftDecision, item: AgendaItem, address: str
) -> None:
    browser.post(f"{address}save/", _form(minutes, do=f"drop:{decision.pk}"))
    assert DraftDecision.objects.get().dropped_at == NOW
    browser.post(f"{address}save/", _form(minutes, do=f"carry:{item.pk}", **{f"carry:{item.pk}": "وقت نبود."}))
    assert AgendaItem.objects.get(carried_from=item).carried_why == "وقت نبود."


def test_a_dissent_is_noted_and_taken_back(
    browser: Client, minutes: Minutes, decision: DraftDecision, address: str, reza: Actor
) -> None:
    seat = Invitation.objects.get(meeting=minutes.meeting, person_id=reza.person_id)
    more = {f"dissenter:{decision.pk}": seat.pk, f"dissent:{decision.pk}": "مهلت کوتاه است."}
    browser.post(f"{address}save/", _form(minutes, do=f"dissent:{decision.pk}", **more))
    dissent = decision.dissents.get()
    assert "مهلت کوتاه است." in browser.get(address).text
    browser.post(f"{address}save/", _form(minutes, do=f"agree:{dissent.pk}"))
    assert decision.dissents.count() == 0


def test_votes_are_noted_where_the_body_votes(
    browser: Client, minutes: Minutes, decision: DraftDecision, address: str
) -> None:
    body = minutes.meeting.body
    type(body).objects.filter(pk=body.pk).update(votes=True)
    said = {f"vote:{decision.pk}:{row.pk}": "for" for row in Invitation.objects.filter(meeting=minutes.meeting).here()}
    browser.post(f"{address}save/", _form(minutes, do=f"vote:{decision.pk}", **said))
    assert decision.votes.count() == 3
    assert browser.get(address).status_code == 200


def _keep(browser: Client, address: str, **sent: object) -> dict[str, object]:
    said: dict[str, object] = browser.post(f"{address}keep/", sent).json()
    return said


def test_a_field_is_kept_while_it_is_typed(browser: Client, minutes: Minutes, address: str) -> None:
    said = _keep(browser, address, name="closing", text="الف", seen=0, base="")
    assert (said["text"], said["version"], said["beside"]) == ("الف", 1, "")
    assert "refused" in _keep(browser, address, name="nothing", text="الف", seen=0, base="")


def test_two_texts_are_both_shown_and_one_is_chosen(
    browser: Client, minutes: Minutes, address: str, nima: Actor
) -> None:
    keep_passage(minutes=minutes, name="closing", text="از نیما", seen=0, by=nima, now=NOW)
    said = _keep(browser, address, name="closing", text="از لاله", seen=0, base="")
    assert said["text"] == "از نیما"
    assert "از لاله" in str(said["beside"])
    assert "از لاله" in browser.get(address).text
    other = OtherText.objects.get()
    browser.post(f"{address}save/", _form(minutes, do=f"settle:{other.pk}:both"))
    assert Passage.objects.get(name="closing").text == "از نیما\nاز لاله"


def test_a_day_that_is_none_is_kept_and_said(
    browser: Client, minutes: Minutes, decision: DraftDecision, address: str
) -> None:
    said = _keep(browser, address, name=of_decision(decision.pk, "due"), text="فردا", seen=1, base="1405/10/01")
    assert (said["text"], bool(said["fault"])) == ("فردا", True)
    assert str(said["fault"]) in browser.get(address).text


def test_an_open_page_hears_of_the_others(browser: Client, minutes: Minutes, address: str, nima: Actor) -> None:
    keep_passage(minutes=minutes, name="closing", text="از نیما", seen=0, by=nima, now=NOW)
    news = browser.get(f"{address}news/", {"since": NOW.isoformat()}).json()
    assert news["fields"]["closing"]["text"] == "از نیما"
    assert news["shape"] == browser.get(address).context["shape"]
    assert browser.get(f"{address}news/", {"since": "never"}).json()["fields"] == {}


def test_a_draft_is_for_who_was_there(
    sign_in: SignIn, closed: Minutes, address: str, laleh: Actor, reza: Actor, hadi: Actor
) -> None:
    assert "خلاصه" not in sign_in(reza).get(address).text
    show_minutes(minutes=closed, by=laleh, now=NOW)
    page = sign_in(reza).get(address)
    assert "شناسنامه خدمت بیمه بیکاری" in page.text
    assert "شناسنامه خدمت بیمه بیکاری" not in sign_in(hadi).get(address).text


def test_comments_are_sent_and_replied_to(
    sign_in: SignIn, browser: Client, closed: Minutes, address: str, laleh: Actor, reza: Actor, item: AgendaItem
) -> None:
    show_minutes(minutes=closed, by=laleh, now=NOW)
    member = sign_in(reza)
    assert member.post(f"{address}comments/", {"item": "", "text": " "}).status_code == 422
    member.post(f"{address}comments/", {"item": item.pk, "text": "هشت اداره بود."})
    said = Comment.objects.get()
    assert "هشت اداره بود." in browser.get(address).text
    browser.post(f"{address}comments/{said.pk}/", {"reply": "اصلاح شد."})
    assert "اصلاح شد." in member.get(address).text


def test_what_is_missing_is_listed_and_nothing_is_lost(
    browser: Client, closed: Minutes, decision: DraftDecision, address: str
) -> None:
    name = of_decision(decision.pk, "proof")
    page = browser.post(
        f"{address}save/", _form(closed, do="seal", **{f"text:{name}": "", "text:closing": "پایان", "seen:closing": 0})
    )
    assert page.status_code == 422
    assert "پایان" in page.text
    closed.refresh_from_db()
    assert closed.sealed_at is None


def test_from_the_seal_to_issued_minutes(
    sign_in: SignIn,
    browser: Client,
    closed: Minutes,
    address: str,
    nima: Actor,
    laleh: Actor,
    reza: Actor,
    handed: list[Adopted],
) -> None:
    assert browser.post(f"{address}save/", _form(closed, do="seal")).status_code == 302
    closed.refresh_from_db()
    assert closed.hash in sign_in(reza).get(address).text
    assert sign_in(reza).post(f"{address}sign/", {"hash": "0" * 64}).status_code == 409
    for actor in (nima, laleh):
        sign_in(actor).post(f"{address}sign/", {"hash": closed.hash})
    refused = browser.post(f"{address}issue/", {"anyway": ""})
    assert refused.status_code == 422
    assert "رضا کریمی" in refused.text
    sign_in(reza).post(f"{address}sign/", {"hash": closed.hash})
    assert browser.post(f"{address}issue/").status_code == 302
    assert len(handed) == 1
    assert browser.get(address).status_code == 200


def test_sealed_minutes_are_taken_back(browser: Client, sealed: Minutes, address: str) -> None:
    browser.post(f"{address}back/")
    sealed.refresh_from_db()
    assert (sealed.sealed_at, sealed.hash) == (None, "")


def test_an_erratum_is_written_and_signed(
    sign_in: SignIn, browser: Client, issued: Minutes, address: str, nima: Actor
) -> None:
    assert browser.post(f"{address}errata/", {"wrong": "هفت", "right": "", "why": ""}).status_code == 422
    browser.post(f"{address}errata/", {"wrong": "هفت", "right": "هشت", "why": "شمارش"})
    erratum = Erratum.objects.get()
    assert erratum.hash in sign_in(nima).get(address).text
    sign_in(nima).post(f"{address}errata/{erratum.pk}/", {"hash": erratum.hash})
    erratum.refresh_from_db()
    assert erratum.signed_name == "نیما احمدی"
    page = Client().get("/verify/", {"number": issued.number, "fingerprint": issued.hash})
    assert page.context["issued"].corrected_at == NOW


def test_anybody_with_the_paper_can_check_it(issued: Minutes) -> None:
    page = Client().get("/verify/", {"number": issued.number, "fingerprint": issued.hash[:16]})
    assert page.status_code == 200
    assert "کمیته صیانت" in page.text
    assert "شناسنامه خدمت بیمه بیکاری" not in page.text
    assert Client().get("/verify/", {"number": "9/ص/1405", "fingerprint": issued.hash[:16]}).status_code == 422


def test_the_exact_bytes_have_the_hash_that_is_signed(browser: Client, sealed: Minutes, address: str) -> None:
    answer = browser.get(f"{address}minutes.json")
    assert hashlib.sha256(answer.content).hexdigest() == sealed.hash
    assert json.loads(answer.content)["number"] == sealed.number


def test_the_word_file_says_all(browser: Client, issued: Minutes, address: str) -> None:
    document = Document(io.BytesIO(browser.get(f"{address}minutes.docx").content))
    tables = ["|".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    assert any("شناسنامه خدمت بیمه بیکاری" in row and "۱ دی ۱۴۰۵" in row for row in tables)
    assert any("لاله رستمی" in row for row in tables)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert issued.number in text
    assert "هادی موسوی" in text
    assert len(document.inline_shapes) == 1
    assert "{" not in text


def test_the_pdf_says_all_in_order(browser: Client, issued: Minutes, address: str) -> None:
    answer = browser.get(f"{address}minutes.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    text = "".join(page.extract_text() for page in reader.pages).replace("\u200c", "")
    said = ["حاضران", "نیما احمدی", "غایب", "هادی موسوی", "دستور جلسه", "مصوبات", "بیمه بیکاری", "امضاها"]
    places = [text.index(word) for word in said]
    assert places == sorted(places)
    facts, *grids = heads_of_tables(answer.content)
    assert facts.rows
    assert not facts.columns
    assert all(grid.columns and not grid.rows for grid in grids)
    assert not any(table.without_scope for table in (facts, *grids))


@pytest.mark.parametrize("paper", ["minutes.pdf", "minutes.docx", "minutes.json"])
def test_a_draft_is_no_paper_and_strangers_find_none(
    sign_in: SignIn, browser: Client, minutes: Minutes, address: str, omid: Actor, paper: str
) -> None:
    assert browser.get(f"{address}{paper}").status_code == 404
    assert sign_in(omid).get(f"{address}{paper}").status_code == 404


def test_strangers_find_no_minutes(sign_in: SignIn, issued: Minutes, address: str, omid: Actor) -> None:
    assert sign_in(omid).get(address).status_code == 404
    assert sign_in(omid).post(f"{address}sign/", {"hash": issued.hash}).status_code == 404
