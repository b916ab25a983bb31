"""A complaint about the head of an office: he never finds it, wherever he looks; the level above answers it."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import expect

from tests.stories import filing
from tests.stories.conftest import Meet
from tests.stories.filing import Receipt, answers_at_once, opens
from tests.stories.visitor import PHONE, WINDOWS, Visitor
from tests.trust.test_matrix import ADDRESSES, filled

# A word that stands in no other case, and the words beside it, which no page may show him.
WORD, SUBJECT, REST = "زنجموره", "رفتار رئیس اداره با ارباب رجوع", "جلوی همه بر سرم داد زد و پرونده را پرت کرد"
ANSWERS = {
    ("fa", 1366): "از رفتار رئیس اداره پوزش می‌خواهیم؛ تذکر کتبی در پروندهٔ او درج شد.",
    ("fa", 390): "با رئیس اداره گفت‌وگو شد و تعهد کتبی داد که تکرار نشود.",
    ("en", 1366): "شکایت شما وارد بود و به رئیس اداره اخطار داده شد.",
    ("en", 390): "بازرس استان گفتهٔ شما را درست یافت؛ کارتان را نیز خود انجام دادیم.",
}
REASON = "دو شاهد و دفتر مراجعان همان روز گفتهٔ شما را تأیید می‌کنند."
NEXT = "اگر دوباره پیش آمد با شماره ۱۱۱ یا همین سامانه بگویید."
# Where numbers stand that would give it away.
COUNTED = {
    "/staff/": ".count, .tabs",
    "/staff/office/": ".stat-value, td",
    "/figures/office/": ".stat-value",
    "/staff/search/": ".facet .count, [role=status]",
}
# The same addresses, asked in the ways in which lists can be asked.
QUERIES = ("", f"?q={WORD}", "?tab=asked&scope=below", "?tab=done&scope=below", "?scope=below&kind=complaint")


@WINDOWS
def test_a_head_never_finds_the_complaint_about_himself(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    def arrive(username: str = "") -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {WORD, SUBJECT, REST, REASON, NEXT, filing.NAME, ANSWERS[lang, size[0]], "نامه.jpg"}
        return who

    worker, reza, mina, nima = arrive(), *map(arrive, ("reza", "mina", "nima"))
    before = _counts(reza)
    receipt, file = _files(worker)
    _finds_nothing(reza, receipt, file, QUERIES)
    _finds_nothing(mina, receipt, file)
    _answers(nima, receipt)
    _reads(worker, receipt)
    _finds_nothing(reza, receipt, file)
    assert _counts(reza) == before
    _is_told_by_no_letter(arrive("operator"), receipt)


def _counts(reza: Visitor) -> dict[str, list[str]]:
    found = {}
    for path, where in COUNTED.items():
        reza.go(path)
        found[path] = reza.page.locator("main").locator(where).all_inner_texts()
    # How long something has been lying there goes on by itself.
    found["/staff/office/"] = [text for text in found["/staff/office/"] if text.strip().isdecimal()]
    assert all(found.values()), found
    return found


def _files(worker: Visitor) -> tuple[Receipt, str]:
    """The complaint says whom it is about; the number of its file is in the worker's own page."""
    worker.go("/file/what/")
    filing.say_what(worker, subject=SUBJECT, card="")
    worker.press("Go on")
    worker.write(text=f"رئیس اداره {REST}. {WORD}")
    worker.page.locator("[name=papers]").set_input_files([filing.photo()])
    title = "Head" if worker.lang == "en" else "رئیس"
    head = worker.page.locator("[name=against] option", has_text=title).first.get_attribute("value")
    worker.choose("against", head or "")
    worker.look("against-the-head")
    worker.press("Go on")
    worker.write(name=filing.NAME, mobile="09351112288")
    worker.press("Go on")
    worker.look("review-against-the-head")
    receipt = filing.send(worker)
    worker.press("Track this case")
    address = worker.page.locator("main a[href^='/files/']").first.get_attribute("href") or ""
    return receipt, address.split("/")[2]


def _finds_nothing(who: Visitor, receipt: Receipt, file: str, queries: tuple[str, ...] = ("",)) -> None:
    """Every address there is, asked in every way; then with his own eyes where he would look first."""
    case: Any = SimpleNamespace(code=receipt.bare)
    evidence: Any = SimpleNamespace(pk=file)
    assert "table-cases" in who.reads("/staff/")[1], "signed in, with other cases to see"
    for address in ADDRESSES:
        path = filled(address, case, evidence)
        for query in queries:
            _status, text = who.reads(path + query)
            assert REST not in text and SUBJECT not in text, f"told by {path}{query}"
            assert receipt.bare in path or receipt.bare not in text, f"its number is told by {path}{query}"
    for path in ("", "alike/", "merged/", "kept/", "here/"):
        assert who.reads(f"/staff/cases/{receipt.bare}/{path}")[0] == 404 or path == "here/"
    assert who.reads(f"/staff/files/{file}/")[0] == 404
    assert WORD not in who.reads(f"/staff/search/suggest/?q={SUBJECT[:6]}")[1]
    assert "table-cases" not in who.reads(f"/staff/?q={receipt.bare}")[1]
    who.go(f"/staff/search/?q={WORD}")
    who.is_told("Nothing was found for these words.")
    who.look("searched-in-vain", closely=who.size == PHONE)
    who.go(f"/staff/bulk/?q={WORD}")
    who.is_told("This list is empty.")


def _answers(nima: Visitor, receipt: Receipt) -> None:
    opens(nima, receipt)
    nima.sees(REST)
    nima.look("kept-from-him")
    nima.press("Kept from whom it is about")
    nima.look("kept")
    opens(nima, receipt)
    answers_at_once(nima, text=ANSWERS[nima.lang, nima.size[0]], reason=REASON, next_step=NEXT)


def _reads(worker: Visitor, receipt: Receipt) -> None:
    worker.go(f"/track/{receipt.bare}/")
    worker.sees(ANSWERS[worker.lang, worker.size[0]])
    worker.look("answered-above")


def _is_told_by_no_letter(operator: Visitor, receipt: Receipt) -> None:
    """What was sent about it went to the worker alone: nobody else's letter or digest has its number."""
    _status, outbox = operator.reads("/operator/outbox/")
    for number in sorted(set(re.findall(r"/operator/outbox/(\d+)/", outbox))):
        operator.go(f"/operator/outbox/{number}/")
        letter = operator.page.locator("main").inner_text()
        if receipt.bare in filing.latin(letter) or receipt.code in letter:
            expect(operator.page.locator("main dl")).to_contain_text("09351112288")
