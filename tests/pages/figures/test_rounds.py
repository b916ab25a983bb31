"""Finished rounds for everybody: table, method, intervals, those without a rank, the bundle, the papers."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.base import clock
from takrim.evaluation.bundle_check import check
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.plan import ready_texts
from takrim.jobs.catalogue import keep_bundles
from takrim.orgs import stamps
from takrim.orgs.models import Unit
from takrim.web import papers
from tests.held import FINAL, held, version_of

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")

# Fardis had one case, answered at once: whoever ranked it would put it first.
COUNTS = {"nazarabad": (60, 54, 20, 18), "karaj": (200, 150, 90, 60), "fardis": (1, 1, 0, 0)}


@pytest.fixture
def made(fardis: Unit, settings: Any, tmp_path: Path) -> Round:
    settings.DATA = tmp_path
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / "signing.key"
    return held(COUNTS)


def text_of(client: Client, path: str, lang: str = "en") -> str:
    client.cookies["language"] = lang
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode().partition("<main")[2]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_everybody_reads_the_final_table_with_its_method(made: Round, client: Client, lang: str) -> None:
    assert made.title_fa in text_of(client, "/figures/rounds/", "fa")
    text = text_of(client, f"/figures/rounds/{made.code}/", lang)
    assert ("How this is computed" in text) == (lang == "en")
    assert made.final_hash in text
    assert text.count('class="span"') == 4  # two of chance, two of other weights


def test_an_office_of_one_case_cannot_lead(made: Round, client: Client) -> None:
    text = text_of(client, f"/figures/rounds/{made.code}/")
    ranked, _title, rest = text.partition("Shown, but not ranked")
    assert re.findall(r'class="rank[^"]*"><span class="visually-hidden">Rank </span>(\d)', ranked) == ["1", "2"]
    assert ranked.index(">Nazarabad</a>") < ranked.index(">Karaj</a>")
    assert "Fardis" not in ranked
    assert "fewer than 20 answers in the period is shown, but not ranked" in rest
    # The response rate stands beside every rank.
    assert "33.3%" in ranked
    assert "45%" in ranked


def test_one_office_is_told_row_by_row(made: Round, client: Client) -> None:
    text = text_of(client, f"/figures/rounds/{made.code}/office/ir/alborz/karaj/")
    assert "Answered on time" in text
    assert "75%" in text
    assert client.get(f"/figures/rounds/{made.code}/office/ir/qom/").status_code == 404
    few = text_of(client, f"/figures/rounds/{made.code}/office/ir/alborz/fardis/")
    assert "too few cases: left out" in few
    # Whatever its points are, they do not count.
    assert "they do not count: this office is not ranked" in few
    assert "they do not count" not in text


@pytest.fixture
def mixed(fardis: Unit, settings: Any, tmp_path: Path) -> Round:
    """Nazarabad had the easy half of the work, Karaj the hard one, and at equal work Karaj did better."""
    settings.DATA = tmp_path
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / "signing.key"
    row = 'code = "answered_on_time"\n'
    text = ready_texts()["county_offices"].replace("live = true\n", "").replace(row, f'{row}adjust = "kind"\n')
    mix = {
        "nazarabad": {"question": (44, 50), "complaint": (5, 10)},
        "karaj": {"question": (10, 10), "complaint": (35, 50)},
    }
    counts = {"nazarabad": (60, 49, 20, 18), "karaj": (60, 45, 20, 18)}
    return held(counts, version=version_of(text=text), mix=mix)


def test_every_office_stands_there_raw_and_adjusted_with_how_that_was_done(mixed: Round, client: Client) -> None:
    text = text_of(client, f"/figures/rounds/{mixed.code}/")
    part = text.partition("Raw and adjusted")[2]
    nazarabad, karaj = (part.partition(f">{name}</a>")[2].partition("</tr>")[0] for name in ("Nazarabad", "Karaj"))
    # Of all questions 54 of 60, of all complaints 40 of 60 were answered on time, together 94 of 120.
    assert "81.7%" in nazarabad and "73.9%" in nazarabad
    assert "75%" in karaj and "82.8%" in karaj
    assert re.findall(r"<mark>(\d)</mark>", part) != []
    assert "How “Answered on time” is adjusted" in part
    assert "Question" in part and "90%" in part and "66.7%" in part
    office = text_of(client, f"/figures/rounds/{mixed.code}/office/ir/alborz/karaj/")
    assert "82.8%" in office
    # The bundle holds what it was adjusted by, and computes it again.
    assert check(client.get(f"/figures/rounds/{mixed.code}/bundle.zip").content).units == 2


@pytest.fixture
def loaded(fardis: Unit, settings: Any, tmp_path: Path) -> Round:
    """Three offices with little for each officer, one with much, and one of which nobody knows how many it had."""
    settings.DATA = tmp_path
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / "signing.key"
    row = 'code = "answered_on_time"\n'
    adjust = "adjust = { per_officer = [20, 60] }\n"
    text = ready_texts()["county_offices"].replace("live = true\n", "").replace(row, f"{row}{adjust}")
    for name in ("savojbolagh", "taleghan"):
        words = {key: name.title() for key in ("name_fa", "name_en", "short_fa", "short_en")}
        Unit.objects.create(path=f"ir/alborz/{name}/", kind="county", **words)
    stamps.forget()
    counts = {name: (60, on_time, 20, 18) for name, on_time in OF_LIKE.items()}
    officers = {"nazarabad": "6", "karaj": "8", "fardis": "13/2", "savojbolagh": "1"}
    return held(counts, version=version_of(text=text), officers=officers)


OF_LIKE = {"nazarabad": 54, "karaj": 45, "fardis": 48, "savojbolagh": 30, "taleghan": 42}


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_offices_of_like_volume_stand_raw_and_adjusted_and_who_was_not_is_told_why(
    loaded: Round, client: Client, lang: str
) -> None:
    words = {
        "fa": ("تعدیل نشده", "معلوم نیست این اداره چند نفر داشته است", "کمتر از ۳ اداره", "۶۰ مورد میان ۶٫۵ نفر"),
        "en": (
            "not adjusted",
            "how many officers it had is not known",
            "fewer than 3 offices",
            "60 matters by 6.5 officers",
        ),
    }
    left, unknown, few, why = words[lang]
    path = f"/figures/rounds/{loaded.code}/"
    part = text_of(client, path, lang).partition('id="adjusted_title"')[2]
    # Two offices are marked, and the band of one.
    assert part.partition("<details")[0].count(f"({left})") == 2
    assert part.count(f"({left})") == 3
    assert why in text_of(client, f"{path}office/ir/alborz/fardis/", lang)
    assert unknown in text_of(client, f"{path}office/ir/alborz/taleghan/", lang)
    assert few in text_of(client, f"{path}office/ir/alborz/savojbolagh/", lang)
    content = client.get(f"{path}bundle.zip").content
    assert check(content).units == 5
    assert b",officers" in content


def test_without_an_adjusting_plan_there_is_no_such_table(made: Round, client: Client) -> None:
    assert "Raw and adjusted" not in text_of(client, f"/figures/rounds/{made.code}/")


def test_every_indicator_of_a_round_leads_to_its_meaning(made: Round, client: Client) -> None:
    for rest in ("", "office/ir/alborz/karaj/"):
        text = text_of(client, f"/figures/rounds/{made.code}/{rest}")
        for code in ("answered_on_time", "median_hours", "satisfaction"):
            assert f'/figures/indicators/{code}/"' in text


def test_what_is_not_final_is_not_there(made: Round, client: Client) -> None:
    Round.objects.filter(pk=made.pk).update(stage=Stage.PRELIMINARY, final_at=None, final_hash="")
    assert made.title_en not in text_of(client, "/figures/rounds/")
    for rest in ("", "bundle.zip", "report.pdf", "table.csv", "office/ir/alborz/karaj/", "first/ir/alborz/nazarabad/"):
        assert client.get(f"/figures/rounds/{made.code}/{rest}").status_code == 404


def test_the_bundle_computes_the_round_again(made: Round, client: Client, tmp_path: Path) -> None:
    content = client.get(f"/figures/rounds/{made.code}/bundle.zip").content
    assert check(content).units == 3
    assert list((tmp_path / "bundles").glob("*.zip"))
    # Made once: the second comes from the disk, whatever it costs to compute.
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"/figures/rounds/{made.code}/bundle.zip").content == content
    assert len(seen) < 4


@pytest.mark.slow
def test_the_job_makes_it_before_anybody_asks(made: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_bundles, "_looked", set())
    assert keep_bundles.run(FINAL) == 1
    assert len(list((tmp_path / "bundles").glob("*.zip"))) == 1
    # Reports of rounds stay; other papers are removed after a week.
    assert papers.forget(clock.now() + timedelta(days=30)) == 0
    assert len(list((tmp_path / "bundles").glob("*.pdf"))) == 2
    assert keep_bundles.run(FINAL) == 0


def test_the_table_to_take_along_holds_every_indicator(made: Round, client: Client) -> None:
    client.cookies["language"] = "en"
    lines = client.get(f"/figures/rounds/{made.code}/table.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Rank,Office,Points,Points with 95 in 100,Band,Response rate,Objections upheld")
    assert [line.split(",")[0] for line in lines[1:]] == ["1", "2", "—"]
    assert client.get(f"/figures/rounds/{made.code}/table.xlsx").content.startswith(b"PK")
    assert client.get(f"/figures/rounds/{made.code}/table.exe").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_papers_are_drawn(made: Round, client: Client, lang: str) -> None:
    client.cookies["language"] = lang
    for rest in (
        "report.pdf",
        "report.pdf?of=ir/alborz/karaj/",
        "first/ir/alborz/nazarabad/paper.pdf",
    ):
        answer = client.get(f"/figures/rounds/{made.code}/{rest}")
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")
    assert client.get(f"/figures/rounds/{made.code}/report.pdf?of=ir/qom/").status_code == 404


def test_only_the_first_has_a_certificate(made: Round, client: Client) -> None:
    text = text_of(client, f"/figures/rounds/{made.code}/first/ir/alborz/nazarabad/")
    assert "This certificate is genuine" in text
    assert made.final_hash[:16] in text
    assert "came first among 2 offices" in text
    for other in ("ir/alborz/karaj", "ir/alborz/fardis", "ir/alborz"):
        assert client.get(f"/figures/rounds/{made.code}/first/{other}/").status_code == 404
        assert client.get(f"/figures/rounds/{made.code}/first/{other}/paper.pdf").status_code == 404


@pytest.mark.slow
def test_ranks_are_followed_from_round_to_round(made: Round, client: Client) -> None:
    later = held({"nazarabad": (60, 30, 20, 5), "karaj": (200, 190, 90, 80)}, code="05-later", period="1405-h2")
    text = text_of(client, f"/figures/rounds/{later.code}/")
    assert "Ranks by period" in text
    assert "▲ 1 up" in text
    assert "▼ 1 down" in text
    assert "Ranks by period" not in text_of(client, f"/figures/rounds/{made.code}/")


@pytest.mark.slow
def test_a_round_of_more_offices_takes_no_more_queries(made: Round, client: Client) -> None:
    fewer = held({"nazarabad": (60, 54, 20, 18)}, code="05-one")
    counted = []
    for one in (made, fewer):
        client.cookies["language"] = "fa"
        client.get(f"/figures/rounds/{one.code}/")
        client.cookies["language"] = "en"
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/figures/rounds/{one.code}/")
        with CaptureQueriesContext(connection) as again:
            client.get(f"/figures/rounds/{one.code}/")
        counted.append(len(seen))
        assert len(again) < 4
    assert counted[0] == counted[1]
