"""The parts of the case page, in words ready to print."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base.workdays import Length
from takrim.cases import inquiry_links
from takrim.cases.charging import charged
from takrim.cases.models import Answer, Objection
from takrim.cases.models_delivery import Attempt
from takrim.cases.models_partners import Inquiry
from takrim.cases.models_templates import AnswerTemplate
from takrim.cases.signing import title_of
from takrim.checklists.actions import Ticked, Unticked
from takrim.duties.actions_assign import Assigned
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.evidence.kinds import KINDS as FILE_KINDS
from takrim.journal.tell import Line
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web.parts.clocks import ClockLine, clock_lines
from takrim.web.parts.templatetags.takrim import code, dueclass, jdate, number, pill, timeleft
from takrim.web.staff import shown
from takrim.web.staff.checklist import items_of
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
    clocks: list[ClockLine]
    rights: list[str]
    answer_way: str


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
        clocks=clock_lines(final, charged(final, matter.lines[::-1], matter.now) if final else ()),
        rights=[shown.right_title(code) for code in matter.rights or ()],
        answer_way=shown.way_title(case.answer_way) if case.answer_way else "",
    )


def _length(final: Duty | None) -> str:
    if not final or not final.length:
        return ""
    return gettext("time given: {length}").format(length=Length.parse(final.length).title(shown.lang()))


class Referral(NamedTuple):
    """One office that was asked."""

    id: int
    unit: str
    kind: str
    post: str
    came_from: str
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
    may_refer_on: bool
    # The link to an inquiry that waits, for who sent it; what was shown of the person.
    link: str
    by: str


def referrals(matter: Matter) -> list[Referral]:
    """What was asked of others, newest first."""
    return [_referral(matter, duty) for duty in reversed(matter.referrals)]


def _referral(matter: Matter, duty: Duty) -> Referral:
    lang, inquiry = shown.lang(), matter.inquiries.get(duty.pk)
    came_from = next((one.unit_path for one in matter.duties if one.pk == duty.parent_id), "")
    waits = inquiry is not None and inquiry.open_at(matter.now) and duty.owed
    return Referral(
        id=duty.pk,
        unit=inquiry.partner.name if inquiry else unit_name(duty.unit_path, lang),
        kind=shown.duty_title(duty.kind) if duty.kind != "referral" else "",
        post=duty.assignee.title if duty.assignee and duty.kind == "referral" else "",
        came_from=unit_name(came_from or (duty.judge_path if duty.kind == "transfer" else ""), lang),
        task=duty.task,
        pill=_referral_pill(duty, inquiry),
        opened_at=duty.opened_at,
        due_class=dueclass(duty.due_at, matter.now) if duty.owed and not duty.answered_at else "due-none",
        due=timeleft(duty.due_at, matter.now) if duty.owed and not duty.answered_at else "",
        due_at=duty.due_at,
        answer=duty.answer,
        answered_at=duty.answered_at,
        may_reply=matter.owed_by_us(duty),
        may_judge=matter.judged_by_us(duty),
        may_refer_on=matter.owed_by_us(duty) and matter.actor.may(Power.CASE_REFER),
        link=inquiry_links.address_of(inquiry.pk) if inquiry and waits and _sends(matter) else "",
        by=inquiry.answered_by if inquiry else "",
    )


def _sends(matter: Matter) -> bool:
    return matter.ours and matter.actor.may(Power.CASE_REFER)


# How an inquiry or a referral came to an end without a reply, as its pill says it.
_ENDS = {"expired": _("Expired"), "revoked": _("Taken back")}


def _referral_pill(duty: Duty, inquiry: Inquiry | None) -> SafeString:
    if inquiry is not None and inquiry.how in _ENDS:
        return pill("withdrawn", str(_ENDS[inquiry.how]))
    if duty.kind == "transfer" and duty.state == DutyState.ACCEPTED and duty.answer:
        return pill("returned")
    if duty.kind == "referral" and duty.state == DutyState.WITHDRAWN and duty.answer and not duty.answered_at:
        return pill("returned", str(_("Given back")))
    return pill(duty.state)


class Signature(NamedTuple):
    """Who signed a version."""

    name: str
    post: str
    at: datetime


class Version(NamedTuple):
    """One version of the answer."""

    answer: Answer
    title: str
    how: str
    objection: Objection | None
    signed: list[Signature]
    awaited: str


def answers(matter: Matter) -> list[Version]:
    """All versions, newest first."""
    objections = {objection.answer_id: objection for objection in matter.objections}
    return [
        Version(
            answer,
            _version(answer),
            shown.way_title(answer.delivered_how) if answer.delivered_how else "",
            objections.get(answer.pk),
            [Signature(one["name"], one["post"], datetime.fromisoformat(one["at"])) for one in answer.signatures],
            title_of(matter.awaited_level) if answer is matter.latest and matter.awaited_level else "",
        )
        for answer in matter.answers
    ]


def _version(answer: Answer) -> str:
    numbered = gettext("Version {number}").format(number=number(answer.number))
    return f"{numbered} · {shown.outcome_title(answer.outcome)}"


class Tried(NamedTuple):
    """One attempt to deliver an answer."""

    way: str
    at: datetime
    by: str
    pill: SafeString
    proof: str
    why: str
    paper: str


def tried(attempt: Attempt) -> Tried:
    """An attempt as its list shows it."""
    if attempt.reached_at:
        drawn = pill("delivered", gettext("Reached"))
    else:
        drawn = pill("failed", gettext("In vain")) if attempt.failed_at else pill("ready", gettext("On its way"))
    handed = gettext("handed over by {name}").format(name=attempt.handed_by) if attempt.handed_by else ""
    return Tried(
        way=shown.way_title(attempt.way),
        at=attempt.reached_at or attempt.failed_at or attempt.at,
        by=attempt.by_name,
        pill=drawn,
        proof=attempt.proof or (handed if attempt.reached_at and attempt.by_name else ""),
        why=attempt.why,
        paper=reverse("staff_file", args=[attempt.paper_id]) if attempt.paper_id else "",
    )


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


_CHECKED = {
    Ticked.verb: _("Ticked in the checklist: {items}."),
    Unticked.verb: _("Taken back in the checklist: {items}."),
}


def _sentence(line: Line, names: dict[int, str]) -> str:
    """What happened; to whom work was given is known by number alone, and named here."""
    if line.verb in _CHECKED and (items := items_of(line)):
        return str(_CHECKED[line.verb]).format(items=items)
    name = names.get(line.facts["person"]) if line.verb == Assigned.verb else None
    if not name:
        return line.sentence
    # Isolated: a name keeps its own direction in a sentence of either language.
    return gettext("Given to {name} of {unit}.").format(name=f"\u2068{name}\u2069", unit=line.unit)


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


class BeginWith(NamedTuple):
    """Templates to begin a draft with, by their result; `only` is the one that was chosen, "" for all."""

    groups: list[tuple[str, list[tuple[AnswerTemplate, str]]]]
    many: int
    only: str


def begin_with(matter: Matter, outcome: str) -> BeginWith:
    """Those for one result, or for every result, each with the office that keeps it where it is another."""
    lang, ours = shown.lang(), matter.case.unit_path
    only = outcome if outcome in shown.OUTCOMES else ""
    groups: dict[str, list[tuple[AnswerTemplate, str]]] = {code: [] for code in shown.OUTCOMES}
    for one in matter.templates:
        if not only or one.outcome == only:
            office = unit_name(one.unit_path, lang) if one.unit_path != ours else ""
            groups.setdefault(one.outcome, []).append((one, office))
    shown_groups = [(shown.outcome_title(code), rows) for code, rows in groups.items() if rows]
    count = sum(len(rows) for _title, rows in shown_groups)
    return BeginWith(shown_groups, count, shown.outcome_title(only) if only else "")
