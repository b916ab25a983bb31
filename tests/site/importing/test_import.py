"""Other systems' requests become cases with their own times, once, whatever the file looks like."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from takrim.cases.models import Case, State
from takrim.duties.models import Duty
from takrim.journal.verify import verify
from takrim.orgs.models import Unit
from takrim.site import cli
from takrim.site.importing import run as importing
from takrim.site.importing.mapping import BadMap, read_map
from takrim.site.importing.reading import UnreadableFile
from takrim.site.importing.run import Report, Tally

NOW = datetime(2026, 3, 20, 8, tzinfo=UTC)


def bring(path: Path, plan: Path, *, dry: bool = False) -> tuple[Tally, list[Report]]:
    reports: list[Report] = []
    tally = importing.run(path, read_map(plan), now=NOW, tell=reports.append, dry=dry)
    return tally, reports


@pytest.mark.django_db
def test_rows_become_cases_with_their_own_times(table: Path, plan: Path) -> None:
    tally, _ = bring(table, plan)
    assert (tally.read, tally.taken, tally.refused) == (4, 4, 0)
    first = Case.objects.get(external_id="A-1")
    assert first.received_at == datetime(2026, 3, 1, 14, tzinfo=UTC)  # nine in the morning on the American coast
    assert first.answered_at == first.closed_at == datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert (first.state, first.channel, first.text) == (State.CLOSED, "phone", "Leak\nA pipe leaks")
    assert first.answers.get().text == "Mended"
    assert Case.objects.get(external_id="A-3").text == "Hole\nA hole,\ndeep"
    assert all(report.broken_at is None for report in verify())


@pytest.mark.django_db
def test_a_row_keeps_its_due_date_or_has_none(table: Path, plan: Path) -> None:
    bring(table, plan)
    due = {duty.about: duty.due_at for duty in Duty.objects.all()}
    codes = dict(Case.objects.values_list("external_id", "code"))
    assert due[codes["A-2"]] == datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert due[codes["A-4"]] is None


@pytest.mark.django_db
def test_importing_twice_adds_nothing(table: Path, plan: Path) -> None:
    bring(table, plan)
    tally, _ = bring(table, plan)
    assert (tally.taken, tally.known) == (0, 4)
    assert Case.objects.count() == 4


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(table: Path, plan: Path) -> None:
    tally, _ = bring(table, plan, dry=True)
    assert tally.taken == 4
    assert not Case.objects.exists()
    assert not Unit.objects.filter(path__startswith="ir/town/").exists()


@pytest.mark.django_db
def test_an_import_that_was_killed_goes_on(table: Path, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)

    def die(report: Report) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.run(table, read_map(plan), now=NOW, tell=die)
    assert Case.objects.count() == 2  # the chunk that was acknowledged is there, whole
    tally, _ = bring(table, plan)
    assert (tally.known, tally.taken) == (2, 2)


@pytest.mark.django_db
def test_a_bad_row_comes_back_with_its_reason_and_the_others_go_in(table: Path, plan: Path) -> None:
    with table.open("a", encoding="utf-8") as file:
        file.write("A-5,yesterday,,,Roads,Hole,Phone,New,x,\n,03/02/2026 08:30:00 AM,,,Roads,Hole,Phone,New,x,\n")
        file.write("A-6,03/02/2026 08:30:00 AM,,03/01/2026 08:30:00 AM,Roads,Hole,Phone,Closed,x,\nA-7\n")
    tally, reports = bring(table, plan)
    refused = {row.number: row.why for report in reports for row in report.refused}
    assert tally.taken == 4
    assert sorted(refused) == [5, 6, 7, 8]
    assert "yesterday" in refused[5]


@pytest.mark.django_db
def test_offices_are_opened_once_and_found_by_name(table: Path, plan: Path) -> None:
    bring(table, plan)
    paths = set(Unit.objects.filter(path__startswith="ir/town/").values_list("path", flat=True))
    assert paths == {"ir/town/", "ir/town/water/", "ir/town/roads/"}


@pytest.mark.django_db
def test_unknown_offices_are_refused_where_none_may_be_opened(table: Path, plan: Path, units: dict[str, Unit]) -> None:
    plan.write_text(
        plan.read_text().replace('"ir/town/"', '"ir/alborz/"').replace("create = true", "create = false"), "utf-8"
    )
    tally, reports = bring(table, plan)
    assert tally.refused == 4
    assert "Water" in reports[0].refused[0].why


@pytest.mark.django_db
def test_a_zip_with_one_file_inside_is_read(table: Path, plan: Path, tmp_path: Path) -> None:
    packed = tmp_path / "requests.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(table, "inside.csv")
    assert bring(packed, plan)[0].taken == 4
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("second.csv", "x")
    with pytest.raises(UnreadableFile):
        bring(packed, plan)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.zip", b"PK\x03\x04 cut off"),
        ("no.zip", b"id,came\n1,2\n"),
        ("no.csv.gz", b"id,came\n1,2\n"),
        ("cut.csv.gz", gzip.compress(b"id,came\n" + b"1,2\n" * 9000, mtime=0)[:-20]),
        ("empty.csv", b""),
        ("heads.csv", b"id,came\n"),
        ("noise.csv", bytes(range(256))),
        ("list.json", b"[]"),
        ("object.json", b"{"),
    ],
)
@pytest.mark.parametrize(("lang", "sentence"), [("fa", "فایل خواندنی نیست."), ("en", "The file cannot be read.")])
def test_a_file_that_holds_nothing_is_not_taken_for_done(
    name: str, content: bytes, lang: str, sentence: str, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert cli.main(["import", "requests", str(path), "--map", str(plan), "--lang", lang]) == 1
    told = capsys.readouterr()
    # Rows that cannot be understood with this map are said so before a fault further on is met.
    assert sentence in told.err or "came" in told.err
    assert not told.out


@pytest.mark.django_db
def test_persian_tables_with_jalali_dates_are_read(tmp_path: Path, plan: Path) -> None:
    path = tmp_path / "persian.csv"
    path.write_bytes("\ufeffشماره;ورود;دفتر;متن\n۱;۱۴۰۴/۱۲/۱۰ ۰۹:۳۰;کرج;سلام\u202eدنیا\n".encode())
    plan.write_text(
        '[file]\ndelimiter = ";"\nsource = "fa"\n[columns]\nexternal_id = "شماره"\nopened = "ورود"\nunit = "دفتر"\n'
        'text = "متن"\n[formats]\ndatetime = ["jalali"]\n[units]\nunder = "ir/fa/"\ncreate = true\n',
        "utf-8",
    )
    assert bring(path, plan)[0].taken == 1
    case = Case.objects.get()
    assert case.received_at == datetime(2026, 3, 1, 6, tzinfo=UTC)
    assert case.text == "سلامدنیا"  # the character that turns the line around is gone
    assert case.unit_path.startswith("ir/fa/office-")


@pytest.mark.django_db
def test_dated_notes_become_referrals(tmp_path: Path, plan: Path) -> None:
    def note(kind: str, at: str, **more: Any) -> dict[str, Any]:
        return {"type": kind, "datetime": at, **more}

    rows = [
        {
            "id": "C-1",
            "at": "2026-01-05T08:00:00-06:00",
            "agency": "Roads",
            "notes": [
                note("asked", "2026-01-06T08:00:00-06:00", to="Water", what="Look at the pipe", ref="W-1"),
                note("replied", "2026-01-07T08:00:00-06:00", ref="W-1", what="Dry"),
                note("asked", "2026-01-08T08:00:00-06:00", to="Lights", what="And the lamp", ref="L-1"),
                note("ended", "2026-01-09T08:00:00-06:00"),
            ],
        }
    ]
    path = tmp_path / "requests.json"
    path.write_text(json.dumps(rows), "utf-8")
    plan.write_text(
        '[columns]\nexternal_id = "id"\nopened = "at"\nunit = "agency"\n[notes]\ncolumn = "notes"\n'
        'datetime = "datetime"\nkind = "type"\nunit = "to"\ntext = "what"\nlink = "ref"\nasked = ["asked"]\n'
        'replied = ["replied"]\nclosed = ["ended"]\n[units]\nunder = "ir/city/"\ncreate = true\n',
        "utf-8",
    )
    assert bring(path, plan)[0].taken == 1
    referrals = {duty.unit_path: duty for duty in Duty.objects.filter(kind="referral")}
    assert referrals["ir/city/water/"].answer == "Dry"
    assert referrals["ir/city/water/"].answered_at == datetime(2026, 1, 7, 14, tzinfo=UTC)
    assert referrals["ir/city/lights/"].state == "withdrawn"
    assert Case.objects.get().closed_at == datetime(2026, 1, 9, 14, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"\n", b"\x00\x00\x00", b"number,came\n", b"\xff\xfe,x\n1\n"])
def test_files_that_make_no_sense_are_told_and_do_not_crash(content: bytes, tmp_path: Path, plan: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    try:
        tally, _ = bring(path, plan)
    except (BadMap, UnreadableFile) as refusal:
        assert str(refusal)
    else:
        assert tally.taken == 0
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_column_that_is_not_there_is_named(table: Path, plan: Path) -> None:
    plan.write_text(plan.read_text().replace('"came"', '"arrived"'), "utf-8")
    with pytest.raises(BadMap) as refused:
        bring(table, plan)
    assert "arrived" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('timezone = "America/New_York"', 'timezone = "Moon/Sea"', "Moon/Sea"),
        ('Phone = "phone"', 'Phone = "horse"', "horse"),
        ('external_id = "number"', "", "external_id"),
        ('under = "ir/town/"', 'under = "town"', "ir/alborz/"),
        ("[file]", "[file", "town.toml"),
        ('opened = "came"', 'openned = "came"', "openned"),
    ],
)
def test_a_map_with_a_mistake_says_which(plan: Path, old: str, new: str, named: str) -> None:
    plan.write_text(plan.read_text().replace(old, new), "utf-8")
    with pytest.raises(BadMap) as refused:
        read_map(plan)
    assert named in str(refused.value)


@pytest.mark.django_db
def test_the_command_tells_programs_what_happened(
    table: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with table.open("a", encoding="utf-8") as file:
        file.write("A-9,never,,,=HYPERLINK(1),Hole,Phone,New,x,\n")
    refused = tmp_path / "refused.csv"
    arguments = ["import", "requests", str(table), "--map", str(plan), "--refused", str(refused), "--format", "json"]
    assert cli.main([*arguments, "--lang", "en"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["taken"], told["refused"]) == (4, 1)
    # A spreadsheet must not run what a stranger wrote.
    assert "'=HYPERLINK(1)" in refused.read_text("utf-8-sig")
