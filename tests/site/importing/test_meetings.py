"""`takrim import meetings`: bodies, meetings, their order and who came; twice adds nothing; what is broken is named."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from takrim.councils.models import Body
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Invitation, Meeting, State
from takrim.duties.models import Duty
from takrim.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]

ROLL = {
    "ID": 2,
    "Title": "Roll Call",
    "AgendaSequence": 0,
    "MinutesSequence": 1,
    "RollCallFlag": 1,
    "RollCall": [
        {"FullName": "Ada Lovelace", "Value": "Medical", "Sort": 20},
        {"FullName": "Grace Hopper", "Value": "Present", "Sort": 10},
        {"FullName": "Alan Turing", "Value": "Absent", "Sort": 30},
    ],
}
BUDGET = {"ID": 1, "Title": "", "MatterName": "Budget", "MatterFile": "T-1", "AgendaSequence": 2, "MinutesSequence": 2}
HEARING = {"ID": 3, "Title": "Hearing", "AgendaSequence": 1, "MinutesSequence": 3, "ActionText": "Laid over"}


def meeting(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "ID": number,
        "BodyID": 19,
        "BodyName": "Committee on Safety",
        "Date": "2023-05-17T12:30:00-04:00",
        "Location": "City Hall",
        "AgendaStatusName": "Final",
        "Items": [ROLL, BUDGET, HEARING],
        **more,
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [meeting(1), meeting(2, AgendaStatusName="Deferred", Items=None, Date="2023-06-01T10:00:00")]
    path = tmp_path / "meetings.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def test_meetings_come_in_whole_and_twice_adds_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "meetings", str(file), "--under", "ir/alborz", "--lang", "en"]) == 0
    assert "1 bodies, 2 meetings, 3 items and 1 roll calls were added." in capsys.readouterr().out
    assert main(["import", "meetings", str(file), "--under", "ir/alborz/", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["meetings"], told["bodies"], told["known"]) == (2, 0, 0, 2)
    body = Body.objects.get()
    assert (body.name, body.unit_path, body.kind) == ("Committee on Safety", "ir/alborz/", "committee")
    assert not Duty.objects.exists()
    held, deferred = Meeting.objects.order_by("number")
    assert (held.state, held.starts_at.isoformat(), held.place) == (
        State.HELD,
        "2023-05-17T16:30:00+00:00",
        "City Hall",
    )
    assert (deferred.state, deferred.cancelled_why) == (State.CANCELLED, "Deferred")
    assert deferred.starts_at.isoformat() == "2023-06-01T06:30:00+00:00"


def test_the_order_of_agenda_and_minutes_is_kept(file: Path) -> None:
    main(["import", "meetings", str(file), "--under", "ir/alborz"])
    items = AgendaItem.objects.accepted()
    assert [item.title for item in items] == ["Hearing", "Budget", "Roll Call"]
    assert [item.title for item in items.order_by("dealt_place")] == ["Roll Call", "Budget", "Hearing"]
    assert items[0].text == "Laid over"


def test_a_roll_call_says_who_came(file: Path) -> None:
    main(["import", "meetings", str(file), "--under", "ir/alborz"])
    rows = Invitation.objects.in_order().values_list("name", "attendance", "reply_note")
    assert list(rows) == [
        ("Grace Hopper", "present", ""),
        ("Ada Lovelace", "excused", "Medical"),
        ("Alan Turing", "absent", ""),
    ]


def test_a_trial_writes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "meetings", str(file), "--under", "ir/alborz", "--dry-run", "--lang", "en"]) == 0
    assert "nothing was written" in capsys.readouterr().out
    assert not Body.objects.exists()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{", "Line 2"),
        ("[1]", "Line 2"),
        (json.dumps(meeting(BodyName="")), "BodyName"),
        (json.dumps(meeting(Date="yesterday")), "Line 2"),
        (json.dumps(meeting(Items="many")), "Items"),
    ],
)
def test_a_broken_line_is_named_and_nothing_comes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str, said: str
) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(f"{json.dumps(meeting())}\n{broken}\n", encoding="utf-8")
    assert main(["import", "meetings", str(path), "--under", "ir/alborz", "--lang", "en"]) == 1
    assert said in capsys.readouterr().err
    assert not Meeting.objects.exists()


def test_xml_is_refused_with_the_line_at_which_it_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "minutes.xml"
    path.write_text("\ufeff<a>\n<b>\n</c>\n</a>\n", encoding="utf-8")
    assert main(["import", "meetings", str(path), "--under", "ir/alborz", "--lang", "fa"]) == 1
    assert "در خط ۳ خراب است" in capsys.readouterr().err
    path.write_text("<a>\n</a>\n", encoding="utf-8")
    assert main(["import", "meetings", str(path), "--under", "ir/alborz", "--lang", "en"]) == 1
    assert "The file is XML." in capsys.readouterr().err


def test_an_unknown_office_or_file_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "meetings", str(file), "--under", "ir/nowhere"]) == 1
    assert main(["import", "meetings", "absent.jsonl", "--under", "ir/alborz", "--lang", "en"]) == 1
    assert "cannot be read" in capsys.readouterr().err
