"""Taking the time: an operation and the bare view by turns, so that a busy machine slows both alike."""

from __future__ import annotations

import multiprocessing
import threading
import time
from dataclasses import dataclass

from bench.client import Session
from bench.operations import WARM, Operation

ROUND = 20
CONNECTIONS = 8
SECONDS = 4.0


@dataclass(frozen=True)
class Times:
    """Milliseconds of the operation and, in the same rounds, the median of the bare view."""

    name: str
    most: float
    p50: float
    p95: float
    p99: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.p50 / self.bare


def at_share(times: list[float], share: float) -> float:
    """The time that this share of them did not exceed, in milliseconds."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] * 1000


def by_turns(operation: Operation, bare: Session) -> Times:
    """The operation's times beside the bare view's, at one connection."""
    own: list[float] = []
    beside: list[float] = []
    look = bare.prepared("GET", "/")
    for _ in range(5):
        bare.send(look)
    for _ in range(WARM):
        operation.right(operation.session.keep(operation.session.send(operation.request())))
    left = operation.times
    while left > 0:
        for _ in range(min(ROUND, left)):
            request = operation.request()
            start = time.perf_counter()
            reply = operation.session.send(request)
            own.append(time.perf_counter() - start)
            operation.right(operation.session.keep(reply))
        for _ in range(ROUND):
            start = time.perf_counter()
            bare.send(look)
            beside.append(time.perf_counter() - start)
        left -= ROUND
    return Times(
        operation.name,
        operation.most,
        at_share(own, 0.5),
        at_share(own, 0.95),
        at_share(own, 0.99),
        at_share(beside, 0.5),
    )


def _hammer(port: int, requests: list[bytes], seconds: float, results: multiprocessing.Queue[tuple[int, int]]) -> None:
    done, wrong, end = [0], [0], time.perf_counter() + seconds

    def one(offset: int) -> None:
        session, place = Session(port), offset
        while time.perf_counter() < end:
            reply = session.send(requests[place % len(requests)])
            place += 1
            done[0] += 1
            wrong[0] += reply.status != 200

    threads = [threading.Thread(target=one, args=(n * 37,)) for n in range(CONNECTIONS // 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((done[0], wrong[0]))


def per_second(port: int, requests: list[bytes], seconds: float = SECONDS) -> float:
    """Requests a second over eight connections, from two processes. A wrong answer ends the measurement."""
    _both(port, requests, seconds / 4)
    return _both(port, requests, seconds)


def _both(port: int, requests: list[bytes], seconds: float) -> float:
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[tuple[int, int]] = context.Queue()
    processes = [context.Process(target=_hammer, args=(port, requests, seconds, results)) for _ in range(2)]
    for process in processes:
        process.start()
    counted = [results.get() for _ in processes]
    for process in processes:
        process.join()
    if any(wrong for _done, wrong in counted):
        raise AssertionError("Some answers under load were errors.")
    return sum(done for done, _wrong in counted) / seconds
