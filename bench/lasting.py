"""What takes the worker a while: asked for over HTTP, waited for on its own page, counted for each case or duty."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from bench.client import Reply, Session, WrongAnswer, expect
from bench.measure import ROUND, Times, at_share
from takrim.base.jalali import JalaliDate

PATIENCE = 1800.0
_WAITS = b'hx-trigger="every 2s"'


@dataclass
class Lasting:
    """`begin` asks for it and gives the address of its page; `each` is how many it is done to.

    `waits` are the seconds that pass on purpose before the worker begins.
    """

    name: str
    most: float
    session: Session
    each: int
    begin: Callable[[], str]
    right: Callable[[Reply], object] = lambda reply: None
    waits: float = 0


def _looks(bare: Session, took: list[float]) -> None:
    look = bare.prepared("GET", "/")
    for _ in range(ROUND):
        start = time.perf_counter()
        bare.send(look)
        took.append(time.perf_counter() - start)


def measured(lasting: Lasting, bare: Session) -> tuple[Times, float]:
    """Milliseconds for each, beside the bare view before and after; and the seconds that all took together."""
    beside: list[float] = []
    _looks(bare, beside)
    start = time.perf_counter()
    address = lasting.begin()
    while True:
        page = expect(lasting.session.get(address), 200, lasting.name)
        seconds = time.perf_counter() - start
        if _WAITS not in page.body:
            break
        if seconds > PATIENCE:
            raise WrongAnswer(f"{lasting.name}: not done after {PATIENCE:.0f} s")
        time.sleep(0.1)
    lasting.right(page)
    _looks(bare, beside)
    one = max(seconds - lasting.waits, 0) / lasting.each * 1000
    return Times(lasting.name, lasting.most, one, one, one, at_share(beside, 0.5)), seconds


def _bulk(head: Session, word: str, cases: int) -> Lasting:
    def begin() -> str:
        address = f"/staff/bulk/?q={quote(word)}&do=answer"
        expect(head.get(address), 200, "cases to answer together")
        reply = head.post(
            address,
            all="1",
            key=uuid.uuid4().hex,
            outcome="upheld",
            text="فهرست بیمه این کارگاه گرفته شد و حق بیمهٔ هر سه ماه به حساب شما نشست.",
            reason="کارفرما پس از اخطار بازرس بدهی را پرداخت.",
            next_step="سابقهٔ خود را ده روز دیگر در سامانهٔ تأمین اجتماعی ببینید.",
        )
        return expect(reply, 302, "asking for the bulk").location

    def right(page: Reply) -> None:
        # The page begins with those refused, where there are any.
        if b'only=refused" aria-current' in page.body:
            raise WrongAnswer("some of the bulk were refused")

    return Lasting(f"bulk answer of {cases:,}, each", 40, head, cases, begin, right)


def _closure(minister: Session, unit: int, duties: int) -> Lasting:
    def begin() -> str:
        expect(minister.get("/staff/closures/"), 200, "closed days")
        # A Monday that is not tomorrow: every date behind it moves. A kept database has some of them already.
        day = datetime.now(UTC) + timedelta(days=9, weeks=secrets.randbelow(8))
        day += timedelta(days=(7 - day.weekday()) % 7)
        fields: dict[str, Any] = {
            "unit": str(unit),
            "day": jalali(day),
            "hours": "",
            "reason_fa": "سنجش",
            "reason_en": "",
        }
        return expect(minister.post("/staff/closures/", **fields), 302, "announcing a closure").location

    # Until then no process counts by the old calendar any more (takrim.duties.sweep.WAIT).
    return Lasting("recompute after a closure, each", 4, minister, duties, begin, waits=2)


def jalali(day: datetime) -> str:
    """A day as forms read it: 1405/09/03."""
    found = JalaliDate.from_date(day.date())
    return f"{found.year}/{found.month:02}/{found.day:02}"


def lasting(head: Session, minister: Session, known: dict[str, Any]) -> list[Lasting]:
    """The closure first, for the whole country, while nothing has been answered yet."""
    closure = _closure(minister, int(known["country"]), int(known["owed"]))
    return [closure, _bulk(head, known["word"], int(known["bulk"]))]
