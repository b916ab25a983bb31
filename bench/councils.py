"""`python -m bench.councils [--database sqlite] [--database postgresql]`: what bodies of one province decided.

Fills a database with 200 meetings, 3,000 decisions, 60 directives of 300 clauses and 100,000 proofs of a province and
measures, over HTTP and beside the bare view as `python -m bench` does, the register of decisions, the matrix of bodies
and offices, the matrix of a directive, the queue of proofs and the calendar of meetings.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench import circulars, servers
from bench.__main__ import _database, _known, _machine, _measured, _table
from bench.client import Reply, expect
from bench.operations import Operation, signed_in

HERE = "BENCH_COUNCILS"
PROVINCE = "ir/alborz/"
BODIES, MEETINGS, DECISIONS, PROOFS, CASES = 20, 200, 3_000, 100_000, 2_000
PAGES = {
    "register of decisions": "/council/decisions/",
    "matrix of bodies and offices": "/council/decisions/matrix/",
    "matrix of a directive": "/council/directives/1/matrix/",
    "queue of proofs": "/council/proofs/queue/",
    "calendar of meetings": "/council/bodies/calendar/",
}
AIM = 10.0


def main() -> int:
    """Measure on the databases that were asked for; the exit code says only whether it ran."""
    parser = argparse.ArgumentParser(prog="python -m bench.councils", description=__doc__)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    print(f"# {_machine()}\n")
    for kind in options.database or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="takrim-bench-") as folder, _database(kind) as url:
            env = servers.environment(Path(folder), url, **{HERE: kind})
            servers.takrim(["migrate"], env)
            servers.takrim(["fill", "--cases", str(CASES), "--seed", "1"], env)
            subprocess.run([sys.executable, "-m", "bench.councils"], env=env, cwd=servers.ROOT, check=True)
            print(f"\n## {kind}: {MEETINGS:,} meetings, {DECISIONS:,} decisions, {PROOFS:,} proofs\n", flush=True)
            known = _known(env)
            with servers.product(env) as (port, pid, _seconds), servers.bare(env, CASES) as bare_port:
                servers.settle(pid)
                _table([_measured(operation, bare_port) for operation in _operations(port, known)])
    return 0


def _operations(port: int, known: dict[str, object]) -> Iterator[Operation]:
    (director,) = signed_in(port, known, "director")

    def request(path: str) -> Callable[[], bytes]:
        return lambda: director.prepared("GET", path)

    def right(name: str) -> Callable[[Reply], object]:
        return lambda reply: expect(reply, 200, name)

    for name, path in PAGES.items():
        yield Operation(name, AIM, director, request(path), right(name))


def here() -> None:
    """In a process of its own, with the database set up: fill it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "takrim.site.settings")
    django.setup()
    from django.db import transaction

    from takrim.base import clock
    from takrim.orgs.models import Unit

    random, now = Random(1), clock.now()
    units = list(Unit.objects.filter(path__startswith=PROVINCE).order_by("path"))
    province = next(unit for unit in units if unit.path == PROVINCE)
    with transaction.atomic():
        bodies = _bodies(province, now)
        meetings = _meetings(bodies, now, random)
        _decisions(meetings, units, now, random)
        circulars.fill(units, now, random)
    _proofs(units, now, random)


def _bodies(province: Any, now: datetime) -> list[Any]:
    from takrim.councils.models import Body

    return Body.objects.bulk_create(
        Body(
            code=f"bench-{number}",
            kind="committee",
            name_fa=f"کمیتهٔ تکریم {number}",
            unit=province,
            unit_path=PROVINCE,
            since=now.date() - timedelta(days=400),
            rhythm_period="month",
        )
        for number in range(BODIES)
    )


def _meetings(bodies: list[Any], now: datetime, random: Random) -> list[Any]:
    from takrim.councils.models_meetings import Meeting

    return Meeting.objects.bulk_create(
        Meeting(
            code=f"bench-{number}",
            body=bodies[number % BODIES],
            unit_path=PROVINCE,
            number=number // BODIES + 1,
            state="issued" if number < MEETINGS * 0.9 else "invited",
            starts_at=(at := now - timedelta(days=330 - 2 * number, hours=random.randrange(8))),
            opened_at=at if number < MEETINGS * 0.9 else None,
            closed_at=at + timedelta(hours=2) if number < MEETINGS * 0.9 else None,
            planned_at=at - timedelta(days=14),
            planned_by="system:bench",
            door_nonce=f"{number:032x}",
        )
        for number in range(MEETINGS)
    )


