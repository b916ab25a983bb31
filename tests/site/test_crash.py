"""Whatever is killed at whatever moment: what was acknowledged is there, and the journal holds."""

from __future__ import annotations

import random
from time import sleep

import pytest

from tests.site.conftest import House

pytestmark = pytest.mark.slow

FILE = """
from datetime import UTC, datetime
from itertools import count
from takrim.cases.actions_intake import Place, receive
from takrim.channels.channel import Intake, Sender
from takrim.orgs.actor import holder
from takrim.orgs.models import Unit
unit = Unit.objects.get(path=sys.argv[2])
print("ready", flush=True)
for number in count():
    intake = Intake(
        key=f"crash-{sys.argv[1]}-{number}", channel="web", kind="complaint", text="حق بیمه‌ام واریز نشده است.",
        sender=Sender(name="زهرا اکبری", mobile="09121234567"),
    )
    case = receive(intake=intake, place=Place(unit=unit), by=holder(), now=datetime.now(UTC))
    print(case.code, flush=True)
"""
FIND = """
from takrim.cases.models import Case
codes = open(sys.argv[1]).read().split()
print(len(codes), Case.objects.filter(code__in=codes).count())
"""
PLACES = ["ir/alborz/nazarabad/", "ir/alborz/", "ir/qom/", "ir/alborz/nazarabad/"]


def test_twenty_killed_processes_lose_nothing_that_was_acknowledged(house: House) -> None:
    moments = random.Random(1405)
    acknowledged: list[str] = []
    for round_ in range(5):
        running = [house.python(FILE, f"{round_}-{place}", path) for place, path in enumerate(PLACES)]
        for process in running:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in running:
            sleep(moments.uniform(0.02, 0.15))
            process.kill()
        for process in running:
            said, _ = process.communicate()
            # The last line may have been cut off while it was being written.
            acknowledged += [line for line in said.split("\n")[:-1] if line]
    assert len(acknowledged) > 50
    told = house.data / "acknowledged.txt"
    told.write_text("\n".join(acknowledged))
    assert house.ask(FIND, str(told)).split() == [str(len(acknowledged))] * 2
    checked = house.takrim("journal", "verify")
    assert checked.returncode == 0, checked.stdout
