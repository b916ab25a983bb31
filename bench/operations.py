"""What is measured: each operation prepares a request outside the clock and says what a right answer is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from typing import Any
from urllib.parse import quote

from bench.client import Reply, Session, expect

RARE, COMMON = "داربست", "بیمه"
FACETS = f"/staff/search/?q={quote(COMMON)}&kind=complaint"
OFFICE, OTHER, PROVINCE = "ir/alborz/nazarabad/", "ir/alborz/karaj/", "ir/alborz/"
# Asked before the clock runs: a server that has been up for a while has drawn its frames and planned its queries.
WARM = 40


@dataclass
class Operation:
    """`request` gives the next request's bytes; `right` raises when the answer is not what was asked for."""

    name: str
    most: float  # times the bare view's median, from the issue
    session: Session
    request: Callable[[], bytes]
    right: Callable[[Reply], object]
    times: int = 200
    writes: bool = False


def _page(what: str) -> Callable[[Reply], object]:
    return lambda reply: expect(reply, 200, what)


def _sign_in(port: int, who: str, password: str) -> Session:
    session = Session(port)
    session.get("/accounts/login/")
    expect(session.post("/accounts/login/", login=who, password=password), 302, f"sign in as {who}")
    expect(session.get("/staff/"), 200, "cartable")
    return session


def _filing(port: int) -> Operation:
    session, numbers = Session(port), count(1)

    def ready() -> bytes:
        session.cookies.clear()
        expect(session.get("/file/what/"), 200, "the wizard")
        expect(
            session.post("/file/what/", kind="complaint", province=PROVINCE, office=OFFICE, card="", subject=""),
            302,
            "step 2",
        )
        session.get("/file/details/")
        text = "سه ماه است که کارفرما حق بیمه مرا واریز نکرده و کسی پاسخ نمی‌دهد. لطفاً رسیدگی کنید."
        expect(session.post("/file/details/", text=text), 302, "step 3")
        session.get("/file/contact/")
        mobile = f"0912{next(numbers):07d}"
        contact = session.post("/file/contact/", name="زهرا اکبری", mobile=mobile, national_code="", email="")
        expect(contact, 302, "step 4")
        page = session.get("/file/review/")
        return session.form("/file/review/", key=page.field("key"))

    def right(reply: Reply) -> None:
        expect(reply, 302, "filing")
        if "/receipt/" not in reply.location:
            raise AssertionError(f"filing led to {reply.location}")

    return Operation("file a case", 10, session, ready, right, times=60, writes=True)


def _answering(session: Session, codes: Iterator[str], times: int) -> Operation:
    def ready() -> bytes:
        code = next(codes)
        page = expect(session.get(f"/staff/cases/{code}/?do=deliver"), 200, "a case to answer")
        return session.form(f"/staff/cases/{code}/deliver/", how="phone", version=page.field("version"))

    return Operation(
        "answer a case",
        10,
        session,
        ready,
        lambda reply: expect(reply, 302, "deliver"),
        times=times,
        writes=True,
    )


def _referring(session: Session, codes: Iterator[str], times: int) -> Operation:
    def ready() -> bytes:
        code = next(codes)
        page = expect(session.get(f"/staff/cases/{code}/?do=refer"), 200, "a case to refer")
        task = "سابقهٔ بیمهٔ این شخص را بنویسید."
        return session.form(f"/staff/cases/{code}/refer/", to=OTHER, task=task, days="5", version=page.field("version"))

    return Operation(
        "refer a case",
        16,
        session,
        ready,
        lambda reply: expect(reply, 302, "referral"),
        times=times,
        writes=True,
    )


def _filters() -> list[str]:
    """Twenty ways to narrow the cartable down, alone and together."""
    kinds = ("complaint", "request", "question", "report", "objection")
    times = ("late", "soon", "later", "undated")
    states = ("registered", "under_review", "referred", "drafted", "awaiting_approval")
    return [
        f"/staff/?kind={kind}&time={time}&channel=web" + (f"&state={states[n]}" if n % 2 else "")
        for n, kind in enumerate(kinds)
        for time in times
    ]


def _tracking(port: int, tracked: list[list[str]]) -> Operation:
    session = Session(port)
    for code, secret in tracked[:20]:
        session.get("/track/")
        expect(session.post("/track/", code=code, secret=secret), 302, "number and secret")
    codes = cycle([code for code, _secret in tracked[:20]])
    return Operation(
        "track by code",
        6,
        session,
        lambda: session.prepared("GET", f"/track/{next(codes)}/"),
        _page("the tracked case"),
    )


def signed_in(port: int, known: dict[str, Any], *who: str) -> list[Session]:
    """Sessions of these: head, director, minister."""
    return [_sign_in(port, known[one], known["password"]) for one in who]


def operations(port: int, known: dict[str, Any]) -> list[Operation]:
    """All operations, with people signed in and cases at hand."""
    head, director = signed_in(port, known, "head", "director")
    filters = cycle(_filters())
    codes = cycle(known["codes"])
    approved = iter(known["approved"])

    def get(session: Session, path: str) -> Callable[[], bytes]:
        return lambda: session.prepared("GET", path)

    return [
        _filing(port),
        Operation(
            "open a case", 8, head, lambda: head.prepared("GET", f"/staff/cases/{next(codes)}/"), _page("a case")
        ),
        Operation("cartable of an office", 10, head, get(head, "/staff/"), _page("the cartable")),
        Operation(
            "cartable with 20 filters", 16, head, lambda: head.prepared("GET", next(filters)), _page("the cartable")
        ),
        Operation("search a rare word", 8, head, get(head, f"/staff/?q={quote(RARE)}"), _page("search")),
        Operation("search a common word", 12, head, get(head, f"/staff/?q={quote(COMMON)}"), _page("search")),
        Operation(
            "search with facets",
            60,
            head,
            get(head, f"/staff/search/?q={quote(COMMON)}&kind=complaint"),
            _page("search"),
        ),
        _referring(head, iter(known["to_refer"]), len(known["to_refer"]) - WARM),
        _answering(head, approved, len(known["approved"]) - WARM),
        _tracking(port, known["tracked"]),
        Operation("office dashboard", 8, head, get(head, "/figures/office/"), _page("the office's figures")),
        Operation(
            "province dashboard", 8, director, get(director, "/figures/office/"), _page("the province's figures")
        ),
    ]