def _decisions(meetings: list[Any], units: list[Any], now: datetime, random: Random) -> None:
    from takrim.decisions.models import Decision, Share
    from takrim.duties.models import Duty

    held = [meeting for meeting in meetings if meeting.opened_at]
    often = {"issued": 2, "in_hand": 3, "reported": 1, "fulfilled": 5, "partly_fulfilled": 1}
    states = random.choices(list(often), list(often.values()), k=DECISIONS)
    places = [random.choice(units) for _state in states]
    over = {"fulfilled", "partly_fulfilled"}
    decisions = Decision.objects.bulk_create(
        Decision(
            code=f"bench-{number}",
            number=f"{number}",
            body=(meeting := held[number % len(held)]).body,
            unit_path=PROVINCE,
            meeting=meeting,
            text=f"نشانی و شمارهٔ تماس دفتر ارتباطات مردمی در تابلوی ورودی نصب شود ({number}).",
            state=state,
            decided_on=meeting.starts_at.date(),
            issued_at=meeting.starts_at,
            issued_by="system:bench",
            settled_at=meeting.starts_at + timedelta(days=20) if state in over else None,
        )
        for number, state in enumerate(states)
    )
    duties = Duty.objects.bulk_create(
        Duty(
            kind="decision",
            about=f"{decision.subject}/1",
            unit=unit,
            unit_path=unit.path,
            judge_path=PROVINCE,
            opened_at=decision.issued_at,
            opened_by="system:bench",
            due_at=decision.issued_at + timedelta(days=random.choice([20, 60, 400])),
            state="accepted" if decision.settled_at else "answered" if decision.state == "reported" else "open",
            answered_at=None if decision.state in {"issued", "in_hand"} else decision.issued_at + timedelta(days=15),
            settled_at=decision.settled_at,
        )
        for decision, unit in zip(decisions, places, strict=True)
    )
    Share.objects.bulk_create(
        Share(
            decision=decision,
            place=1,
            body=decision.body,
            unit=unit,
            unit_path=unit.path,
            duty=duty,
            state=decision.state,
            reason="بخشی از آن انجام شد." if decision.state == "partly_fulfilled" else "",
            settled_at=decision.settled_at,
        )
        for decision, unit, duty in zip(decisions, places, duties, strict=True)
    )


def _proofs(units: list[Any], now: datetime, random: Random) -> None:
    from django.db import transaction

    from takrim.orgs.models import Person, Post
    from takrim.proofs.models import Action, Proves

    person = Person.objects.create(username="bench-giver", name="زهرا اکبری")
    posts = {unit.pk: Post.objects.create(unit=unit, role="head", title_fa="رئیس", title_en="Head") for unit in units}
    judge = Person.objects.create(username="bench-judge", name="رضا کریمی")
    for first in range(0, PROOFS, 5_000):
        with transaction.atomic():
            actions = Action.objects.bulk_create(
                _proof(number, units[number % len(units)], now, posts, person, judge)
                for number in range(first, first + 5_000)
            )
            Proves.objects.bulk_create(
                Proves(action=action, kind="decision", code=f"bench-{random.randrange(DECISIONS)}/1")
                for action in actions
            )


def _proof(number: int, unit: Any, now: datetime, posts: dict[int, Any], person: Any, judge: Any) -> Any:
    from takrim.proofs.models import Action

    at, waits = now - timedelta(minutes=5 * (PROOFS - number)), number % 10 == 0
    return Action(
        code=f"bench-{number}",
        title=f"نشست آموزشی کارکنان دفتر {number}",
        text="کارکنان با حقوق شهروندی آشنا شدند.",
        done_on=date(at.year, at.month, at.day),
        audience="کارکنان",
        people=20,
        unit=unit,
        unit_path=unit.path,
        chain=PROVINCE,
        post=posts[unit.pk],
        person=person,
        by_name=person.name,
        state="sent" if waits else "accepted",
        begun_at=at,
        changed_at=at,
        sent_at=at,
        judged_at=None if waits else at + timedelta(days=1),
        judge=None if waits else judge,
        judge_name="" if waits else judge.name,
    )


if __name__ == "__main__":
    if HERE in os.environ:
        here()
    else:
        sys.exit(main())
