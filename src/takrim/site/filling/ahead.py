"""Working one step ahead in a second process: rows are drawn while those before them are inserted."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from queue import Empty
from typing import Any, TypeVar

from takrim.site.parent import become

Item = TypeVar("Item")


class Stopped(RuntimeError):
    """The second process ended before its work did; what it said about it stands above on the screen."""


def _give(items: Iterator[Any], queue: Any, parent: int) -> None:
    become("takrim-fill", parent, signal.SIGKILL)
    for item in items:
        queue.put((item,))
    queue.put(())


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, made by a copy of this process where it can be forked. `items` must not use the database."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from items
        return
    context = multiprocessing.get_context("fork")
    queue: Any = context.Queue(maxsize=3)
    maker = context.Process(target=_give, args=(items, queue, os.getpid()), daemon=True)
    maker.start()
    try:
        while given := _next(queue, maker):
            yield given[0]
    finally:
        maker.terminate()
        maker.join()


def _next(queue: Any, maker: Any) -> tuple[Any, ...]:
    while True:
        try:
            given: tuple[Any, ...] = queue.get(timeout=1)
        except Empty:
            if not maker.is_alive():
                raise Stopped from None
        else:
            return given
