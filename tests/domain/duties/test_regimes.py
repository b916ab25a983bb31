"""Which times are owed at once: regimes are data, each with its ground in law."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from takrim.base.length import Length
from takrim.duties.clocks import lengths_for
from takrim.duties.regime import FOLDER, REGIMES, BadRegime, Matter, read, scaled
from takrim.orgs.powers import Power

COMPLAINT = Matter("complaint", "web")


def test_the_statute_is_owed_beside_every_promise_and_nothing_stops_it() -> None:
    statute = REGIMES["statute"]
    assert lengths_for("final_answer", COMPLAINT, "15 working days")["statute"] == "90 calendar days"
    assert (statute.pauses, statute.extension, statute.stops, statute.internal) == ((), None, (), False)


def test_each_channel_and_card_brings_its_own_time() -> None:
    def outside(matter: Matter) -> set[str]:
        found = lengths_for("final_answer", matter, "15 working days")
        return {code for code in found if not REGIMES[code].internal}

    assert outside(COMPLAINT) == {"promise", "statute"}
    assert outside(Matter("request", "samad")) == {"promise", "statute", "samad"}
    assert outside(Matter("request", "favad")) == {"promise", "statute", "favad"}
    assert outside(Matter("request", "web", "information-request")) == {"promise", "statute", "information"}
    assert lengths_for("final_answer", Matter("request", "imported"), "") == {}, "another system's time is its own"
    assert lengths_for("referral", COMPLAINT, "5 working days") == {"task": "5 working days"}


def test_steps_inside_the_office_have_their_share() -> None:
    lengths = lengths_for("final_answer", COMPLAINT, "15 working days")
    steps = {code: length for code, length in lengths.items() if REGIMES[code].internal}
    assert steps == {"routing": "1 working day", "completion": "3 working days", "draft": "9 working days"}
    assert scaled(Length.parse("1 working day"), 60) == Length.parse("1 working day"), "never none at all"


def test_a_date_from_elsewhere_is_one_clock() -> None:
    assert lengths_for("final_answer", Matter("request", "imported"), "=2026-12-01T10:00:00+00:00") == {
        "promise": "=2026-12-01T10:00:00+00:00"
    }


def test_the_ladder_is_climbed_by_shares_days_after_and_days_from_the_start() -> None:
    start, due = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
    moments = {rung.at: rung.moment(start, due).day for rung in REGIMES["promise"].rungs}
    assert moments == {"50%": 11, "80%": 17, "100%": 21, "+3 days": 24}
    first = REGIMES["statute"].rungs[0]
    assert (first.moment(start, due), first.to) == (datetime(2027, 1, 15, tzinfo=UTC), ("legal", "director"))
    extension = REGIMES["promise"].extension
    assert extension is not None
    assert (extension.power, extension.times) == (Power.CASE_APPROVE, 2)


@pytest.mark.parametrize(
    ("was", "instead", "complaint"),
    [
        ('charged = "holder"', 'charged = "nobody"', "charged"),
        ('pauses = ["person", "agency"]', 'pauses = ["rain"]', "pauses"),
        ('at = "80%"', 'at = "soon"', "soon"),
        ('length = "given"', 'length = "a while"', "۱۰ روز کاری"),
        ('to = ["head"]', 'to = ["everybody"]', "ladder"),
        ('counting = "plain"', "", "counting"),
    ],
)
def test_a_file_that_makes_no_sense_says_what_is_wrong(was: str, instead: str, complaint: str, tmp_path: Path) -> None:
    text = (FOLDER / "promise.toml").read_text(encoding="utf-8")
    file = tmp_path / "broken.toml"
    file.write_text(text.replace(was, instead, 1), encoding="utf-8")
    with pytest.raises(BadRegime, match=r"broken\.toml") as raised:
        read(file)
    assert complaint in str(raised.value)
