"""Months that changed after they were handed over: the province knows them, and the nation keeps what they replaced."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from takrim.base.period import Period
from takrim.evaluation.actions_feeds import accept_key, take_feed
from takrim.evaluation.actions_feeds_out import keep_handed
from takrim.evaluation.feed_form import read, write
from takrim.evaluation.feed_lines import Cells, Own
from takrim.evaluation.feed_out import hand_over
from takrim.evaluation.feed_refusals import BadFeed, OldFeed
from takrim.evaluation.feed_standing import NothingChanged, hand_changed, standing
from takrim.evaluation.models_feeds import Feed, FeedReplaced, HandedMonth
from takrim.evaluation.signing import public_pem
from takrim.indicators.figures import figures
from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.site.cli import main
from tests.domain.evaluation.test_feeds import DESK, HANDED, KAHAK, KEY, MADE, MONTH, QOM, WHOLE
from tests.matters import answered
from tests.people import MakeCase

# In Mehr and in Shahrivar.
MEHR, SHAHRIVAR = MADE - timedelta(days=20), MADE - timedelta(days=50)

pytestmark = pytest.mark.usefixtures("units")


def states(now: Any) -> dict[str, str]:
    catch_up(READER)
    return {one.month.code: str(one.state) for one in standing(QOM, now)}


def test_a_province_knows_what_it_handed_over_and_what_changed_since(make_case: MakeCase, now: Any) -> None:
    by = system("feed")
    answered(make_case(unit="kahak", at=SHAHRIVAR), SHAHRIVAR + timedelta(hours=5))
    assert states(now) == {"1405-06": "missing", "1405-07": "missing", "1405-08": "missing"}
    handed = hand_over(QOM, Period.parse("1405-07"), now, all_before=True)
    keep_handed(handed=handed, file=write(handed, KEY), by=by, now=now)
    assert states(now) == {"1405-06": "handed", "1405-07": "handed", "1405-08": "missing"}
    with pytest.raises(NothingChanged):
        hand_changed(QOM, now)
    event = Entry.objects.get(verb="feed.handed")
    assert (event.chain, event.facts["months"]) == (QOM, "1405-06 1405-07")
    # An entry that comes late, with its own day; it fell due a month after.
    answered(make_case(unit="qom", at=SHAHRIVAR), SHAHRIVAR + timedelta(hours=3))
    assert states(now) == {"1405-06": "changed", "1405-07": "changed", "1405-08": "missing"}
    changed = hand_changed(QOM, now)
    assert changed.months == ("1405-06", "1405-07")
    keep_handed(handed=changed, file=write(changed, KEY), by=by, now=now)
    assert set(states(now).values()) == {"handed", "missing"}
    assert HandedMonth.objects.count() == 2


def test_only_who_runs_rounds_hands_over(sara: Actor, now: Any) -> None:
    with pytest.raises(NotAllowed):
        keep_handed(handed=HANDED, file=b"", by=sara, now=now)


def test_a_newer_month_replaces_the_older_with_a_trace_and_never_the_other_way(tara: Actor, now: Any) -> None:
    accept_key(path=QOM, pem=public_pem(KEY), by=tara, now=now)
    first, _new = take_feed(file=write(HANDED, KEY), by=tara, now=now)
    more = replace(DESK, cells=Cells({"received": 3, "answered": 1, "on_time": 1}, {80: 1}))
    totals = {"1405-07": replace(WHOLE, cells=replace(WHOLE.cells, counts={**WHOLE.cells.counts, "received": 13}))}
    newer = replace(HANDED, seq=44, own=(more, KAHAK), totals=totals)
    second, _new = take_feed(file=write(newer, KEY), by=tara, now=now + timedelta(hours=1))
    trace = FeedReplaced.objects.get()
    assert (trace.month, trace.before, trace.feed) == ("1405-07", first, second)
    assert (second.received_name, second.seq) == (tara.name, 44)
    event = Entry.objects.filter(verb="feed.taken").latest("id")
    assert event.facts["replaced"] == f"1405-07={first.hash}"
    with translation.override("en"), pytest.raises(OldFeed) as refused:
        take_feed(file=write(replace(HANDED, seq=43), KEY), by=tara, now=now)
    with translation.override("en"):
        assert "1405-07 was received before from a newer feed (position 44" in refused.value.because()
    assert figures([QOM], MONTH, now)[QOM].counts["received"] == 13
    # The same figures in a newer file replace nothing.
    take_feed(file=write(replace(newer, seq=50), KEY), by=tara, now=now)
    assert FeedReplaced.objects.count() == 1


def test_months_that_do_not_stand_in_a_row_come_once_those_between_are_known(tara: Actor, now: Any) -> None:
    accept_key(path=QOM, pem=public_pem(KEY), by=tara, now=now)
    codes = ("1405-05", "1405-06", "1405-07")

    def of(*months: str, seq: int) -> bytes:
        own = tuple(replace(DESK, month=code) for code in months)
        totals = {code: Own(QOM, code, DESK.cells) for code in months}
        said: dict[str, Any] = {
            "months": months,
            "begins": codes[0],
            "own": own,
            "totals": totals,
            "proofs": (),
            "seq": seq,
        }
        return write(replace(HANDED, **said), KEY)

    with pytest.raises(BadFeed):
        take_feed(file=of(codes[0], codes[2], seq=9), by=tara, now=now)
    take_feed(file=of(*codes, seq=10), by=tara, now=now)
    feed, new = take_feed(file=of(codes[0], codes[2], seq=11), by=tara, now=now)
    assert (new, feed.held) == (True, [codes[0], codes[2]])
    # What was made before of another month is no older for that.
    take_feed(file=of(codes[1], seq=10), by=tara, now=now)
    with pytest.raises(BadFeed):
        read(of(codes[2], codes[0], seq=12), {QOM: KEY.public_key()})
    assert Feed.objects.count() == 3


def test_the_commands_say_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any, make_case: MakeCase
) -> None:
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / "own.key"
    answered(make_case(unit="kahak", at=SHAHRIVAR), SHAHRIVAR + timedelta(hours=5))
    answered(make_case(unit="kahak", at=MEHR), MEHR + timedelta(hours=5))
    file = tmp_path / "qom.feed"
    place = ["--province", "ir/qom", "--lang", "en"]
    export, status = ["feed", "export", str(file), *place], ["feed", "status", *place]
    assert main(status) == 1
    assert "missing" in capsys.readouterr().out
    assert main([*export, "--period", "1405-07", "--all-before"]) == 0
    assert main([*export, "--changed"]) == 1
    assert "No month has changed" in capsys.readouterr().err
    for at in (SHAHRIVAR, MEHR):
        answered(make_case(unit="qom", at=at), at + timedelta(hours=3))
    assert main([*status, "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [(one["month"], one["state"]) for one in said["months"]][:2] == [
        ("1405-06", "changed"),
        ("1405-07", "changed"),
    ]
    assert main([*export, "--period", "1405-07"]) == 0
    told = capsys.readouterr()
    assert "changed since they were handed over: Shahrivar 1405. Export them too with --changed." in told.err
    assert main([*export, "--changed"]) == 0
    assert "was written: Shahrivar 1405." in capsys.readouterr().out
    assert main(["feed", "status", "--province", "ir/qom", "--lang", "fa"]) == 1
    assert "تحویل‌شده" in capsys.readouterr().out
    assert not list(tmp_path.glob("*.part"))
    assert main(["feed", "status", "--province", "ir/mars", "--lang", "en"]) == 1
    assert main([*export, "--changed", "--period", "1405-07"]) == 2
