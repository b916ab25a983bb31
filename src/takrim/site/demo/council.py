"""The Coordination Council of Qom: a year of meetings, a bank that sits there from outside, and the next invitation.

The past is written in bulk; what is of today goes through the deeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from takrim.base.clock import TEHRAN, local_date
from takrim.base.codes import new_nonce
from takrim.base.period import Period, PeriodKind
from takrim.cases.actions_inquiry import add_partner
from takrim.councils.actions_bodies import Terms, change_body, found_body, name_subject
from takrim.councils.actions_meetings import When, invite, plan_meeting
from takrim.councils.actions_members import Seat, give_seat
from takrim.councils.actions_replies import accept, decline
from takrim.councils.coding import fresh_code
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_meetings import Attendance, Invitation, Meeting, State
from takrim.councils.quorum import needed
from takrim.councils.seating import seated
from takrim.decisions.actions_do import report
from takrim.decisions.actions_write import Owner, Wording, issue, until
from takrim.orgs.actor import Actor, member
from takrim.orgs.models import Person, Post, Unit
from takrim.site.demo.marker import SignIn
from takrim.site.demo.staff import HIRED, Staff

HERE = "ir/qom/"
# The organisations that sit there, by the ends of their paths.
_SEATS = (
    "social-security",
    "health-management",
    "technical-training",
    "welfare-organisation",
    "refah-bank",
    "tosee-taavon-bank",
    "omid-fund",
    "worker-sport-board",
)
_BANK = "مدیریت شعب بانک نمونه استان قم"
_HAMID = ("hamid", "حمید رحمانی", "معاون اعتبارات بانک", "Deputy for credit, bank")
_SUBJECTS = (
    ("هماهنگی دستگاه‌های تابعه", "Coordination of affiliated organisations"),
    ("واحدهای دارای مشکل", "Workplaces in trouble"),
    ("تسهیلات بانکی اشتغال", "Bank loans for employment"),
)
# What the council has asked of the bank, how it is proven, and in how many days.
_OF_BANK = (
    (
        "سهم تسهیلات کارگاه‌های دارای مشکل استان هر ماه به تفکیک شهرستان به دبیرخانه شورا اعلام شود.",
        "جدول پرداخت هر شهرستان",
        21,
    ),
    ("در هر شعبه شهرستان یک رابط برای معرفی‌شدگان تعاونی‌ها تعیین شود.", "فهرست رابطان با شماره تماس", 30),
)
_REPORT_OF_BANK = "در هر سه شهرستان رابط تعیین شد و فهرست آن‌ها به دبیرخانه رسید."
_PLACE = "سالن شورا، اداره کل تعاون، کار و رفاه اجتماعی استان قم"
# Of the last twelve months, counted back from the last one: those in which it did not meet in time.
_LATE, _MISSED, _NOT_CONSTITUTED = 4, 7, 9
_MONTHS = 12


def keep_council(staff: Staff, now: datetime) -> list[SignIn]:
    """Set it up, let it meet for a year, invite to the next meeting; who may look around as its member from outside."""
    chair, secretary = staff.actors.get("omid"), staff.actors.get("maryam")
    if chair is None or secretary is None:
        return []
    body = _set_up(chair, now)
    _seat(body, staff, chair, secretary, now)
    hamid = _outsider(body, chair, now)
    _meet(body, now)
    _let_the_bank_owe(body, hamid, secretary, now)
    _invite(body, secretary, hamid, now)
    username, name, fa, en = _HAMID
    return [SignIn(username, name, fa, en, HERE)]


def _set_up(chair: Actor, now: datetime) -> Body:
    terms = Terms.of_kind(
        "council",
        name_fa="شورای هماهنگی دستگاه‌های تابعه استان قم",
        name_en="Coordination Council of Qom",
        legal_basis="دستورالعمل شوراهای هماهنگی استان‌ها، ابلاغ وزیر تعاون، کار و رفاه اجتماعی",
        purpose="هم‌افزایی دستگاه‌های تابعه، تعیین سهم هر عضو در اجرای مصوبات و پیگیری مستمر آن‌ها.",
        place=_PLACE,
        rhythm_by_day=20,
    )
    # What it has decided already was written down before (decisions.py): it is the same council.
    known = Body.objects.filter(unit_path=HERE).order_by("pk").first()
    if known is not None:
        body = change_body(body=known, terms=terms, seen=known.version, by=chair, now=now)
    else:
        body = found_body(unit=Unit.objects.get(path=HERE), terms=terms, since=HIRED, by=chair, now=now)
    for fa, en in _SUBJECTS:
        name_subject(body=body, name_fa=fa, name_en=en, by=chair, now=now)
    return body


def _seat(body: Body, staff: Staff, chair: Actor, secretary: Actor, now: datetime) -> None:
    heads = [staff.actors[name] for slug in _SEATS for name in staff.with_role(f"{HERE}{slug}/", "head")[:1]]
    roles = [(chair, Role.CHAIR), (secretary, Role.SECRETARY), *((head, Role.MEMBER) for head in heads)]
    seated_there = set(body.memberships.values_list("post_id", flat=True))
    for actor, role in roles:
        if actor.post_id in seated_there:
            continue
        post = Post.objects.get(pk=actor.post_id or 0)
        # The secretary keeps the minutes and does not vote.
        seat = Seat(role=role, post=post, since=HIRED, votes=role != Role.SECRETARY)
        give_seat(body=body, seat=seat, by=chair, now=now)


def _outsider(body: Body, chair: Actor, now: datetime) -> Membership:
    """Who comes for a bank that has no office here, with the password of the demonstration."""
    bank = add_partner(name=_BANK, email="bank@takrim.example", mobile="", by=chair, now=now)
    username, name, title, _en = _HAMID
    password = Person.objects.values_list("password", flat=True).get(pk=chair.person)
    person = Person(username=username, name=name, email=f"{username}@takrim.example", password=password)
    person.save(force_insert=True)
    return Membership.objects.create(
        body=body, role=Role.MEMBER, person=person, organisation=bank, title=title, since=HIRED
    )


def _days(now: datetime) -> Iterator[tuple[int, date]]:
    """The day of the meeting of each of the last months, the earliest first; how many months ago it was."""
    periods = [Period.containing(local_date(now), PeriodKind.MONTH)]
    for _month in range(_MONTHS):
        periods.append(periods[-1].previous())
    for ago, period in reversed(list(enumerate(periods))[1:]):
        if ago != _MISSED:
            day = period.start() + timedelta(days=24 if ago == _LATE else 10 + ago % 4)
            # Nobody meets on a Friday.
            yield ago, day + timedelta(days=1) if day.weekday() == 4 else day


def _meet(body: Body, now: datetime) -> None:
    for number, (ago, day) in enumerate(_days(now), start=1):
        starts = datetime.combine(day, time(10), TEHRAN)
        meeting = _planned(body, number, starts)
        rows = _came(seated(meeting), starts, few=ago == _NOT_CONSTITUTED)
        voters, here = [row for row in rows if row.votes], [row for row in rows if row.votes and row.is_here]
        meeting.quorum_voters, meeting.quorum_present = len(voters), len(here)
        meeting.quorum_needed = needed(body, len(voters))
        if ago == _NOT_CONSTITUTED:
            meeting.state = State.NOT_CONSTITUTED
        else:
            meeting.state, meeting.opened_at = State.HELD, starts + timedelta(minutes=7)
            meeting.closed_at = starts + timedelta(minutes=95)
        meeting.save(force_insert=True)
        Invitation.objects.bulk_create(rows)


def _planned(body: Body, number: int, starts: datetime) -> Meeting:
    return Meeting(
        code=fresh_code(Meeting.objects, starts),
        body=body,
        unit_path=HERE,
        number=number,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=_PLACE,
        planned_at=starts - timedelta(days=14),
        planned_by="system:demonstration",
        invited_at=starts - timedelta(days=10),
        door_nonce=new_nonce(),
    )


def _came(rows: Sequence[Invitation], starts: datetime, *, few: bool) -> list[Invitation]:
    """Most came, another one stayed away each time; of one meeting most did."""
    for place, row in enumerate(rows):
        row.invited_at = starts - timedelta(days=10)
        away = place > 3 if few else place > 1 and (place + starts.day) % 7 == 0
        row.attendance = Attendance.ABSENT if away else Attendance.PRESENT
        row.arrived_at = None if away else starts + timedelta(minutes=place)
        row.noted_how = "hand"
    return list(rows)


def _let_the_bank_owe(body: Body, hamid: Membership, secretary: Actor, now: datetime) -> None:
    """What the bank carries out: one thing it has reported, one that it still has to do."""
    bank, person = hamid.organisation, hamid.person
    if bank is None or person is None:
        return
    owner = Owner(unit=body.unit, organisation=bank)
    meeting = Meeting.objects.filter(body=body, state=State.HELD).order_by("-starts_at")[0]
    for text, proof, days in _OF_BANK:
        wording = Wording(
            text=text,
            proof=proof,
            decided_on=local_date(meeting.starts_at),
            owners=[owner],
            term=until(local_date(now) + timedelta(days=days)),
            meeting=meeting,
        )
        decision = issue(body=body, wording=wording, by=secretary, now=now)
    by = member(person.pk, person.name, bank.name)
    report(share=decision.shares.select_related("decision", "duty").get(), text=_REPORT_OF_BANK, by=by, now=now)


def _invite(body: Body, secretary: Actor, hamid: Membership, now: datetime) -> None:
    """The next meeting: invited, and some have replied."""
    day = local_date(now) + timedelta(days=9)
    starts = datetime.combine(day + timedelta(days=1) if day.weekday() == 4 else day, time(10), TEHRAN)
    when = When(
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=_PLACE,
        online_url="https://meet.takrim.example/qom-council",
    )
    meeting = invite(meeting=plan_meeting(body=body, when=when, by=secretary, now=now), by=secretary, now=now)
    rows = Invitation.objects.filter(meeting=meeting).exclude(membership=hamid).select_related("meeting__body")
    for place, row in enumerate(rows.in_order()):
        if place == 4:
            decline(invitation=row, reason="مأموریت بیرون از استان", by=secretary, now=now)
        elif place < 7:
            accept(invitation=row, by=secretary, now=now)
