"""`takrim cards export` and `takrim cards import`: files, exit codes, dry runs, both languages."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from takrim.cards.models import CardVersion
from takrim.cards.seed import seed
from takrim.site.cli import main
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The cards of the catalogue in a file, and a house without any."""
    seed(NOW)
    path = tmp_path / "cards.json"
    assert main(["cards", "export", "--out", str(path)]) == 0
    CardVersion.objects.all().delete()
    return path


def test_a_file_goes_there_and_back_and_twice_adds_nothing(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = len(json.loads(written.read_text(encoding="utf-8"))["cards"])
    capsys.readouterr()
    assert main(["cards", "import", str(written), "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["new"]) == many
    assert main(["cards", "import", str(written), "--lang", "en"]) == 0
    assert f"0 versions were added.\n{many} were there already." in capsys.readouterr().out
    assert main(["cards", "export"]) == 0
    assert capsys.readouterr().out == written.read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", "import", str(written), "--dry-run", "--lang", "fa"]) == 0
    assert "+ worker-sport  ir/  2024-03-20" in capsys.readouterr().out
    assert not CardVersion.objects.exists()


def test_standard_input_is_read(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(written.read_text(encoding="utf-8")))
    assert main(["cards", "import", "-"]) == 0
    assert CardVersion.objects.exists()


@pytest.mark.parametrize(("lang", "said"), [("fa", "cards[0].code: کدی"), ("en", "cards[0].code: a code")])
def test_what_is_wrong_is_said_and_refused(
    written: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    document = json.loads(written.read_text(encoding="utf-8"))
    document["cards"][0]["code"] = "Not A Code"
    written.write_text(json.dumps(document), encoding="utf-8")
    assert main(["cards", "import", str(written), "--lang", lang]) == 1
    assert said in capsys.readouterr().err
    assert not CardVersion.objects.exists()


def test_files_that_cannot_be_read_or_written_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", "import", str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err
    assert main(["cards", "export", "--out", str(tmp_path / "no" / "cards.json")]) == 1
    assert main(["cards", "export", "--house", "ir/atlantis"]) == 1
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    assert main(["cards", "import", str(tmp_path / "bytes.json")]) == 1


def test_only_what_holds_is_written_when_asked(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(written.read_text(encoding="utf-8"))
    card = next(card for card in document["cards"] if card["code"] == "worker-sport")
    card["versions"][0]["until"] = "2025-01-01"
    card["versions"].append({**card["versions"][0], "since": "2025-01-01", "until": None, "promise": "3 working days"})
    written.write_text(json.dumps(document), encoding="utf-8")
    assert main(["cards", "import", str(written)]) == 0
    capsys.readouterr()
    assert main(["cards", "export", "--holding", "--house", "ir"]) == 0
    cards = {card["code"]: card["versions"] for card in json.loads(capsys.readouterr().out)["cards"]}
    assert [version["promise"] for version in cards["worker-sport"]] == ["3 working days"]


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("which", ["export", "import"])
def test_both_explain_themselves_in_both_languages(which: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cards", which, "--help", "--lang", lang]) == 0
    assert "docs/cards.md" in capsys.readouterr().out
