"""Event logs become cases with their hand-overs, from tables and from XES alike."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from takrim.cases.models import Case, State
from takrim.duties.models import Duty
from takrim.indicators.exact import By, figures_by
from takrim.journal.verify import verify
from takrim.site import cli
from takrim.site.importing import log_reading
from takrim.site.importing import run as importing
from takrim.site.importing.mapping import BadMap, Map, read_log_map
from takrim.site.importing.reading import UnreadableFile
from takrim.site.importing.run import Report, Tally

NOW = datetime(2026, 3, 20, 8, tzinfo=UTC)

MAP = """\
[file]
source = "permits"
timezone = "UTC"
[columns]
external_id = "case:concept:name"
due = "case:deadline"
closed = "case:end"
unit = "case:department"
channel = "case:channel"
[values.channel]
Post = "paper"
e-mail = "email"
[events]
time = "time:timestamp"
activity = "concept:name"
who = "org:resource"
group = "org:group"
nobody = ["-"]
[units]
under = "ir/permits/"
create = true
"""

HEAD = (
    "case:concept:name,case:department,case:channel,case:deadline,case:end,"
    "time:timestamp,concept:name,org:resource,org:group"
)
# P-1 goes Front → Back → Front and ends late; P-2 is still with the lawyers. Their lines are mixed and out of order.
LINES = [
    "P-1,General,Post,2026-03-03T08:00,2026-03-05T12:00,2026-03-01T08:00,Receive,A,Front",
    "P-2,General,e-mail,2026-03-30T08:00,,2026-03-02T09:30,Check,B,-",
    "P-1,General,Post,2026-03-03T08:00,2026-03-05T12:00,2026-03-04T10:00,Decide,C,Back",
    "P-2,General,e-mail,2026-03-30T08:00,,2026-03-02T09:00,Receive,A,Front",
    "P-1,General,Post,2026-03-03T08:00,2026-03-05T12:00,2026-03-02T10:00,Check,A,Front",
    "P-1,General,Post,2026-03-03T08:00,2026-03-05T12:00,2026-03-05T13:00,Send,A,Front",
    "P-2,General,e-mail,2026-03-30T08:00,,2026-03-03T09:00,Advise,L,Law",
]


def as_xes(lines: list[str]) -> str:
    """The same events as XES, each case a trace."""
    traces: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader([HEAD, *lines]):
        traces.setdefault(row["case:concept:name"], []).append(row)

    def said(row: dict[str, str], of_case: bool) -> str:
        keys = {key: value for key, value in row.items() if key.startswith("case:") is of_case and value}
        return "".join(f'<string key="{key.removeprefix("case:")}" value="{value}"/>' for key, value in keys.items())

    written = "".join(
        f"<trace>{said(rows[0], True)}{''.join(f'<event>{said(row, False)}</event>' for row in rows)}</trace>"
        for rows in traces.values()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><log xmlns="http://www.xes-standard.org/">{written}</log>'


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "permits.toml"
    path.write_text(MAP, "utf-8")
    return path


@pytest.fixture(params=["csv", "xes", "xes.gz"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"log.{request.param}"
    if request.param == "csv":
        path.write_text("\n".join([HEAD, *LINES]), "utf-8")
    elif request.param == "xes":
        path.write_text(as_xes(LINES), "utf-8")
    else:
        path.write_bytes(gzip.compress(as_xes(LINES).encode()))
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text("\n".join([HEAD, *LINES]), "utf-8")
    return path


def bring(path: Path, plan: Map) -> tuple[Tally, list[Report]]:
    reports: list[Report] = []
    return importing.run(path, plan, now=NOW, tell=reports.append), reports


def die(report: Report) -> None:
    raise KeyboardInterrupt


def stints(case: Case) -> list[tuple[str, str, datetime, datetime | None]]:
    """Asked by whom, of whom, from when to when."""
    rows = Duty.objects.filter(about=case.code, kind="referral").order_by("id")
    last = [(duty.judge_path, duty.unit_path, duty.opened_at, duty.answered_at) for duty in rows]
    return [(judge.split("/")[2], unit.split("/")[2], opened, answered) for judge, unit, opened, answered in last]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


@pytest.mark.django_db
def test_events_become_cases_that_go_from_group_to_group(log: Path, plan: Path) -> None:
    tally, _ = bring(log, read_log_map(plan))
    assert (tally.read, tally.taken, tally.refused) == (2, 2, 0)
    first, second = Case.objects.order_by("external_id")
    assert (first.received_at, first.closed_at, first.state) == (at(1, 8), at(5, 12), State.CLOSED)
    assert (first.channel, second.channel) == ("paper", "email")
    assert stints(first) == [
        ("general", "front", at(1, 8), at(2, 10)),
        ("front", "back", at(2, 10), at(4, 10)),
        # What was done after the end was done at the end.
        ("back", "front", at(4, 10), at(5, 12)),
    ]
    # Nobody's event stays with the group before; the last group of an open case still has it.
    handed = at(2, 9) + timedelta(minutes=30)
    assert stints(second) == [("general", "front", at(2, 9), handed), ("front", "law", handed, None)]
    assert second.state == State.REFERRED
    assert all(report.broken_at is None for report in verify())


@pytest.mark.django_db
def test_importing_a_log_twice_adds_nothing(log: Path, plan: Path) -> None:
    bring(log, read_log_map(plan))
    duties = Duty.objects.count()
    tally, _ = bring(log, read_log_map(plan))
    assert (tally.taken, tally.known) == (0, 2)
    assert (Case.objects.count(), Duty.objects.count()) == (2, duties)


@pytest.mark.django_db
def test_a_log_that_was_stopped_goes_on(table: Path, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)

    with pytest.raises(KeyboardInterrupt):
        importing.run(table, read_log_map(plan), now=NOW, tell=die)
    assert Case.objects.count() == 1
    tally, _ = bring(table, read_log_map(plan))
    assert (tally.known, tally.taken) == (1, 1)


@pytest.mark.django_db
def test_events_put_aside_in_many_batches_come_back_in_order(
    table: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_reading, "_BATCH", 2)
    assert bring(table, read_log_map(plan))[0].taken == 2
    assert len(stints(Case.objects.get(external_id="P-1"))) == 3


@pytest.mark.django_db
def test_figures_count_late_ends_channels_and_hand_overs(log: Path, plan: Path) -> None:
    bring(log, read_log_map(plan))
    channels, total = figures_by("ir/permits/", By.CHANNEL, NOW)
    assert (total.received, total.closed, total.late) == (2, 1, 1)
    assert [line.key for line in channels] == ["email", "paper"]
    lines, _ = figures_by("ir/permits/", By.HANDOVER, NOW)
    held: dict[str, tuple[Any, ...]] = {line.key: (line.received, line.closed, line.median_hours) for line in lines}
    assert held["ir/permits/general/ → ir/permits/front/"] == (2, 2, Fraction(1, 2))
    assert held["ir/permits/front/ → ir/permits/back/"] == (1, 1, 48)
    assert held["ir/permits/front/ → ir/permits/law/"] == (1, 0, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("P-3,General,Post,,,2026-03-01T08:00,Receive,A,Front\nP-3,General,Post,,,soon,Check,A,Front", "soon"),
        ("P-3,General,Post,,2026-02-01T08:00,2026-03-01T08:00,Receive,A,Front", "پیش از"),
        ("P-3,General,Post,,,,,,", "رویداد"),
        ("P-3,,Post,,,2026-03-01T08:00,Receive,A,Front", "case:department"),
        (",General,Post,,,2026-03-01T08:00,Receive,A,Front", "case:concept:name"),
    ],
)
def test_a_case_that_cannot_be_taken_comes_back_with_all_its_lines(
    line: str, named: str, table: Path, plan: Path
) -> None:
    table.write_text("\n".join([HEAD, *LINES, line]), "utf-8")
    tally, reports = bring(table, read_log_map(plan))
    refused = [row for report in reports for row in report.refused]
    assert (tally.taken, tally.refused) == (2, 1)
    assert [row.number for row in refused] == list(range(8, 8 + len(line.split("\n"))))
    assert all(named in row.why for row in refused)


@pytest.mark.django_db
def test_an_end_without_an_hour_on_the_day_of_receipt_is_an_end(table: Path, plan: Path) -> None:
    table.write_text(f"{HEAD}\nP-3,General,Post,,2026-03-01,2026-03-01T08:00,Receive,A,Front", "utf-8")
    assert bring(table, read_log_map(plan))[0].taken == 1
    assert Case.objects.get().closed_at == at(1, 8)


@pytest.mark.django_db
def test_without_groups_the_office_did_everything(table: Path, plan: Path) -> None:
    text = plan.read_text().replace('group = "org:group"\n', 'owner = "Desk"\nended = ["Send"]\n')
    plan.write_text(text.replace('unit = "case:department"\n', "").replace('closed = "case:end"\n', ""), "utf-8")
    bring(table, read_log_map(plan))
    assert not Duty.objects.filter(kind="referral").exists()
    first, second = Case.objects.order_by("external_id")
    assert (first.unit_path, first.closed_at, second.closed_at) == ("ir/permits/desk/", at(5, 13), None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        "",
        "<log><trace>",
        "<book/>",
        '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log><trace>&b;</trace></log>',
        '<!DOCTYPE log SYSTEM "http://example.invalid/log.dtd"><log><!ENTITY x SYSTEM "file:///etc/passwd"></log>',
    ],
)
def test_xes_that_is_unsound_or_hostile_is_refused(content: str, tmp_path: Path, plan: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(content, "utf-8")
    with pytest.raises(UnreadableFile):
        bring(path, read_log_map(plan))
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_trace_without_events_is_refused(tmp_path: Path, plan: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text('<log><trace><string key="concept:name" value="P-9"/></trace></log>', "utf-8")
    # A file in which not even one case has what the map names is the wrong file.
    with pytest.raises(BadMap):
        bring(path, read_log_map(plan))
    path.write_text(as_xes(LINES).replace("</log>", '<trace><string key="concept:name" value="P-9"/></trace></log>'))
    assert bring(path, read_log_map(plan))[0].refused == 1


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('time = "time:timestamp"', "", "time"),
        ('unit = "case:department"', "", "owner"),
        ('group = "org:group"', 'grup = "org:group"', "grup"),
        ('external_id = "case:concept:name"', "", "external_id"),
    ],
)
def test_a_map_of_a_log_with_a_mistake_says_which(plan: Path, old: str, new: str, named: str) -> None:
    plan.write_text(plan.read_text().replace(old, new), "utf-8")
    with pytest.raises(BadMap) as refused:
        read_log_map(plan)
    assert named in str(refused.value)


@pytest.mark.django_db
def test_the_command_writes_what_was_left_out_and_shows_the_hand_overs(
    table: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with table.open("a", encoding="utf-8") as file:
        file.write("\nP-3,General,Post,,,soon,=Check,A,Front")
    refused = tmp_path / "refused.csv"
    arguments = ["import", "log", str(table), "--map", str(plan), "--refused", str(refused), "--format", "json"]
    assert cli.main([*arguments, "--lang", "en"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["taken"], told["refused"]) == (3, 2, 1)
    assert refused.read_text("utf-8-sig").splitlines()[1].startswith("8,")
    assert cli.main(["figures", "--under", "ir/permits/", "--by", "handover", "--lang", "en"]) == 0
    assert "Front → Back" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["receipt-phase", "road-fines"])
def test_the_ready_maps_of_logs_are_sound(name: str) -> None:
    plan = read_log_map(Path(__file__).parents[3] / "docs" / "maps" / f"{name}.toml")
    assert plan.events is not None
