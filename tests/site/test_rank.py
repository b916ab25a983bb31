"""`takrim rank`: three forms, both languages, one unit explained, refusals."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from takrim.site.cli import main
from tests.site.conftest import ROOT

OFFICES = str(ROOT / "docs/plans/offices.toml")
TABLE = """office,cases,answered,on_time,median_hours,satisfied,replies
کرج,2400,2000,1800,90,300,400
نظرآباد,700,650,640,60,50,60
ساوجبلاغ,900,800,400,200,3,5
طالقان,12,12,12,5,,0
"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "offices.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def test_a_table_for_people(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", table, OFFICES, "--lang", "fa"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["رتبه", "واحد", "گروه", "امتیاز", "سرعت", "رضایت"]
    assert lines[1].split() == ["۱", "کرج", "≥", "2000", "۸۷٫۰۰", "۰٫۸۲۵۰", "۰٫۹۳۷۵"]
    assert lines[-1].endswith("cases کمتر از ۳۰")


def test_json_for_programs(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", table, OFFICES, "--lang", "en", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["title"] == "Offices compared"
    rows = {row["unit"]: row for row in told["rows"]}
    assert (rows["نظرآباد"]["rank"], rows["نظرآباد"]["exact"]) == (1, "1284/13")
    assert (rows["طالقان"]["rank"], rows["طالقان"]["unranked"]) == (None, "below_floor")
    assert rows["ساوجبلاغ"]["scores"]["satisfied"] is None


def test_csv_for_spreadsheets(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", table, OFFICES, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["rank"] for row in rows] == ["1", "1", "2", ""]
    assert {"unit", "group", "score", "speed", "on_time"} <= set(rows[0])


def test_one_unit_explained(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", table, OFFICES, "--explain", "ساوجبلاغ", "--lang", "en"]) == 0
    text = capsys.readouterr().out
    assert "score 3.70, rank 2 of 2 (500–2000)" in text
    assert "too few cases" in text
    assert main(["rank", table, OFFICES, "--explain", "طالقان", "--lang", "fa"]) == 0
    assert "بدون رتبه: cases کمتر از ۳۰" in capsys.readouterr().out
    assert main(["rank", table, OFFICES, "--explain", "ساوجبلاغ", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    lost = {line["code"]: line["lost"] for line in told["indicators"]}
    assert lost == {"on_time": pytest.approx(200 / 3), "median_hours": pytest.approx(800 / 27), "satisfied": None}
    assert main(["rank", table, OFFICES, "--explain", "ساوجبلاغ", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("code,in,weight,verdict,")


def test_refusals_are_sentences_and_exit_code_1(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", table, "gone.toml", "--lang", "en"]) == 1
    assert "gone.toml cannot be read" in capsys.readouterr().err
    assert main(["rank", table, OFFICES, "--lang", "fa", "--explain", "تهران"]) == 1
    assert capsys.readouterr().err == "جدول را نمی‌شود سنجید. واحد «تهران» در آن نیست.\n"


def test_it_needs_no_installation(table: str, tmp_path: Path) -> None:
    """No settings, no data folder: only a table and a plan, and still in the reader's language."""
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "LANG": "fa_IR.UTF-8"}
    bare["TAKRIM_DATA"] = str(tmp_path / "data")
    done = subprocess.run(
        [sys.executable, "-m", "takrim", "rank", table, OFFICES, "--explain", "تهران"],
        env=bare, capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "جدول را نمی‌شود سنجید. واحد «تهران» در آن نیست.\n")
    assert not (tmp_path / "data").exists()


def test_a_plan_that_asks_how_sure_it_is_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, cells = tmp_path / "plan.toml", tmp_path / "cells.csv"
    plan.write_text(
        'unit = "u"\n[intervals]\nseed = 1\ndraws = 50\n[sensitivity]\nseed = 1\ndraws = 50\n'
        '[default]\nnoise = "share"\n'
        'denominator = "n"\ndirection = "more"\n[[indicator]]\ncode = "a"\n[[indicator]]\ncode = "b"\n'
        '[[floor]]\ncolumn = "n"\nleast = 5\n'
    )
    cells.write_text("u,n,a,b\nx,500,400,100\ny,500,200,450\nz,2,2,2\n")
    arguments = ["rank", str(cells), str(plan)]
    assert main([*arguments, "--lang", "fa"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:6] == ["رتبه", "واحد", "امتیاز", "بازه", "رتبه‌ها", "دسته"]
    assert lines[1].split()[4:6] == ["۱", "۱"]
    assert main([*arguments, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert (rows[0]["unit"], rows[0]["interval.bands"], rows[2]["interval.low"]) == ("y", "1-1", "")
    assert main([*arguments, "--format", "json"]) == 0
    told = {row["unit"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert told["y"]["sensitivity"]["without"] == {"a": 1, "b": 2}
    assert "interval" not in told["z"]
    assert main([*arguments, "--lang", "en", "--explain", "y"]) == 0
    assert "rank without each indicator: a 1 · b 2" in capsys.readouterr().out


def test_half_a_place_is_told_as_half(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, cells = tmp_path / "plan.toml", tmp_path / "cells.csv"
    plan.write_text('unit = "u"\n[rank]\nties = "average"\n[[indicator]]\ncode = "a"\ndirection = "more"\n')
    cells.write_text("u,a\nx,2\ny,1\nz,1\n")
    assert main(["rank", str(cells), str(plan), "--lang", "en"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]] == ["1", "2.5", "2.5"]
    assert main(["rank", str(cells), str(plan), "--lang", "fa", "--explain", "z"]) == 0
    assert "رتبه ۲٫۵ از ۳" in capsys.readouterr().out


def test_what_is_left_unadjusted_is_told_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, cells = tmp_path / "plan.toml", tmp_path / "cells.csv"
    adjust = '{ volume = "received", per = "officers", bands = [20] }'
    plan.write_text(
        f'unit = "u"\n[[indicator]]\ncode = "a"\ndirection = "more"\ndenominator = "n"\nadjust = {adjust}\n'
    )
    # Three with little for each officer; one alone among those with much.
    cells.write_text("u,n,a,received,officers\nx,10,9,10,1\ny,10,8,10,1\nz,10,7,10,1\nbusy,10,5,90,1\n")
    arguments = ["rank", str(cells), str(plan), "--explain"]
    for unit, moved in (("x", True), ("busy", False)):
        assert main([*arguments, unit, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["indicators"][0]["is_adjusted"] is moved
        assert main([*arguments, unit, "--format", "csv"]) == 0
        assert next(csv.DictReader(io.StringIO(capsys.readouterr().out)))["is_adjusted"] == str(moved)
        for lang, words in (("fa", "تعدیل نشده"), ("en", "not adjusted")):
            assert main([*arguments, unit, "--lang", lang]) == 0
            assert (words in capsys.readouterr().out) is not moved
