"""The whole product under people who file, while its processes are killed: nothing is lost, nothing happens twice."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from time import sleep

import pytest

from tests.drills.filing import Crowd
from tests.site.conftest import House, Within
from tests.site.test_serve import Tree

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]

# The house is looked at after its own worker has had time to finish, and once more after the figures were made anew.
LOOK = """
import json
from collections import Counter
from time import monotonic, sleep
from takrim.cases.models import Case
from takrim.indicators.follow import rebuild
from takrim.indicators.models import Owed, Tally
from takrim.journal.follow import behind
from takrim.journal.models import Entry
from takrim.journal.verify import verify
from takrim.letters.models import Letter

def figures():
    columns = [field.name for field in Tally._meta.fields if field.name != "id"]
    tallies = Tally.objects.order_by("path", "period", "by", "value").values_list(*columns)
    owed = Owed.objects.exclude(n=0).order_by("path", "grain", "slot").values_list("path", "grain", "slot", "n")
    return list(tallies), list(owed)

end = monotonic() + 25
while (any(behind().values()) or Letter.objects.unfinished().exists()) and monotonic() < end:
    sleep(0.2)
acknowledged = open(sys.argv[1]).read().split()
receipts = Counter(Letter.objects.filter(kind="receipt", subject__in=acknowledged).values_list("subject", flat=True))
kept = figures()
rebuild()
print(json.dumps({
    "acknowledged": len(acknowledged),
    "different": len(set(acknowledged)),
    "there": Case.objects.filter(code__in=acknowledged).count(),
    "cases": Case.objects.count(),
    "keys": Case.objects.values("key").distinct().count(),
    "registered": Entry.objects.filter(verb="case.received").values("subject").distinct().count(),
    "events": Entry.objects.filter(verb="case.received").count(),
    "letters": sorted(set(receipts.values())),
    "written": len(receipts),
    "uncarried": Letter.objects.unfinished().count(),
    "behind": sum(behind().values()),
    "broken": [report.chain for report in verify() if report.broken_at is not None],
    "figures": kept == figures(),
}))
"""
KILLS, WEB_KILLS = 20, 4
# Fewer would prove little; a slow machine files this many in good time.
LEAST = 20


def kill(tree: Tree, name: str, within: Within) -> None:
    """End one process the hard way and wait for its successor."""
    before = tree.children(name)
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    within(10, lambda: tree.children(name) - before)


def test_nothing_is_lost_or_done_twice_while_processes_are_killed(house: House, free_port: int, within: Within) -> None:
    moments = random.Random(1405)
    tree = Tree(house, free_port)
    try:
        within(30, tree.answers)
        with Crowd(free_port, people=4, most=300).filing() as crowd:
            within(20, lambda: crowd.receipts or crowd.troubles)
            for number in range(KILLS):
                # Long enough for a worker to be in the middle of something, too short for it to be done with all.
                sleep(moments.uniform(0.05, 0.6))
                kill(tree, "takrim-worker", within)
                if number % (KILLS // WEB_KILLS) == 0:
                    kill(tree, "takrim-web", within)
            within(20, lambda: len(crowd.receipts) >= LEAST or crowd.troubles)
        assert crowd.troubles == []
        told = house.data / "drill.txt"
        told.write_text("\n".join(crowd.receipts))
        found = json.loads(house.ask(LOOK, str(told)).splitlines()[-1])
    finally:
        said = tree.end()
    promised = len(crowd.receipts)
    assert "Traceback" not in said
    assert found == {
        "acknowledged": promised,
        "different": promised,
        "there": promised,
        "cases": promised,
        "keys": promised,
        "registered": promised,
        "events": promised,
        "letters": [1],
        "written": promised,
        "uncarried": 0,
        "behind": 0,
        "broken": [],
        "figures": True,
    }
