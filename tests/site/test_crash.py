"""Whatever is killed at whatever moment: what was acknowledged is there, and the journal holds."""

from __future__ import annotations

import pytest

from tests.site.conftest import House

pytestmark = pytest.mark.slow

FILE = """
import os, random, signal
from datetime import UTC, datetime
from itertools import count
from time import sleep
from django.db import connections
from takrim.cases.actions_intake import Place, receive
from takrim.channels.channel import Intake, Sender
from takrim.orgs.actor import holder
from takrim.orgs.models import Unit
units = [Unit.objects.get(path=path) for path in ("ir/alborz/nazarabad/", "ir/alborz/", "ir/qom/")]
connections.close_all()
moments = random.Random(1405)

def write(name, unit):
    for number in count():
        intake = Intake(
            key=f"crash-{name}-{number}", channel="web", kind="complaint", text="حق بیمه‌ام واریز نشده است.",
            sender=Sender(name="زهرا اکبری", mobile="09121234567"),
        )
        case = receive(intake=intake, place=Place(unit=unit), by=holder(), now=datetime.now(UTC))
        os.write(1, f"{case.code}\\n".encode())

def begin(name, unit):
    writer = os.fork()
    if not writer:
        write(name, unit)
    return writer

for round in range(5):
    writers = [begin(f"{round}-{place}", units[place % 3]) for place in range(4)]
    sleep(0.3)
    for writer in writers:
        sleep(moments.uniform(0.02, 0.15))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
"""
FIND = """
from takrim.cases.models import Case
codes = open(sys.argv[1]).read().split()
print(len(codes), Case.objects.filter(code__in=codes).count())
"""


def test_twenty_killed_writers_lose_nothing_that_was_acknowledged(house: House) -> None:
    acknowledged = house.ask(FILE).split()
    assert len(acknowledged) > 50
    told = house.data / "acknowledged.txt"
    told.write_text("\n".join(acknowledged))
    assert house.ask(FIND, str(told)).split() == [str(len(acknowledged))] * 2
    checked = house.takrim("journal", "verify")
    assert checked.returncode == 0, checked.stdout
