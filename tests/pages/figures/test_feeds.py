"""Bringing files of figures on the page: what is taken, what is refused and why stands there, and for whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from takrim.base.period import Period
from takrim.evaluation import actions_feeds, feed_work
from takrim.evaluation.actions_feeds import accept_key
from takrim.evaluation.actions_feeds_bring import bring_feed
from takrim.evaluation.feed_form import write
from takrim.evaluation.models_feeds import Feed, FeedMonth, FeedRefusal, FeedWaiting
from takrim.evaluation.signing import public_pem
from takrim.indicators.figures import figures
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.web.figures.feeds import LISTED
from tests.domain.evaluation.test_feeds import DESK, HANDED, KAHAK, KEY, OTHER, QOM, WHOLE
from tests.people import SignIn

MONTH = Period.parse("1405-07")
GOOD = write(HANDED, KEY)
UNEVEN = write(replace(HANDED, own=(DESK, KAHAK), totals={"1405-07": replace(WHOLE, cells=DESK.cells)}), KEY)
# What was done to the file, and what is said of it.
WRONG = {
    "empty": (b"", "The file is empty.", "send the same file again"),
    "renamed": (b"%PDF-1.7\n\xff\xfe", "It is no file that `takrim feed export` wrote.", "nothing else is taken"),
    "truncated": (GOOD[: len(GOOD) // 2], "without a signature: something was cut off", "send the same file again"),
    "changed": (GOOD.replace(b'"received":2', b'"received":9', 1), "Line 2 was changed", "send the same file again"),
    "forged": (write(HANDED, OTHER), "the signature is not one of the key", "Do not use the file."),
    "strange": (write(replace(HANDED, province="ir/alborz/"), KEY), "No key of “ir/alborz/”", "by telephone"),
    "uneven": (UNEVEN, "the offices together have", "figures --rebuild"),
}

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture(autouse=True)
def _accepted(tara: Actor) -> None:
    accept_key(path=QOM, pem=public_pem(KEY), by=tara, now=HANDED.made)


def send(client: Client, *files: tuple[str, bytes], lang: str = "en") -> Any:
    sent = {"files": [SimpleUploadedFile(name, content) for name, content in files]}
    client.cookies["language"] = lang
    return client.post("/figures/feeds/", sent, follow=True)


@pytest.mark.parametrize("sort", WRONG)
def test_a_wrong_file_is_told_in_a_sentence_and_stays_on_the_page(tara: Actor, sign_in: SignIn, sort: str) -> None:
    file, why, advice = WRONG[sort]
    client = sign_in(tara)
    told = send(client, ("qom.feed", file))
    assert told.status_code == 422
    for page in (told, client.get("/figures/feeds/")):
        (row,) = page.context["refused"].rows
        assert why in row.why
        assert advice in row.advice
        assert (row.file, row.by, row.later) == ("qom.feed", tara.name, False)
    client.cookies["language"] = "fa"
    persian = client.get("/figures/feeds/").context["refused"].rows[0]
    assert persian.why
    assert persian.why != row.why
    assert "{" not in persian.why + persian.advice
    kept, event = FeedRefusal.objects.get(), Entry.objects.get(verb="feed.refused")
    assert (event.facts["hash"], event.facts["code"], event.actor) == (kept.hash, kept.code, tara.code)
    assert not FeedMonth.objects.exists()
    # The same again is no news.
    send(client, ("again.feed", file))
    assert (FeedRefusal.objects.count(), Entry.objects.filter(verb="feed.refused").count()) == (1, 1)


def test_a_good_file_is_taken_once_and_one_refused_before_is_marked(tara: Actor, sign_in: SignIn) -> None:
    client, now = sign_in(tara), HANDED.made
    accept_key(path=QOM, pem=public_pem(OTHER), by=tara, now=now)
    assert send(client, ("qom.feed", GOOD)).status_code == 422
    accept_key(path=QOM, pem=public_pem(KEY), by=tara, now=now)
    page = send(client, ("qom.feed", GOOD))
    assert "Qom, Mehr 1405: received." in page.content.decode()
    assert [row.later for row in page.context["refused"].rows] == [True]
    assert figures([QOM], MONTH, now)[QOM].counts["received"] == 12
    assert "پیش‌تر دریافت شده بود" in send(client, ("qom.feed", GOOD), lang="fa").content.decode()
    assert figures([QOM], MONTH, now)[QOM].counts["received"] == 12
    assert Feed.objects.count() == 1


def test_of_several_files_the_good_ones_are_taken(tara: Actor, sign_in: SignIn) -> None:
    page = send(sign_in(tara), ("a.feed", b"hello\n"), ("qom.feed", GOOD))
    text = page.content.decode()
    assert page.status_code == 422
    assert "“a.feed”" in text
    assert "received." in text
    assert Feed.objects.count() == 1


def test_too_large_a_file_is_refused_unread(tara: Actor, sign_in: SignIn, settings: Any) -> None:
    settings.UPLOAD_BYTES = 300
    client = sign_in(tara)
    page = send(client, ("qom.feed", GOOD))
    assert "larger than a feed may be" in page.context["refused"].rows[0].why
    assert "fewer months" in page.context["refused"].rows[0].advice
    assert "Choose the file first." in send(client).content.decode()


def test_a_taking_that_is_cut_off_leaves_nothing(tara: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_event: object, **_where: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(actions_feeds, "record", dies)
        bring_feed(file=GOOD, name="qom.feed", by=tara, now=HANDED.made)
    assert not (Feed.objects.exists() or FeedMonth.objects.exists() or FeedRefusal.objects.exists())
    assert figures([QOM], MONTH, HANDED.made)[QOM].counts["received"] == 0
    assert bring_feed(file=GOOD, name="qom.feed", by=tara, now=HANDED.made).new


def test_a_province_neither_brings_files_nor_sees_those_of_others(tara: Actor, nima: Actor, sign_in: SignIn) -> None:
    with translation.override("en"):
        bring_feed(file=b"hello\n", name="hello", by=system("feed"), now=HANDED.made)
    client = sign_in(nima)
    assert send(client, ("qom.feed", GOOD)).status_code == 403
    assert not Feed.objects.exists()
    page = client.get("/figures/feeds/")
    assert (page.context["refused"].rows, page.context["may_bring"]) == ([], False)
    assert "از خط فرمان" in sign_in(tara).get("/figures/feeds/").content.decode()
    with pytest.raises(NotAllowed):
        bring_feed(file=GOOD, name="", by=nima, now=HANDED.made)


def test_older_files_are_on_the_pages_behind(tara: Actor, sign_in: SignIn) -> None:
    for number in range(LISTED + 2):
        bring_feed(file=b"hello %d\n" % number, name=f"{number}.feed", by=tara, now=HANDED.made)
    assert bring_feed(file=GOOD, name="qom.feed", by=tara, now=HANDED.made).new
    client = sign_in(tara)
    first = client.get("/figures/feeds/?received=x").context
    assert [one.file for one in first["refused"].rows] == [f"{number}.feed" for number in range(LISTED + 1, 1, -1)]
    assert (first["refused"].first_url, first["received"].next_url) == ("", "")
    second = client.get(f"/figures/feeds/{first['refused'].next_url}")
    assert [one.file for one in second.context["refused"].rows] == ["1.feed", "0.feed"]
    assert second.context["refused"].next_url == ""
    # The other list stays where it was.
    assert second.context["refused"].first_url == "?received=x"
    nothing = client.get(f"/figures/feeds/?received={Feed.objects.get().pk}")
    assert nothing.context["received"].rows == []
    assert 'rel="prev"' in nothing.content.decode()


def test_a_long_file_is_read_in_the_background(tara: Actor, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_work, "LONG", len(GOOD))
    client = sign_in(tara)
    wrong = GOOD[:-2] + b"??" + b"?" * 20
    page = send(client, ("qom.feed", GOOD), ("qom.feed", GOOD), ("wrong.feed", wrong))
    assert page.status_code == 200
    text = page.content.decode()
    assert "“qom.feed” is long and is read in the background." in text
    assert "Being read in the background" in text
    assert not (Feed.objects.exists() or FeedRefusal.objects.exists())
    assert FeedWaiting.objects.count() == 2
    asks = {"HX-Target": "waiting"}
    assert "wrong.feed" in client.get("/figures/feeds/", headers=asks).content.decode()
    for waiting in FeedWaiting.objects.all():
        feed_work.read.func(waiting.pk, now=HANDED.made)
        # A second worker that comes too late finds nothing to do.
        feed_work.read.func(waiting.pk, now=HANDED.made)
    assert client.get("/figures/feeds/", headers=asks).headers["HX-Refresh"] == "true"
    after = client.get("/figures/feeds/")
    assert "Being read in the background" not in after.content.decode()
    assert [(one.name, one.by) for one in after.context["received"].rows] == [("Qom", tara.name)]
    assert [(one.file, one.by) for one in after.context["refused"].rows] == [("wrong.feed", tara.name)]
    assert figures([QOM], MONTH, HANDED.made)[QOM].counts["received"] == 12


def test_a_long_file_whose_reading_is_cut_off_still_waits(tara: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_work, "LONG", len(GOOD))
    assert feed_work.bring(file=GOOD, name="qom.feed", by=tara, now=HANDED.made) is None
    waiting = FeedWaiting.objects.get()

    def dies(*_event: object, **_where: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(actions_feeds, "record", dies)
        feed_work.read.func(waiting.pk, now=HANDED.made)
    assert FeedWaiting.objects.exists() and not Feed.objects.exists()
    feed_work.read.func(waiting.pk, now=HANDED.made)
    assert Feed.objects.exists() and not FeedWaiting.objects.exists()
