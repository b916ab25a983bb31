"""Who was invited, what they replied, who came; before the invitations, who would be invited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from takrim.base import clock
from takrim.councils.actions_attendance import count_of
from takrim.councils.models_meetings import Attendance, Invitation, Meeting, Reply, State
from takrim.councils.queries import keeps
from takrim.councils.seating import seated
from takrim.web import desk_council
from takrim.web.council.part import Looking, Part
from takrim.web.council.words import ATTENDANCES, ROLES, seat_title
from takrim.web.desk_council import Reach

_NOTED_IN = (State.INVITED, State.HELD, State.DRAFTED)


def _show(looking: Looking[Meeting]) -> Mapping[str, Any]:
    return rows_of(looking.desk, looking.about, looking.now)


def rows_of(desk: Reach, meeting: Meeting, now: datetime) -> dict[str, Any]:
    """The list as it stands."""
    planned = meeting.state == State.PLANNED
    listed = seated(meeting) if planned else list(desk_council.invitations(meeting))
    if planned:
        listed += list(desk_council.invitations(meeting))
    may_note = keeps(meeting.body, desk.actor, clock.local_date(now)) and meeting.state in _NOTED_IN
    count = count_of(meeting, listed)
    return {
        "code": meeting.code,
        "rows": [_row(row, may_note=may_note) for row in listed],
        "planned": planned,
        "may_note": may_note,
        "may_leave": may_note and meeting.opened_at is not None and meeting.closed_at is None,
        "count": count,
        "reached": count.reached,
        # Before its day nobody is missing yet.
        "shows_count": meeting.state in _NOTED_IN and clock.local_date(meeting.starts_at) <= clock.local_date(now),
        "replied": _replied(listed),
        "choices": _choices(),
    }


def _row(row: Invitation, *, may_note: bool) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.who_came,
        "for_name": row.name if row.by_substitute else "",
        "title": seat_title(row),
        "role": ROLES[row.role] if row.role != "member" else "",
        "votes": row.votes,
        "reply": f"reply_{row.reply or 'none'}",
        "note": row.reply_note,
        "substitute": row.substitute_name,
        "attendance": row.attendance,
        "pill": f"attendance_{row.attendance}" if row.attendance else "",
        "arrived_at": row.arrived_at,
        "left_at": row.left_at,
        "here": row.is_here,
        "came": "substitute" if row.by_substitute else row.attendance,
        "may_note": may_note,
    }


def _choices() -> list[tuple[str, str]]:
    return [(value.value, str(ATTENDANCES[value])) for value in Attendance]


def _replied(rows: list[Invitation]) -> dict[str, int]:
    replies = [row.reply for row in rows]
    return {
        "come": replies.count(Reply.ACCEPTED) + replies.count(Reply.SUBSTITUTE),
        "not": replies.count(Reply.DECLINED),
        "open": replies.count(Reply.NONE),
    }


PLUGIN = Part(template="council/_people.html", place=30, show=_show)
