"""A worker is watched over: one that dies is replaced, and so is one that is stuck."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from time import sleep

import pytest

from takrim.site.serve import WorkerWatch
from tests.site.conftest import Within

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks")


def well(parent: int, mouth: Connection) -> None:
    """A worker that beats ten times a second."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        mouth.send_bytes(b".")
        sleep(0.1)


def stuck(parent: int, mouth: Connection) -> None:
    """A worker that says nothing."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sleep(60)


def deaf(parent: int, mouth: Connection) -> None:
    """A worker that does not stop when it is told to."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for _ in range(600):
        mouth.send_bytes(b".")
        sleep(0.1)


@pytest.fixture(autouse=True)
def _forking(monkeypatch: pytest.MonkeyPatch) -> None:
    forks = multiprocessing.get_context("fork")
    monkeypatch.setattr(multiprocessing, "get_context", lambda: forks)


@pytest.fixture
def watches() -> Iterator[list[WorkerWatch]]:
    begun: list[WorkerWatch] = []
    yield begun
    for watch in begun:
        watch.finish()


def begin(watches: list[WorkerWatch], watch: WorkerWatch) -> int:
    watches.append(watch)
    watch.start()
    return _pid(watch)


def _pid(watch: WorkerWatch) -> int:
    return (watch.process.pid if watch.process else 0) or 0


def test_a_worker_that_dies_is_replaced(watches: list[WorkerWatch], within: Within) -> None:
    watch = WorkerWatch(well)
    first = begin(watches, watch)
    os.kill(first, signal.SIGKILL)
    within(1, lambda: _pid(watch) not in {0, first})


def test_a_worker_that_is_stuck_is_ended_and_replaced(watches: list[WorkerWatch], within: Within) -> None:
    watch = WorkerWatch(stuck, patience=0.3)
    first = begin(watches, watch)
    within(2, lambda: _pid(watch) not in {0, first})


def test_a_worker_that_beats_is_left_alone(watches: list[WorkerWatch]) -> None:
    watch = WorkerWatch(well, patience=0.4)
    first = begin(watches, watch)
    sleep(1)
    assert _pid(watch) == first


def test_a_worker_that_is_told_to_stop_is_not_replaced(watches: list[WorkerWatch]) -> None:
    watch = WorkerWatch(well)
    begin(watches, watch)
    watch.finish()
    assert watch.process
    assert watch.process.exitcode == -signal.SIGTERM


def test_a_worker_that_does_not_stop_is_ended(watches: list[WorkerWatch], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takrim.site.serve.KILL_AFTER", 0.2)
    watch = WorkerWatch(deaf)
    begin(watches, watch)
    sleep(0.2)
    watch.finish()
    assert watch.process
    assert watch.process.exitcode == -signal.SIGKILL
