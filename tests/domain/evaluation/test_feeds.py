"""A province that runs alone hands its figures over: what was changed is found, twice adds nothing, late is no zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.utils import translation

from takrim.base.period import Period
from takrim.cases.models import Case
from takrim.evaluation.actions_feeds import (
    NoFeedKey,
    NoFeedProvince,
    ProvinceIsHere,
    accept_key,
    end_key,
    take_feed,
)
from takrim.evaluation.feed_form import Handed, Proof, read, write
from takrim.evaluation.feed_lines import Cells, Own
from takrim.evaluation.feed_out import hand_over
from takrim.evaluation.feed_refusals import BadFeed
from takrim.evaluation.feeds import late
from takrim.evaluation.models_feeds import Feed, FeedKey, FeedMonth, FeedProof
from takrim.evaluation.plan import PLANS
from takrim.evaluation.plan import read as read_plan
from takrim.evaluation.ranking import ranking
from takrim.evaluation.scoring.reading import toml
from takrim.evaluation.signing import public_pem
from takrim.indicators.figures import figures
from takrim.indicators.follow import READER, rebuild
from takrim.indicators.models import Piece, Tally
from takrim.journal.follow import catch_up
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.site.cli import main
from tests.matters import answered
from tests.people import MakeCase, SignIn

QOM = "ir/qom/"
MONTH = Period.parse("1405-07")
MADE = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
COUNTS = {"received": 12, "answered": 10, "on_time": 9, "late": 1, "fell_due": 10, "missed": 1}
DESK = Own("ir/qom/", "1405-07", Cells({"received": 2, "answered": 1, "on_time": 1}, {80: 1}))
KAHAK = Own(
    unit="ir/qom/kahak/",
    month="1405-07",
    cells=Cells({**COUNTS, "received": 10, "answered": 9, "on_time": 8}, {90: 9}, {"overall": [5, 22]}),
    by={"kind": {"complaint": Cells({"received": 7}, {90: 6})}},
    pieces={"quorum": {"": [3, 4]}},
    values={"cards_current": [5, 6]},
)
WHOLE = Own(
    unit=QOM,
    month="1405-07",
    cells=Cells(COUNTS, {80: 1, 90: 9}, {"overall": [5, 22]}),
    by=KAHAK.by,
    pieces=KAHAK.pieces,
)
NOTHING = Own(QOM, "1405-07")
HANDED = Handed(
    province=QOM,
    months=("1405-07",),
    begins="1405-07",
    made=MADE,
    seq=40,
    key="",
    own=(DESK, KAHAK),
    totals={"1405-07": WHOLE},
    proofs=(Proof("ir/qom/kahak/", "2026-10-20", "ab" * 32),),
)

pytestmark = pytest.mark.usefixtures("units")


@pytest.fixture
def key(tara: Actor, now: datetime) -> FeedKey:
    return accept_key(path=QOM, pem=public_pem(KEY), by=tara, now=now)


def reason(file: bytes, tara: Actor, now: datetime) -> str:
    with translation.override("en"), pytest.raises(BadFeed) as refused:
        take_feed(file=file, by=tara, now=now)
    with translation.override("en"):
        return refused.value.because()


def test_a_feed_is_counted_as_if_it_had_happened_here(key: FeedKey, tara: Actor, now: datetime) -> None:
    feed, new = take_feed(file=write(HANDED, KEY), by=tara, now=now)
    assert new
    found = figures([QOM, "ir/qom/kahak/", "ir/"], MONTH, now)
    assert {path: one.counts["received"] for path, one in found.items()} == {QOM: 12, "ir/qom/kahak/": 10, "ir/": 12}
    assert found[QOM].hours.count == 10
    assert found["ir/"].scores["overall"].sum == 22
    # The half-year and its standing at the end follow from the month.
    half = figures([QOM], Period.parse("1405-h2"), now)[QOM]
    assert half.counts["answered"] == 10
    assert Piece.objects.get(path=QOM, code="quorum").whole == 4
    assert FeedProof.objects.get().hash == "ab" * 32
    told = Entry.objects.get(verb="feed.taken")
    assert (told.chain, told.facts["hash"], told.facts["journal"]) == ("ir/", feed.hash, 40)


def test_twice_adds_nothing_and_a_newer_month_takes_the_place(key: FeedKey, tara: Actor, now: datetime) -> None:
    file = write(HANDED, KEY)
    first, _new = take_feed(file=file, by=tara, now=now)
    again, new = take_feed(file=file, by=tara, now=now)
    assert (again, new) == (first, False)
    assert figures([QOM], MONTH, now)[QOM].counts["received"] == 12
    fewer = replace(DESK, cells=Cells({"received": 1}))
    less = Cells({**COUNTS, "received": 11, "answered": 9, "on_time": 8}, {90: 9}, {"overall": [5, 22]})
    totals = {"1405-07": replace(WHOLE, cells=less)}
    newer = replace(HANDED, seq=41, own=(fewer, KAHAK), totals=totals)
    take_feed(file=write(newer, KEY), by=tara, now=now)
    assert figures([QOM], MONTH, now)[QOM].counts["received"] == 11
    assert figures([QOM], MONTH, now)[QOM].hours.count == 9
    assert "out of date" in reason(write(replace(HANDED, seq=39), KEY), tara, now)
    assert Feed.objects.count() == 2


def test_figures_made_anew_keep_what_was_received(
    key: FeedKey, tara: Actor, make_case: MakeCase, now: datetime
) -> None:
    take_feed(file=write(HANDED, KEY), by=tara, now=now)
    answered(make_case(unit="karaj", at=MADE), MADE + timedelta(hours=4))
    catch_up(READER)
    before = list(Tally.objects.order_by("path", "period", "by", "value").values())
    rebuild()
    after = list(Tally.objects.order_by("path", "period", "by", "value").values())
    for rows in (before, after):
        for row in rows:
            row.pop("id")
    assert after == before
    assert figures(["ir/"], MONTH, now)["ir/"].counts["received"] == 12


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_whatever_is_changed_is_named_by_its_line(key: FeedKey, tara: Actor, now: datetime, number: int) -> None:
    lines = write(HANDED, KEY).split(b"\n")
    line = lines[number - 1]
    lines[number - 1] = line.replace(b'"', b"'", 1) if number == 6 else line.replace(b"0", b"7", 1)
    told = reason(b"\n".join(lines), tara, now)
    assert f"Line {number} " in told


def test_lines_left_out_put_in_or_cut_off_are_found(key: FeedKey, tara: Actor, now: datetime) -> None:
    lines = write(HANDED, KEY).split(b"\n")
    assert "Line 3 was changed" in reason(b"\n".join(lines[:2] + lines[3:]), tara, now)
    assert "Line 4 was changed" in reason(b"\n".join([*lines[:3], lines[2], *lines[3:]]), tara, now)
    assert "without a signature" in reason(b"\n".join([*lines[:4], b""]), tara, now)
    for nonsense in (b"", b"\n", b"hello\n", b"\xff\t\n", b"[]\t00\n", b"{}"):
        assert reason(nonsense, tara, now)
    assert not Feed.objects.exists()


def test_only_the_accepted_key_signs(key: FeedKey, tara: Actor, now: datetime) -> None:
    told = reason(write(HANDED, OTHER), tara, now)
    assert "Line 6: the signature is not one of the key" in told
    alborz = replace(HANDED, province="ir/alborz/", own=(), totals={"1405-07": NOTHING}, proofs=())
    assert "No key of “ir/alborz/”" in reason(write(alborz, KEY), tara, now)
    # A new key ends the old one.
    accept_key(path=QOM, pem=public_pem(OTHER), by=tara, now=now)
    assert "signature" in reason(write(HANDED, KEY), tara, now)
    assert take_feed(file=write(HANDED, OTHER), by=tara, now=now)[1]
    end_key(key=FeedKey.objects.get(ended_at=None), by=tara, now=now)
    assert "No key" in reason(write(replace(HANDED, seq=50), OTHER), tara, now)
    assert FeedKey.objects.count() == 2


WRONG = [
    (
        {"totals": {"1405-07": replace(WHOLE, cells=replace(WHOLE.cells, counts={**COUNTS, "received": 13}))}},
        "1405-07, “received”: the offices together have 12, the province says 13",
    ),
    (
        {"totals": {"1405-07": replace(WHOLE, by={"kind": {"complaint": Cells({"received": 8}, {90: 6})}})}},
        "1405-07, “kind complaint received”: the offices together have 7, the province says 8",
    ),
    (
        {"totals": {"1405-07": replace(WHOLE, pieces={"quorum": {"": [2, 4]}})}},
        "1405-07, “quorum part”: the offices together have 3, the province says 2",
    ),
    ({"own": (DESK, KAHAK, DESK)}, "1405-07: the office “ir/qom/” stands in it twice"),
    ({"made": datetime(2026, 10, 20, tzinfo=UTC)}, "The month 1405-07 was not over when it was made"),
    ({"totals": {}}, "The month 1405-07 is missing"),
    (
        {
            "months": ("1405-06", "1405-08"),
            "begins": "1405-06",
            "made": datetime(2026, 12, 1, tzinfo=UTC),
            "own": (),
            "totals": {"1405-06": NOTHING, "1405-08": NOTHING},
        },
        "The month 1405-07 was never received: hand over all months from 1405-06 on first",
    ),
    ({"months": ("1405-h1",), "own": (), "totals": {"1405-h1": NOTHING}}, "It names no months"),
    ({"months": (), "own": (), "totals": {}}, "It names no months"),
    ({"begins": "1405-05"}, "The month 1405-05 was never received: hand over all months from 1405-05 on first"),
    ({"own": (replace(DESK, unit="ir/alborz/"), KAHAK)}, "Line 2 does not say what it must"),
    ({"own": (DESK, replace(KAHAK, unit="ir/qom/mars/"))}, "There is no office at “ir/qom/mars/”"),
    ({"own": (DESK, replace(KAHAK, cells=Cells({"smiles": 3})))}, "Line 3 does not say what it must"),
    ({"own": (DESK, replace(KAHAK, cells=Cells({"received": -3})))}, "Line 3 does not say what it must"),
    ({"own": (DESK, replace(KAHAK, cells=Cells({}, {3: -1})))}, "Line 3 does not say what it must"),
    ({"own": (DESK, replace(KAHAK, cells=Cells({"received": 10**30})))}, "Line 3 does not say what it must"),
    ({"own": (DESK, replace(KAHAK, cells=Cells({}, {}, {"overall": [1, 2, 3]})))}, "Line 3 does not say what it must"),
    (
        {"own": (DESK, replace(KAHAK, by={"weather": {"rain": Cells({"received": 1})}}))},
        "Line 3 does not say what it must",
    ),
    ({"proofs": (Proof("ir/alborz/", "2026-10-20", "ab" * 32),)}, "Line 5 does not say what it must"),
    ({"proofs": (Proof("ir/qom/", "yesterday", "ab" * 32),)}, "Line 5 does not say what it must"),
    ({"proofs": (Proof("ir/qom/", "2026-10-20", "no hash"),)}, "Line 5 does not say what it must"),
]


@pytest.mark.parametrize(("changes", "told"), WRONG)
def test_what_does_not_fit_is_refused_though_it_is_signed(
    key: FeedKey, tara: Actor, now: datetime, changes: dict[str, Any], told: str
) -> None:
    assert told in reason(write(replace(HANDED, **changes), KEY), tara, now)
    assert not FeedMonth.objects.exists()


def test_only_the_nation_accepts_and_takes(tara: Actor, nima: Actor, make_case: MakeCase, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        accept_key(path=QOM, pem=public_pem(KEY), by=nima, now=now)
    with pytest.raises(NotAllowed):
        take_feed(file=write(HANDED, KEY), by=nima, now=now)
    with pytest.raises(NoFeedKey):
        accept_key(path=QOM, pem=b"no key", by=tara, now=now)
    for path in ("ir/", "ir/mars/", "ir/qom/kahak/"):
        with pytest.raises(NoFeedProvince):
            accept_key(path=path, pem=public_pem(KEY), by=tara, now=now)
    make_case(unit="kahak", at=MADE)
    with pytest.raises(ProvinceIsHere):
        accept_key(path=QOM, pem=public_pem(KEY), by=tara, now=now)


def test_a_late_province_is_late_and_never_zero(key: FeedKey, tara: Actor, make_case: MakeCase, now: datetime) -> None:
    content = toml((PLANS / "provinces.toml").read_text(encoding="utf-8"))
    content["floor"][0]["least"] = 1
    plan = read_plan("provinces", {**content, "indicator": [{**row, "least": 1} for row in content["indicator"]]})
    for _number in range(3):
        answered(make_case(unit="karaj", at=MADE - timedelta(days=20)), MADE - timedelta(days=19))
    catch_up(READER)
    before = ranking(plan, "ir/", MONTH, now)
    assert before.late == {QOM: ""}
    assert [one.unit for one in before.places] == ["ir/alborz/"]
    take_feed(file=write(HANDED, KEY), by=tara, now=now)
    found = ranking(plan, "ir/", MONTH, now)
    assert found.late == {}
    assert sorted(one.unit for one in found.ranked) == ["ir/alborz/", QOM]
    # The half-year has a month more that has ended by then.
    azar = now + timedelta(days=40)
    assert late([QOM, "ir/qom/kahak/", "ir/alborz/"], Period.parse("1405-h2"), azar) == {
        QOM: "1405-07",
        "ir/qom/kahak/": "1405-07",
    }
    assert late([QOM], Period.parse("1406"), now) == {QOM: "1405-07"}


def test_what_a_province_hands_over_are_its_own_figures(make_case: MakeCase, tara: Actor, now: datetime) -> None:
    """From its own journal to the nation's figures: the same numbers, office by office."""
    for unit, hours in (("kahak", 5), ("kahak", 30), ("qom", 3)):
        answered(make_case(unit=unit, at=MADE - timedelta(days=20)), MADE - timedelta(days=20) + timedelta(hours=hours))
    catch_up(READER)
    wanted = {path: figures([path], MONTH, now)[path] for path in (QOM, "ir/qom/kahak/")}
    handed = hand_over(QOM, Period.parse("1405-h2"), now, all_before=True)
    assert handed.months == ("1405-07", "1405-08")
    assert [one.unit for one in handed.own if one.month == "1405-07"] == [QOM, "ir/qom/kahak/"]
    file = write(handed, KEY)
    assert read(file, {QOM: KEY.public_key()}).totals["1405-07"].cells.counts["received"] == 3
    # The nation, where none of these cases is.
    Tally.objects.all().delete()
    Piece.objects.all().delete()
    FeedKey.objects.create(
        path=QOM, pem=public_pem(KEY).decode(), fingerprint="x", accepted_at=now, accepted_by="person:1"
    )
    take_feed(file=file, by=tara, now=now)
    for path, one in wanted.items():
        got = figures([path], MONTH, now)[path]
        assert (got.counts, got.hours, got.scores) == (one.counts, one.hours, one.scores)
    with pytest.raises(BadFeed):
        hand_over(QOM, Period.parse("1405-12"), now)


