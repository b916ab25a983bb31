"""Real worker processes on one queue: nothing is done twice, nothing is lost when one of them is killed."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.site.conftest import House, Within

pytestmark = pytest.mark.slow

CLEAR = "from takrim.tasks.models import Work; Work.objects.all().delete()"
ENQUEUE = """
from datetime import UTC, datetime
result = work.stuck_at_first.enqueue(sys.argv[1], now=datetime.now(UTC))
print(result.id)
"""
WORK = "from takrim.site import worker; worker.main(sys.argv[1])"
# Told to stop while the main thread holds the lock of the very event that tells it.
HURT = """
import os, signal, threading
from takrim.site import worker

class Unlucky(threading.Event):
    def wait(self, timeout=None):
        if threading.current_thread() is threading.main_thread():
            with self._cond:
                signal.getsignal(signal.SIGTERM)(signal.SIGTERM, None)
            os.kill(os.getpid(), signal.SIGTERM)
        return super().wait(timeout)

def begin(self, *given, original=worker.Worker.__init__):
    original(self, *given)
    self.stop = Unlucky()

worker.Worker.__init__ = begin
worker.main(sys.argv[1])
"""
HOLD = """
from takrim.tasks.models import Work
from datetime import UTC, datetime
row = Work.objects.get(pk=sys.argv[1])
print(row.status, row.attempts, row.next_at <= datetime.now(UTC))
"""
CLAIM = """
from datetime import UTC, datetime, timedelta
from takrim.tasks import actions
while row := actions.claim(worker=sys.argv[1], now=datetime.now(UTC), lease=timedelta(minutes=1)):
    actions.succeed(row=row, result=None, now=datetime.now(UTC))
    print(row.pk)
"""
MANY = """
from datetime import UTC, datetime
from django.db import transaction
with transaction.atomic():
    for _ in range(300):
        print(work.nothing.enqueue(now=datetime.now(UTC)).id)
"""


def test_three_workers_share_a_queue_without_doing_anything_twice(house: House) -> None:
    house.ask(CLEAR)
    enqueued = house.ask(MANY).split()
    workers = [house.python(CLAIM, f"worker-{number}") for number in range(3)]
    done = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert sorted(number for some in done for number in some) == sorted(enqueued)


def test_the_work_of_a_killed_worker_is_done_by_another(house: House, tmp_path: Path, within: Within) -> None:
    house.ask(CLEAR)
    house.ask(ENQUEUE, str(tmp_path))
    first = house.python(WORK, "first")
    within(10, (tmp_path / "attempt-1").exists)
    first.kill()
    first.communicate()
    second = house.python(WORK, "second")
    try:
        within(10, (tmp_path / "attempt-2").exists)
    finally:
        second.send_signal(signal.SIGTERM)
        second.communicate(timeout=5)
    assert second.returncode == 0


def test_a_worker_that_is_told_to_stop_puts_its_work_back(house: House, tmp_path: Path, within: Within) -> None:
    house.ask(CLEAR)
    number = house.ask(ENQUEUE, str(tmp_path))
    worker = house.python(WORK, "only")
    within(10, (tmp_path / "attempt-1").exists)
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=3)
    assert worker.returncode == 0
    assert house.ask(HOLD, number) == "running 1 True"


def test_a_worker_told_to_stop_at_the_worst_moment_stops(house: House) -> None:
    house.ask(CLEAR)
    told = house.python(HURT, "unlucky")
    try:
        assert told.wait(timeout=15) == 0
    finally:
        told.kill()
        told.communicate()
