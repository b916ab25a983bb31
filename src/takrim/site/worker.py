"""The worker: does the work that waits, reads the journal for its followers, and starts what runs by the clock."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

from django.db import close_old_connections, connection

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.journal.follow import FOLLOWERS, follow
from takrim.journal.models import Tail
from takrim.tasks import actions, actions_clock, schedule
from takrim.tasks.models import Work
from takrim.tasks.result import Context
from takrim.tasks.task import LEASE, Task, UnknownTask, find

log = logging.getLogger(__name__)

# How long an idle worker sleeps; the longest that anything waits before it is begun.
IDLE = 0.2
# How often followers read while little is new: what came in meanwhile is read together, so that on SQLite, which has
# one writer, those who file and answer seldom wait for them. Behind by this much, they read on without a pause.
READ_EVERY = 0.5
MUCH = 200
SIGN_OF_LIFE = 5.0
# A follower's lease: renewed before each batch, so only a batch that takes longer could be read twice (and the
# bookmark prevents even that).
FOLLOW_LEASE = timedelta(seconds=30)
# How long a call may go on after the worker was told to stop.
GRACE = 1.5
_FRAMES_KEPT = 12


def name_here(slot: str) -> str:
    """A worker's name: its computer, the process tree it belongs to, its place there. A successor has the same."""
    return f"{socket.gethostname()}:{slot}"


class Keeper:
    """Renews the lease of the call at hand while it runs, on a thread and a connection of its own."""

    def __init__(self, row: Work, lease: timedelta) -> None:
        self.row, self.lease = row, lease
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *error: object) -> None:
        self.done.set()
        self.thread.join()

    def _keep(self) -> None:
        try:
            while not self.done.wait(self.lease.total_seconds() / 3):
                try:
                    actions.renew(row=self.row, until=clock.now() + self.lease)
                except Exception:
                    log.exception("A lease could not be renewed; it is tried again.")
        finally:
            connection.close()


def _where(error: BaseException) -> str:
    """The place of an error, without its message and values, which may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_KEPT:]
    return "\n".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


def _class_of(error: BaseException) -> str:
    if isinstance(error, Refusal):
        return f"Refusal {error.code}"
    return f"{type(error).__module__}.{type(error).__qualname__}"


def run_one(worker: str, *, queues: list[str] | None = None) -> bool:
    """Take one call and do it; False when nothing waits."""
    now = clock.now()
    if not Work.objects.claimable(now).exists():
        return False
    row = actions.claim(worker=worker, now=now, lease=LEASE, queues=queues)
    if row is None:
        return False
    try:
        task = find(row.task)
    except UnknownTask as error:
        actions.fail(row=row, error=_class_of(error), where="", pause=timedelta(), now=now, for_good=True)
        return True
    if row.attempts > row.most_attempts:
        # Each of its workers died of it, or was killed: enough.
        actions.fail(row=row, error="WorkerLost", where="", pause=timedelta(), now=now, for_good=True)
        log.error("Task %s %s is dead: its workers were lost.", row.task, row.pk)
        return True
    _run(row, task)
    return True


def _run(row: Work, task: Task[..., object]) -> None:
    started = monotonic()
    if task.lease != LEASE:
        actions.renew(row=row, until=clock.now() + task.lease)
    try:
        with Keeper(row, task.lease):
            result = _call(row, task)
            actions.succeed(row=row, result=result, now=clock.now())
    except Exception as error:
        now = clock.now()
        pause = task.pause(row.attempts, row.pk)
        kind = _class_of(error)
        actions.fail(row=row, error=kind, where=_where(error), pause=pause, now=now)
        log.warning("Task %s %s failed at attempt %s: %s", row.task, row.pk, row.attempts, kind)
        return
    log.debug("Task %s %s took %.3f s.", row.task, row.pk, monotonic() - started)


def _call(row: Work, task: Task[..., object]) -> object:
    context = (Context(row),) if task.takes_context else ()
    return task.func(*context, *row.args, **row.kwargs, now=clock.now())


class Followers:
    """Lets every follower of the journal read on, one worker at a time for each."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.read_to: dict[str, dict[str, int]] = {}
        self.wait_until: dict[str, float] = {}
        self.failures: dict[str, int] = {}

    def step(self) -> int:
        """Give each follower its next batch; says how many entries were read. One query when there is nothing new."""
        tails = dict(Tail.objects.values_list("chain", "seq"))
        return sum(self._read(reader, tails) for reader in FOLLOWERS if self.read_to.get(reader) != tails)

    def _read(self, reader: str, tails: dict[str, int]) -> int:
        if monotonic() < self.wait_until.get(reader, 0):
            return 0
        now = clock.now()
        if not actions_clock.take(name=f"follow:{reader}", worker=self.worker, now=now, length=FOLLOW_LEASE):
            return 0
        try:
            given = follow(reader)
        except Exception as error:
            # An entry that a follower cannot digest stops that follower alone, until its code is mended.
            self.failures[reader] = self.failures.get(reader, 0) + 1
            self.wait_until[reader] = monotonic() + min(2 ** self.failures[reader], 60)
            log.error("Follower %s stopped: %s\n%s", reader, _class_of(error), _where(error))
            return 0
        self.failures.pop(reader, None)
        if not given:
            self.read_to[reader] = tails
        return given


