"""Many invented decisions of a province at once, to measure with: rows without a journal of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from django.db import transaction

from takrim.base.clock import local_date
from takrim.base.codes import new_code
from takrim.base.jalali import JalaliDate
from takrim.councils.models import Body
from takrim.decisions.actions_write import KIND, words_of
from takrim.decisions.models import OPEN_STATES, WITH_REASON, Decision, Link, Report, Share, State, Verdict
from takrim.decisions.moves import whole
from takrim.duties.clocks import Clock, next_rung, plain
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.orgs.models import Unit
from takrim.site.seeded import seeded

SPAN = timedelta(days=730)
_DEEDS = (
    "نصب تابلوی منشور حقوق شهروندی در ورودی ساختمان",
    "برگزاری دورهٔ آموزشی تکریم ارباب رجوع برای کارکنان میز خدمت",
    "انتشار جدول زمان‌بندی خدمات در درگاه اداره",
    "پاسخ‌گویی تلفنی تا ساعت ۱۶ و ثبت تماس‌های بی‌پاسخ",
    "مناسب‌سازی ورودی برای مراجعان توان‌خواه",
    "کاهش یک مرحله از فرایند صدور مفاصاحساب",
    "بررسی شکایت‌های تکراری کارگاه‌های زیر پنج نفر",
    "تکمیل شناسنامهٔ خدمات غیرحضوری",
)
_SHARES = ((State.FULFILLED, 62), (State.PARTLY_FULFILLED, 8), (State.NOT_FULFILLED, 5), (State.STOPPED, 3),
           (State.CANCELLED, 2), (State.REPORTED, 6), (State.IN_HAND, 9), (State.ISSUED, 5))  # fmt: skip
_DUTY_STATES = {
    State.ISSUED: DutyState.OPEN,
    State.IN_HAND: DutyState.OPEN,
    State.REPORTED: DutyState.ANSWERED,
    State.FULFILLED: DutyState.ACCEPTED,
    State.PARTLY_FULFILLED: DutyState.ACCEPTED,
}
_BATCH = 1000


class _Told(NamedTuple):
    """A decision with its parts before they are rows: each part with its duty."""

    decision: Decision
    parts: list[tuple[Share, Duty]]


@transaction.atomic
def fill_decisions(*, province: str, decisions: int, now: datetime, seed: int = 1405) -> int:
    """So many decisions of the bodies of a province, over two years; says how many parts. Its bodies are there."""
    random = seeded(seed)
    bodies = list(Body.objects.filter(unit_path__startswith=province).order_by("pk"))
    units = list(Unit.objects.all().under(province).filter(closed_on=None).order_by("path"))
    told = [_tell(random, number, bodies[number % len(bodies)], units, now, decisions) for number in range(decisions)]
    Decision.objects.bulk_create([one.decision for one in told], batch_size=_BATCH)
    Duty.objects.bulk_create([duty for one in told for _share, duty in one.parts], batch_size=_BATCH)
    for one in told:
        for share, duty in one.parts:
            share.decision_id, share.duty_id = one.decision.pk, duty.pk
    shares = [share for one in told for share, _duty in one.parts]
    Share.objects.bulk_create(shares, batch_size=_BATCH)
    Report.objects.bulk_create(_reports(told), batch_size=_BATCH)
    Link.objects.bulk_create(_links(random, told), batch_size=_BATCH)
    return len(shares)


def _tell(random: Random, number: int, body: Body, units: list[Unit], now: datetime, many: int) -> _Told:
    """The later in the row, the newer; what is old is settled."""
    issued = (now - SPAN + SPAN * number / many).replace(microsecond=0)
    day = local_date(issued)
    year = JalaliDate.from_date(day).year
    owners = random.sample(units, min(len(units), 1 + (random.random() < 0.3) + (random.random() < 0.1)))
    decision = Decision(
        code=new_code(year, random.randrange),
        number=f"{year}/{number}",
        body=body,
        unit_path=body.unit_path,
        text=f"{random.choice(_DEEDS)} ({number + 1})",
        proof="عکس و صورتجلسه",
        decided_on=day,
        issued_at=issued,
        issued_by="system:fill",
    )
    decision.words = words_of(decision, owners)
    fresh = now - issued < timedelta(days=120)
    parts = [_part(random, decision, place, unit, fresh=fresh, now=now) for place, unit in enumerate(owners, 1)]
    decision.state = whole([share.state for share, _duty in parts])
    if decision.state not in OPEN_STATES:
        decision.settled_at = max(share.settled_at for share, _duty in parts if share.settled_at)
    return _Told(decision, parts)


def _part(
    random: Random, decision: Decision, place: int, unit: Unit, *, fresh: bool, now: datetime
) -> tuple[Share, Duty]:
    possible = [one for one in _SHARES if fresh or one[0] not in (State.ISSUED, State.REPORTED)]
    states, weights = zip(*possible, strict=True)
    state = random.choices(states, weights)[0]
    issued, due = decision.issued_at, decision.issued_at + timedelta(days=random.randrange(20, 90))
    done = min(issued + timedelta(days=random.randrange(5, 100)), now)
    settled = None if state in OPEN_STATES else done
    answered = done if state in {State.REPORTED, State.FULFILLED, State.PARTLY_FULFILLED} else None
    clock = Clock(KIND, issued, "", due, stopped=answered or settled)
    duty = Duty(
        kind=KIND,
        about=f"{decision.subject}/{place}",
        unit=unit,
        unit_path=unit.path,
        judge_path=decision.unit_path,
        task=decision.text,
        state=_DUTY_STATES.get(state, DutyState.WITHDRAWN),
        opened_at=issued,
        opened_by="system:fill",
        due_at=due,
        answered_at=answered,
        settled_at=settled,
        clocks=plain([clock], issued),
        # Told of already: a measured worker has other things to do.
        rung_at=next_rung([clock]) if due > now else None,
    )
    share = Share(
        place=place,
        body_id=decision.body_id,
        unit=unit,
        unit_path=unit.path,
        state=state,
        reason="اعتبار آن در بودجهٔ امسال تأمین نشد." if state in WITH_REASON else "",
        settled_at=settled,
        settled_by="دبیر" if settled else "",
    )
    return share, duty


def _reports(told: list[_Told]) -> list[Report]:
    """One for each part that was reported."""
    return [
        Report(
            share_id=share.pk,
            number=1,
            text="کار انجام شد؛ عکس و صورتجلسه پیوست است.",
            at=duty.answered_at,
            by="system:fill",
            by_name="کارشناس",
            verdict=Verdict.CONFIRMED if share.settled_at else Verdict.WAITING,
            judged_at=share.settled_at,
            judged_by=share.settled_by,
        )
        for one in told
        for share, duty in one.parts
        if duty.answered_at is not None
    ]


def _links(random: Random, told: list[_Told]) -> list[Link]:
    """A right of citizens for every second decision."""
    return [
        Link(
            decision_id=one.decision.pk,
            kind="right",
            code=f"R{random.randrange(1, 12):02}",
            at=one.decision.issued_at,
            by="system:fill",
        )
        for number, one in enumerate(told)
        if number % 2
    ]
