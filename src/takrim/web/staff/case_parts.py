"""The parts of the case page, in words ready to print."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from takrim.base.workdays import Length
from takrim.cases.models import Answer
from takrim.duties.actions_assign import Assigned
from takrim.duties.models import Duty
from takrim.evidence.kinds import KINDS as FILE_KINDS
from takrim.journal.tell import Line
from takrim.orgs.units import unit_name
from takrim.web.parts.templatetags.takrim import code, dueclass, jdate, pill, timeleft
from takrim.web.staff import shown
from takrim.web.staff.matter import Matter


class About(NamedTuple):
    """What stands at the head and the side of the page."""

    kind: str
    channel: str
    card: str
    unit: str
    due_at: datetime | None
    due_class: str
    due: str
    late: bool
    outcome: str
    length: str
    assigned: str
    difficulty: str | Promise


def about(matter: Matter) -> About:
    case, final = matter.case, matter.final
    due_at = final.due_at if final else None
    owed = final is not None and final.owed
    return About(
        kind=shown.kind_title(case.kind),
        channel=shown.channel_title(case.channel),
        card=case.card.title if case.card else "",
        unit=unit_name(case.unit_path, shown.lang()),
        due_at=due_at,
        due_class=dueclass(due_at, matter.now) if owed else "due-none",
        due=timeleft(due_at, matter.now) if owed else "",
        late=bool(final and not final.on_time(matter.now)),
        outcome=shown.outcome_title(case.outcome) if case.outcome and case.answered_at else "",
        length=_length(final),
        assigned=shown.seat_title(matter.assigned) if matter.assigned else "",
        difficulty=shown.DIFFICULTIES[matter.workload.difficulty] if matter.assigned and matter.workload else "",
    )


def _length(final: Duty | None) -> str:
    return Length.parse(final.length).title(shown.lang()) if final and final.length else ""


class Referral(NamedTuple):
    """One office that was asked."""

    id: int
    unit: str
    task: str
    pill: SafeString
    opened_at: datetime
    due_class: str
    due: str
    due_at: datetime | None
    answer: str
    answered_at: datetime | None
    may_reply: bool
    may_judge: bool


def referrals(matter: Matter) -> list[Referral]:
    """What was asked of other offices, newest first."""
    lang = shown.lang()
    return [
        Referral(
            id=duty.pk,
            unit=unit_name(duty.unit_path, lang),
            task=duty.task,
            pill=pill(duty.state),
            opened_at=duty.opened_at,
            due_class=dueclass(duty.due_at, matter.now) if duty.owed and not duty.answered_at else "due-none",
            due=timeleft(duty.due_at, matter.now) if duty.owed and not duty.answered_at else "",
            due_at=duty.due_at,
            answer=duty.answer,
            answered_at=duty.answered_at,
            may_reply=matter.owed_by_us(duty),
            may_judge=matter.judged_by_us(duty),
        )
        for duty in reversed(matter.referrals)
    ]


class Version(NamedTuple):
    """One version of the answer."""

    answer: Answer
    outcome: str
    how: str
    objection: str


def answers(matter: Matter) -> list[Version]:
    """All versions, newest first."""
    objections = {objection.answer_id: objection.text for objection in matter.objections}
    return [
        Version(
            answer,
            shown.outcome_title(answer.outcome),
            shown.way_title(answer.delivered_how) if answer.delivered_how else "",
            objections.get(answer.pk, ""),
        )
        for answer in matter.answers
    ]


class Event(NamedTuple):
    """One line of the timeline."""

    at: datetime
    sentence: str
    by: str


def events(matter: Matter) -> list[Event]:
    names = matter.desk.names_of({line.facts["person"] for line in matter.lines if line.verb == Assigned.verb})
    return [
        Event(line.at, _sentence(line, names), " · ".join(filter(None, (line.by, line.post)))) for line in matter.lines
    ]


def _sentence(line: Line, names: dict[int, str]) -> str:
    """What happened; to whom work was given is known by number alone, and named here."""
    name = names.get(line.facts["person"]) if line.verb == Assigned.verb else None
    return gettext("Given to {name} of {unit}.").format(name=name, unit=line.unit) if name else line.sentence


class File(NamedTuple):
    """A file as _attachments.html shows it."""

    name: str
    size: int
    url: str
    kind: str


def files(matter: Matter) -> list[File]:
    return [
        File(
            evidence.name,
            evidence.file.size,
            reverse("staff_file", args=[evidence.pk]),
            "image" if FILE_KINDS[evidence.file.kind].is_image else "",
        )
        for evidence in matter.files
    ]


class Earlier(NamedTuple):
    """Another case of the same person."""

    code: str
    shown_code: SafeString | str
    subject: str
    day: str
    pill: SafeString


def earlier(matter: Matter) -> list[Earlier]:
    return [
        Earlier(head["code"], code(head["code"]), head["subject"], jdate(head["received_at"]), pill(head["state"]))
        for head in matter.earlier
    ]