class Worker:
    """One worker process: calls on the main thread; followers, scheduler and signs of life on a second one.

    The scheduler needs no process of its own: it is one query a second, any number of workers may run it, and so it
    is supervised and restarted together with the worker.
    """

    def __init__(self, slot: str, beat: Callable[[], object]) -> None:
        self.name = name_here(slot)
        self.beat = beat
        self.stop = threading.Event()

    def run(self) -> None:
        """Work until told to stop."""
        now = clock.now()
        actions.release(worker=self.name, now=now)
        actions_clock.begin(worker=self.name, now=now)
        threading.Thread(target=self._end_in_time, daemon=True).start()
        beside = threading.Thread(target=self._beside, daemon=True)
        beside.start()
        self._loop(lambda: run_one(self.name))
        beside.join()
        self._leave()

    def _loop(self, step: Callable[[], object]) -> None:
        """Repeat a step, at once after it did something, after a pause when it did not or when it failed."""
        while not self.stop.is_set():
            try:
                if step():
                    continue
                pause = IDLE
            except Exception:
                # The database may be away for a while; a worker outlives that.
                log.exception("The worker's step failed; it is tried again.")
                close_old_connections()
                pause = 1.0
            self.stop.wait(pause)

    def _beside(self) -> None:
        followers = Followers(self.name)
        times = {"life": 0.0, "clock": 0.0, "read": 0.0}

        def step() -> int:
            at = monotonic()
            if at >= times["life"]:
                self.beat()
                actions_clock.alive(worker=self.name, now=clock.now())
                times["life"] = at + SIGN_OF_LIFE
            if at >= times["clock"]:
                schedule.enqueue_due(clock.now())
                times["clock"] = at + 1.0
            if at < times["read"]:
                return 0
            given = followers.step()
            times["read"] = at if given >= MUCH else at + READ_EVERY
            return given if given >= MUCH else 0

        self._loop(step)
        connection.close()

    def _leave(self) -> None:
        actions.release(worker=self.name, now=clock.now())
        actions_clock.give_back(worker=self.name)
        actions_clock.gone(worker=self.name)

    def _end_in_time(self) -> None:
        """A call that does not end soon after we were told to stop is put back for the next worker."""
        self.stop.wait()
        sleep(GRACE)
        try:
            self._leave()
        finally:
            os._exit(0)


def main(slot: str, *, beat: Callable[[], object] = lambda: None) -> None:
    """The life of a worker process; `beat` tells whoever watches over it that it is not stuck."""
    worker = Worker(slot, beat)
    _heed_signals(worker.stop)
    worker.run()


def _heed_signals(stop: threading.Event) -> None:
    """Set `stop` when a signal tells us to.

    Not in its handler: that runs in the midst of whatever the main thread does, even while it holds the lock of `stop`,
    and would then wait for it for ever. So a thread of its own hears of the signal through a pipe.
    """
    hear, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)

    def heed() -> None:
        os.read(hear, 1)
        stop.set()

    threading.Thread(target=heed, daemon=True).start()
