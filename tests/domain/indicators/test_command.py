"""`takrim figures` as people and programs read it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from takrim.indicators.models import Tally
from takrim.journal.models import Entry
from takrim.site.cli import main
from tests.matters import answered
from tests.people import MakeCase

MEHR = datetime(2026, 10, 2, 6, 30, tzinfo=UTC)
COLUMNS = ["received", "closed", "open", "with_due", "on_time", "late", "overdue", "on_time_share", "median_hours"]

pytestmark = pytest.mark.usefixtures("units")


@pytest.fixture
def busy(make_case: MakeCase) -> None:
    """Two in time, one late, one overdue."""
    for hours in (1, 3, 24 * 30):
        answered(make_case(at=MEHR), MEHR + timedelta(hours=hours))
    make_case(unit="karaj", at=MEHR, channel="phone")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["figures", *arguments]) == code
    out = capsys.readouterr()
    return out.out if code == 0 else out.err


def test_a_program_reads_lines_and_columns_by_name(busy: None, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "--under", "ir/alborz", "--as-of", "1405/09/20", "--format", "csv")
    rows = {row["unit"]: row for row in csv.DictReader(io.StringIO(text))}
    nazarabad = rows["ir/alborz/nazarabad/"]
    assert [nazarabad[column] for column in COLUMNS] == ["3", "3", "0", "3", "2", "1", "0", "0.6667", "3.0"]
    assert nazarabad["p90_hours"] == "720.0"
    assert [rows["ir/alborz/karaj/"][column] for column in COLUMNS] == ["1", "0", "1", "1", "0", "0", "1", "", ""]


def test_json_has_the_total_too(busy: None, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, "--by", "channel", "--as-of", "2026-12-20T10:00+03:30", "--format", "json"))
    assert (found["under"], found["by"], found["total"]["received"]) == ("ir/", "channel", 4)
    assert {row["channel"]: row["received"] for row in found["rows"]} == {"phone": 1, "web": 3}


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ["office", "median hours", "66.7%"]), ("fa", ["دفتر", "معوق", "۶۶٫۷٪"])]
)
@pytest.mark.parametrize("by", ["unit", "month", "channel", "subject"])
def test_people_read_a_table_in_their_language(
    busy: None, capsys: pytest.CaptureFixture[str], lang: str, words: list[str], by: str
) -> None:
    text = printed(capsys, "--lang", lang, "--by", by, "--as-of", "1405/09/20 12:00")
    assert all(word in text for word in words[1:])
    assert words[0] in text or by != "unit"


def test_an_office_that_is_not_there_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "ir/nowhere/" in printed(capsys, "--lang", "en", "--under", "ir/nowhere", code=1)


@pytest.mark.parametrize("text", ["yesterday", "1404/12/30", "1405/01/01 25:00", "2026-13-01"])
def test_a_moment_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert "1405/09/03" in printed(capsys, "--as-of", text, code=2)


def test_nothing_measured_is_a_dash_in_the_table_and_null_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert "—" in printed(capsys, "--lang", "en")
    assert json.loads(printed(capsys, "--format", "json"))["total"]["median_hours"] is None


def test_lateness_is_printed_by_who_held_it(busy: None, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--by", "holder", "--as-of", "1405/09/20 12:00")
    found = json.loads(printed(capsys, *asked, "--format", "json"))
    assert found["total"]["matters"] == 2
    assert sum(row["late_hours"] for row in found["rows"]) == pytest.approx(found["total"]["late_hours"], abs=0.02)
    assert sum(row["late_share"] for row in found["rows"]) == pytest.approx(1, abs=0.001)
    rows = list(csv.DictReader(io.StringIO(printed(capsys, *asked, "--format", "csv"))))
    assert {row["holder"] for row in rows} == {"ir/alborz/nazarabad/", "ir/alborz/karaj/"}
    text = printed(capsys, "--lang", "en", *asked)
    assert "held by" in text and "share of lateness" in text and "100%" in text
    assert "سهم از تأخیر" in printed(capsys, "--lang", "fa", *asked)


def test_the_figures_of_the_pages_are_made_anew(busy: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"from {Entry.objects.count()} entries" in printed(capsys, "--rebuild", "--lang", "en")
    assert Tally.objects.get(path="ir/", period="1405", by="").received == 4