def test_the_commands(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    settings: Any,
    make_case: MakeCase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / "own.key"
    answered(make_case(unit="kahak", at=MADE - timedelta(days=20)), MADE - timedelta(days=19))
    file, pem = str(tmp_path / "qom.feed"), tmp_path / "qom.pem"
    export = ["feed", "export", file, "--province", "ir/qom", "--period", "1405-07", "--lang", "en"]
    assert main(export) == 0
    mark = capsys.readouterr().out.rpartition(": ")[2].strip()
    assert main(["feed", "key", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert mark in said.err
    pem.write_text(said.out, encoding="ascii")
    accept = ["feed", "accept", "ir/qom", str(pem), "--lang", "en", "--fingerprint"]
    assert main([*accept, "0" * 64]) == 1
    assert "not the one you wrote" in capsys.readouterr().err
    # It works here itself: nothing is handed over to where it is.
    assert main([*accept, mark]) == 1
    monkeypatch.setattr(Case.objects, "filter", lambda *_q: Case.objects.none())
    assert main([*accept, mark]) == 0
    assert main(["feed", "import", file, "--lang", "en"]) == 0
    assert "received." in capsys.readouterr().out
    assert main(["feed", "import", file, "--lang", "fa"]) == 0
    assert "چیزی افزوده نشد" in capsys.readouterr().out
    (tmp_path / "bad").write_bytes(b"x\n")
    assert main(["feed", "import", file, str(tmp_path / "bad"), str(tmp_path / "none"), "--lang", "en"]) == 3
    assert "It is no file that `takrim feed export` wrote. Ask the province" in capsys.readouterr().err
    assert main(["feed", "import", str(tmp_path / "bad"), "--lang", "en"]) == 1
    assert main(["feed", "export", file, "--province", "ir/mars/", "--period", "1405-07", "--lang", "en"]) == 1
    nowhere = ["feed", "export", str(tmp_path / "none" / "x"), "--province", "ir/qom", "--period", "1405-07"]
    assert main([*nowhere, "--lang", "en"]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert main([*export[:-3], "next-year", "--lang", "en"]) == 1


@pytest.mark.usefixtures("pages_at_now")
def test_the_page_of_feeds(
    key: FeedKey, tara: Actor, nima: Actor, sign_in: SignIn, make_case: MakeCase, now: datetime
) -> None:
    make_case(unit="karaj", at=MADE)
    catch_up(READER)
    client: Client = sign_in(tara)

    def states(client: Client, lang: str = "fa") -> dict[str, str]:
        page = client.get("/figures/feeds/", headers={"accept-language": lang})
        others = {one.names: one.state for one in page.context["others"]}
        return {row.name: row.state for row in page.context["rows"]} | others

    assert states(client) == {"قم": "feed_awaited", "البرز": "feed_here"}
    assert "در انتظار" in client.get("/figures/feeds/").content.decode()
    take_feed(file=write(HANDED, KEY), by=system("feed"), now=now)
    # Aban is over as well, and was not handed over.
    text = client.get("/figures/feeds/").content.decode()
    assert states(client)["قم"] == "feed_late"
    assert "مهر ۱۴۰۵" in text
    assert "آبان ۱۴۰۵" in text
    rest = replace(HANDED, months=("1405-08",), own=(), totals={"1405-08": NOTHING}, seq=41, made=now)
    take_feed(file=write(rest, KEY), by=system("feed"), now=now)
    assert states(client)["قم"] == "feed_complete"
    # A month that was withdrawn later leaves a gap.
    FeedMonth.objects.filter(month="1405-07").update(month="1405-05")
    home = client.get("/figures/feeds/").context["rows"][0]
    assert (home.state, home.missing) == ("feed_gap", "شهریور ۱۴۰۵، مهر ۱۴۰۵")
    # A directorate sees itself and nothing of the others.
    assert states(sign_in(nima)) == {"البرز": "feed_here"}
    assert "مهر ۱۴۰۵" not in sign_in(nima).get("/figures/feeds/").content.decode()


@pytest.mark.usefixtures("pages_at_now")
def test_the_league_says_who_is_late(key: FeedKey, tara: Actor, sign_in: SignIn, now: datetime) -> None:
    client = sign_in(tara)
    end_key(key=key, by=tara, now=now)
    address = "/figures/ranking/?period=1405-h2"
    assert "آمارهای نرسیده" not in client.get(address).content.decode()
    # What was drawn a moment ago is drawn anew once somebody has become late.
    accept_key(path=QOM, pem=public_pem(KEY), by=tara, now=now)
    assert "چیزی نرسیده" in client.get(address).content.decode()
    take_feed(file=write(HANDED, KEY), by=system("feed"), now=now)
    league = client.get(address).content.decode()
    assert "آمارهای نرسیده" in league
    assert "چیزی نرسیده" not in league
    score = client.get("/figures/ir/qom/score/?period=1405-h2").content.decode()
    assert "دیر کرده، نه صفر" in score


def test_whoever_began_in_the_period_is_not_late_for_the_months_before(
    key: FeedKey, tara: Actor, now: datetime
) -> None:
    take_feed(file=write(HANDED, KEY), by=tara, now=now)
    year = Period.parse("1405")
    assert late([QOM], year, now) == {QOM: "1405-07"}
    assert late([QOM], year, MADE) == {}
    # Once its key is ended nothing more comes: it does not become complete by that.
    end_key(key=key, by=tara, now=now)
    assert late([QOM], year, now) == {QOM: "1405-07"}
