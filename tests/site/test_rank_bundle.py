"""`takrim rank --bundle`: written here, checked there, without an installation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from takrim.site.cli import main
from tests.site.conftest import ROOT
from tests.site.test_rank import OFFICES, TABLE


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("TAKRIM_DATA", str(tmp_path / "data"))
    (tmp_path / "offices.csv").write_text(TABLE, encoding="utf-8")
    file = tmp_path / "ranking.zip"
    assert main(["rank", str(tmp_path / "offices.csv"), OFFICES, "--bundle", str(file), "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("rank")
    assert "Fingerprint of its key: " in told.err
    return file


def test_a_bundle_holds_on_another_computer(bundle: Path, tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "TAKRIM_DATA": str(tmp_path / "elsewhere")}
    done = subprocess.run(
        [sys.executable, "-m", "takrim", "rank", "--bundle", str(bundle), "--verify", "--lang", "fa"],
        env=bare, capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("بسته درست است: ۴ واحد")
    assert not (tmp_path / "elsewhere").exists()


def test_json_for_programs(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", "--bundle", str(bundle), "--verify", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["units"]) == (True, 4)
    assert main(["rank", "--bundle", str(bundle), "--verify", "--key", told["key"]]) == 0
    capsys.readouterr()
    bundle.write_bytes(bundle.read_bytes().replace("کرج".encode(), "کرچ".encode(), 1))
    assert main(["rank", "--bundle", str(bundle), "--verify", "--format", "json", "--lang", "en"]) == 1
    assert json.loads(capsys.readouterr().out)["holds"] is False


def test_what_was_changed_is_exit_code_1_and_a_sentence(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", "--bundle", str(bundle), "--verify", "--key", "0000", "--lang", "en"]) == 1
    assert "It is signed with another key" in capsys.readouterr().err
    assert main(["rank", "--bundle", "gone.zip", "--verify", "--lang", "en"]) == 1
    assert "gone.zip cannot be read" in capsys.readouterr().err


def test_a_wrong_command_is_exit_code_2(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", "--lang", "en"]) == 2
    assert "TABLE.csv and PLAN.toml" in capsys.readouterr().err
    assert main(["rank", "--verify", "--lang", "en"]) == 2
    assert "--bundle" in capsys.readouterr().err
