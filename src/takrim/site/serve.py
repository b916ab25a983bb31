"""One process tree: this process watches over the web processes (granian's) and over the worker.

Django is loaded here before the children are forked: they share its memory and start in milliseconds, so one that was
killed is back at once. Where processes cannot be forked they load it themselves.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from takrim.site.parent import become

log = logging.getLogger(__name__)

# Requests and calls that are under way when we are told to stop get this long; with the rest it stays under 3 s.
KILL_AFTER = 2
# A process that dies at its birth this often within a minute will not live: then the whole tree ends.
MOST_DEATHS = 60
THREADS = 4
# A worker that has not been heard of for so many seconds is stuck.
PATIENCE = 120.0


class _Deaths(dict[int, float]):
    """Replaces granian's memory of dead web processes: it gives up at the second death within seconds, we do not."""

    def __init__(self) -> None:
        super().__init__()
        self.times: deque[float] = deque(maxlen=MOST_DEATHS)

    def get(self, key: int, default: Any = None) -> Any:
        now = monotonic()
        self.times.append(now)
        hopeless = len(self.times) == MOST_DEATHS and now - self.times[0] < 60
        return now if hopeless else float("-inf")


class WorkerWatch:
    """Keeps one worker alive: replaces it when it has died, and when it has been silent for too long.

    The first worker is forked by the main thread and later ones by a thread that does nothing else, while the main
    thread only waits: a fork in the middle of somebody's work would copy a lock that nobody ever opens.
    """

    def __init__(self, target: Callable[[int, Connection], None], patience: float = PATIENCE) -> None:
        self.target = target
        self.patience = patience
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._watch, name="worker-watch", daemon=True)
        self.process: BaseProcess | None = None

    def start(self) -> None:
        self._fork()
        self.thread.start()

    def _fork(self) -> None:
        self.ear, mouth = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.get_context().Process(target=self.target, args=(os.getpid(), mouth))
        self.process.start()
        mouth.close()

    def _watch(self) -> None:
        while True:
            born = monotonic()
            self._listen()
            # One that dies at once each time (its database is away) is not tried more than a few times a second.
            if self.stopping.wait(0 if monotonic() - born > 0.3 else 0.3):
                return
            log.warning("The worker has ended unexpectedly; another one begins.")
            self._fork()

    def _listen(self) -> None:
        """Hear the worker's heartbeat until it has ended; end it when nothing is heard."""
        process, deadline = self.process, monotonic() + self.patience
        assert process is not None
        # Asked every second as well: a process forked in the same moment may hold the other end of the sentinel.
        while process.exitcode is None:
            heard = wait([process.sentinel, self.ear], timeout=min(1.0, self.patience))
            if self.ear in heard and self._beats():
                deadline = monotonic() + self.patience
            elif heard:
                process.join(1.0)
            elif monotonic() > deadline:
                log.error("The worker has been silent for %s s and is ended.", self.patience)
                process.kill()
        self.ear.close()

    def _beats(self) -> bool:
        try:
            return bool(self.ear.recv_bytes())
        except EOFError:
            return False

    def tell(self) -> None:
        """Ask the worker to stop, without waiting."""
        self.stopping.set()
        if self.process is not None and self.process.is_alive():
            self.process.terminate()

    def finish(self) -> None:
        """See to it that the worker has stopped."""
        self.tell()
        self.thread.join(KILL_AFTER)
        if self.thread.is_alive() and self.process is not None:
            self.process.kill()
            self.thread.join(1)


class Tree(MPServer):
    """granian's process, which also keeps the worker and stops both at the same time."""

    def __init__(self, watch: WorkerWatch, ready: Callable[[], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.watch, self.ready = watch, ready
        self.respawned_wrks = _Deaths()
        self.on_startup(self._begin)
        self.on_shutdown(watch.finish)

    def _begin(self) -> None:
        # granian would reload at a hang-up; a closed terminal means stop.
        signal.signal(signal.SIGHUP, self.signal_handler_interrupt)
        self.ready()
        self.watch.start()

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        self.watch.tell()
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]  # granian has no types here


def _load_web(proxies: list[str], parent: int, target: str) -> Any:
    """Runs in a new web process: its application."""
    # Ctrl-C reaches the whole group of the terminal; only the first process is to act on it.
    os.setpgrp()
    become("takrim-web", parent, signal.SIGKILL)
    from takrim.site.wsgi import application

    return wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxies) if proxies else application


def _run_worker(parent: int, mouth: Connection) -> None:
    """Runs in a new worker process."""
    # Until the worker has its own handlers, being told to stop means to end: those of our parent would swallow it.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.setpgrp()
    become("takrim-worker", parent, signal.SIGTERM)
    import django

    django.setup()
    from takrim.site import worker

    worker.main(f"{parent}:worker", beat=partial(mouth.send_bytes, b"."))


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there. granian's sockets could share the port with another server without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def preload() -> None:
    """Load what every child needs, leave no connection open, and let children share the memory."""
    from django.db import connections
    from django.urls import get_resolver

    for name in ("takrim.site.worker", "takrim.site.wsgi"):
        import_module(name)
    assert get_resolver().url_patterns
    connections.close_all()
    gc.collect()
    gc.freeze()
    # A page makes ten thousand small things that die with it: looking through them seven times for cycles took a fifth
    # of its time.
    gc.set_threshold(20_000, 20, 10)


def serve(*, host: str, port: int, processes: int, proxies: list[str], ready: Callable[[], None]) -> None:
    """Serve until told to stop by Ctrl-C, SIGTERM or a hang-up."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
    preload()
    tree = Tree(
        WorkerWatch(_run_worker),
        ready,
        target="takrim.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.05,
        workers_kill_timeout=KILL_AFTER,
    )
    tree.serve(target_loader=partial(_load_web, proxies, os.getpid()))
