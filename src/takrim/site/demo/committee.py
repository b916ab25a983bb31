"""The committee of Alborz: a year of meetings but for one season; one has issued minutes, the last a draft."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from takrim.base.clock import TEHRAN, local_date
from takrim.base.codes import new_nonce
from takrim.base.period import Period, PeriodKind
from takrim.councils import actions_agenda as agendas
from takrim.councils import actions_minutes as writing
from takrim.councils import actions_sealing as sealing
from takrim.councils.actions_meetings import next_number
from takrim.councils.coding import fresh_code
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Attendance, Invitation, Meeting, State
from takrim.councils.models_minutes import Minutes
from takrim.councils.passages import CLOSING, of_decision, of_item, written_day
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.site.demo.staff import HIRED, Staff

HERE = "ir/alborz/"
_FILE = Path(__file__).parents[1] / "demonstration/committee.toml"
# How many seasons ago it met, the earliest first: one was missed.
_SEASONS_AGO = (4, 2, 1)
# Who sits there: user name, role, and how they came to both meetings.
_SEATS = (
    ("nima", Role.CHAIR, Attendance.PRESENT),
    ("leyla", Role.SECRETARY, Attendance.PRESENT),
    ("reza", Role.MEMBER, Attendance.PRESENT),
    ("hadi", Role.MEMBER, Attendance.REMOTE),
)


@dataclass(frozen=True)
class _Table:
    """Who sits around it."""

    actors: Mapping[str, Actor]

    @property
    def secretary(self) -> Actor:
        return self.actors["leyla"]


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def keep_committee(staff: Staff, now: datetime) -> None:
    """Seat it and let it meet twice; all that is written is written now, since the journal has reached today."""
    table = _Table({name: staff.actors[name] for name, _role, _came in _SEATS})
    body = _seated(table, now)
    _met_each_season(body, table, now)
    written = [_met(body, table, next_number(body), row, now) for row in _told()["meeting"]]
    _issue(written[0], table, now)
    sealing.show_minutes(minutes=written[-1], by=table.secretary, now=now)
    said = "در بند یک، علت دوم (نبود متصدی) نیز گفته شد؛ لطفاً افزوده شود."
    sealing.comment(minutes=written[-1], item=None, text=said, by=table.actors["reza"], now=now)


def _seated(table: _Table, now: datetime) -> Body:
    """The committee of the province, set up where nobody has done that; whoever is missing takes a seat."""
    body = Body.objects.filter(unit_path=HERE).order_by("pk").first() or _founded(now)
    # What it had decided earlier was written down before (decisions.py), when it met as it was needed.
    Body.objects.filter(pk=body.pk).update(rhythm_period="season")
    body.refresh_from_db()
    known = set(body.memberships.values_list("post_id", flat=True))
    Membership.objects.bulk_create(
        Membership(body=body, role=role, post_id=table.actors[name].post_id, since=HIRED)
        for name, role, _came in _SEATS
        if table.actors[name].post_id not in known
    )
    return body


def _founded(now: datetime) -> Body:
    names = ("name_fa", "name_en", "legal_basis", "place")
    return Body.objects.create(
        code=fresh_code(Body.objects, now),
        kind="committee",
        unit=Unit.objects.get(path=HERE),
        unit_path=HERE,
        since=HIRED,
        rhythm_period="season",
        **{name: _told()[name] for name in names},
    )


def _met(body: Body, table: _Table, number: int, row: Mapping[str, Any], now: datetime) -> Minutes:
    """One meeting with its agenda, and minutes of which everything is written."""
    day = local_date(now) - timedelta(days=row["days_ago"])
    meeting = _held(body, table, number, day, now)
    items = [_item(meeting, table, place, item, now) for place, item in enumerate(row["item"])]
    agendas.gather(meeting=meeting, by=table.secretary, now=now)
    minutes = writing.begin_minutes(meeting=meeting, by=table.secretary, now=now)
    for item in AgendaItem.objects.filter(meeting=meeting).exclude(source="").accepted():
        _write(minutes, of_item(item.pk), "گزارش شد و اعضا آن را شنیدند.", table, now)
    for item, told in zip(items, row["item"], strict=True):
        _write(minutes, of_item(item.pk), told["summary"], table, now)
        if "decision" in told:
            _decide(minutes, item, told, table, now)
        if "carried" in told:
            agendas.carry_over(item=item, why=told["carried"], by=table.secretary, now=now)
    _write(minutes, CLOSING, row.get("closing", ""), table, now)
    return minutes


def _met_each_season(body: Body, table: _Table, now: datetime) -> None:
    """The meetings before those whose minutes are kept here."""
    period = Period.containing(local_date(now), PeriodKind.SEASON)
    for ago in _SEASONS_AGO:
        season = period
        for _season in range(ago):
            season = season.previous()
        day = season.start() + timedelta(days=40 + ago)
        # Nobody meets on a Friday.
        _held(body, table, next_number(body), day + timedelta(days=1) if day.weekday() == 4 else day, now)


def _held(body: Body, table: _Table, number: int, day: date, now: datetime) -> Meeting:
    starts = datetime.combine(day, time(10), TEHRAN)
    meeting = Meeting.objects.create(
        code=fresh_code(Meeting.objects, now),
        body=body,
        unit_path=HERE,
        number=number,
        state=State.HELD,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=_told()["place"],
        planned_at=starts - timedelta(days=12),
        planned_by=table.secretary.code,
        invited_at=starts - timedelta(days=10),
        opened_at=starts + timedelta(minutes=5),
        closed_at=starts + timedelta(hours=1, minutes=40),
        quorum_needed=3,
        quorum_present=len(_SEATS),
        quorum_voters=len(_SEATS),
        door_nonce=new_nonce(),
    )
    Invitation.objects.bulk_create(_seats(meeting, table))
    return meeting


def _seats(meeting: Meeting, table: _Table) -> Sequence[Invitation]:
    members = {member.post_id: member for member in meeting.body.memberships.select_related("post__unit")}
    found = []
    for place, (name, role, came) in enumerate(_SEATS):
        actor, member = table.actors[name], members[table.actors[name].post_id]
        post = member.post
        found.append(
            Invitation(
                meeting=meeting,
                membership=member,
                person_id=actor.person_id,
                name=actor.name,
                title_fa=post.title_fa if post else "",
                title_en=post.title_en if post else "",
                organisation_fa=post.unit.name_fa if post else "",
                organisation_en=post.unit.name_en if post else "",
                role=role,
                votes=True,
                place=place,
                invited_at=meeting.invited_at,
                attendance=came,
                arrived_at=meeting.opened_at,
                noted_how="hand",
            )
        )
    return found


def _item(meeting: Meeting, table: _Table, place: int, told: Mapping[str, Any], now: datetime) -> AgendaItem:
    """Proposed by the members in turn, taken on by the secretary."""
    words = agendas.ItemWords(title=told["title"], text=told.get("text", ""), length=told["minutes"])
    by = table.actors[("reza", "hadi")[place % 2]]
    item = agendas.propose(body=meeting.body, meeting=meeting, words=words, by=by, now=now)
    return agendas.accept_item(item=item, meeting=meeting, by=table.secretary, now=now)


def _decide(minutes: Minutes, item: AgendaItem, told: Mapping[str, Any], table: _Table, now: datetime) -> None:
    decision = writing.add_decision(minutes=minutes, item=item, by=table.secretary, now=now)
    words = {
        "text": told["decision"],
        "doers": " ".join(f"{HERE}{place}/" for place in told["doers"]),
        "due": written_day(local_date(now) + timedelta(days=told["due_in"])),
        "proof": told["proof"],
        "rights": " ".join(told["rights"]),
    }
    for part, text in words.items():
        _write(minutes, of_decision(decision.pk, part), text, table, now)
    if "dissent" in told:
        seat = Invitation.objects.get(meeting=minutes.meeting, person_id=table.actors["hadi"].person)
        writing.note_dissent(decision=decision, invitation=seat, text=told["dissent"], by=table.secretary, now=now)


def _write(minutes: Minutes, name: str, text: str, table: _Table, now: datetime) -> None:
    if text:
        writing.keep_passage(minutes=minutes, name=name, text=text, seen=0, by=table.secretary, now=now)


def _issue(minutes: Minutes, table: _Table, now: datetime) -> None:
    sealing.seal(minutes=minutes, by=table.secretary, now=now)
    for name, _role, _came in _SEATS:
        sealing.sign(minutes=minutes, seen=minutes.hash, by=table.actors[name], now=now)
    sealing.issue(minutes=minutes, anyway="", by=table.secretary, now=now)
