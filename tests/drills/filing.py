"""People who file through the wizard while the ground shakes: they press again until they hold a receipt."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from time import monotonic, sleep

from bench.client import Reply, Session

PATIENCE = 20.0
TEXT = "سه ماه است که کارفرما حق بیمه مرا واریز نکرده و کسی پاسخ نمی‌دهد."


class Browser(Session):
    """One person's browser that waits no longer than people do."""

    def connect(self) -> None:
        self.close()
        super().connect()
        self.socket.settimeout(10)

    def close(self) -> None:
        if hasattr(self, "socket"):
            self.socket.close()

    def until(self, path: str, **fields: str) -> Reply:
        """Send a form, or fetch a page when there are no fields, again and again until the house answers."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            with contextlib.suppress(OSError):
                reply = self.post(path, **fields) if fields else self.get(path)
                if reply.status < 500:
                    return reply
            with contextlib.suppress(OSError):
                self.connect()
            sleep(0.05)
        raise AssertionError(f"{path} was not answered within {PATIENCE} s")


@dataclass
class Crowd:
    """Several people at once; what they were promised, and what went wrong."""

    port: int
    people: int
    most: int
    receipts: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @contextlib.contextmanager
    def filing(self) -> Iterator[Crowd]:
        """They file for the length of the block, each case to its receipt."""
        threads = [threading.Thread(target=self._person, args=(number,)) for number in range(self.people)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self.over.set()
            for thread in threads:
                thread.join(PATIENCE * 2)

    def _person(self, person: int) -> None:
        try:
            for number in count(person * 10_000):
                if self.over.is_set() or len(self.receipts) >= self.most:
                    return
                with contextlib.closing(Browser(self.port)) as browser:
                    self.receipts.append(_file(browser, f"0912{number:07d}"))
        except Exception as error:
            self.troubles.append(repr(error))


def _file(browser: Browser, mobile: str) -> str:
    """The wizard from its first page to the receipt; the number on it."""
    office = {"province": "ir/alborz/", "office": "ir/alborz/nazarabad/"}
    browser.until("/file/what/")
    browser.until("/file/what/", kind="complaint", card="", subject="", **office)
    browser.until("/file/details/", text=TEXT)
    browser.until("/file/contact/", name="زهرا اکبری", mobile=mobile, national_code="", email="")
    key = browser.until("/file/review/").field("key")
    sent = browser.until("/file/review/", key=key)
    assert sent.status == 302, sent.body[:200]
    assert "/receipt/" in sent.location, sent.location
    return sent.location.rstrip("/").rpartition("/")[2]
