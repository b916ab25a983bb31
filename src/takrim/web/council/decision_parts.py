"""The pieces of the page of a decision, ready to print: parts, links, what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from takrim.cases.rights import rights as all_rights
from takrim.decisions.links import Thing
from takrim.decisions.models import Decision, Link, Relation, Report, Share
from takrim.decisions.provables.decision import KIND, code_of
from takrim.directives.models import Directive
from takrim.evidence.kinds import KINDS as FILE_KINDS
from takrim.journal.tell import Line, timelines
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_decisions, desk_directives
from takrim.web.council import decisions_shown as shown
from takrim.web.council.agenda_shown import title_of
from takrim.web.council.decision_steps import Followed
from takrim.web.desk import Desk
from takrim.web.desk_council import Reach
from takrim.web.parts.templatetags.takrim import code as pretty
from takrim.web.staff.shown import lang

# What the journal tells of the duty beneath each part is told by the part itself.
_TOLD_ALREADY = frozenset(
    {"duty.answered", "duty.accepted", "duty.returned", "duty.withdrawn", "duty.questioned", "duty.taken_away"}
)


class File(NamedTuple):
    """A file of a report, as _attachments.html shows it."""

    name: str
    size: int
    url: str
    kind: str


def parts(desk: Reach, followed: Followed) -> list[dict[str, Any]]:
    """Each part with its reports and their files."""
    reports = {report.subject: report for share in followed.parts for report in _reports(share)}
    files = desk_decisions.files_of(reports) if reports else {}
    return [_part(followed, share, files) for share in followed.parts]


def _reports(share: Share) -> list[Report]:
    """Read with the parts; each knows its own."""
    listed = list(share.reports.all())
    for report in listed:
        report.share = share
    return listed


def _part(followed: Followed, share: Share, files: dict[str, list[Any]]) -> dict[str, Any]:
    base, part = shown.address(followed.decision), shown.part_of(share)
    return {
        "share": share,
        "office": share.from_outside or unit_name(share.unit_path, lang()),
        "seen_to_by": unit_name(share.unit_path, lang()) if share.from_outside else "",
        "due": shown.due_of_part(part, followed.now),
        "late": part.late(followed.now),
        "own": followed.keeper and share.pk in followed.own and share.is_open,
        "counted_url": f"{base}counted/{share.place}/" if followed.actor.unit_path else "",
        "proof_url": _proof_url(followed, share) if followed.works_here(share) else "",
        "step_url": f"{base}{share.place}/",
        "reports": [
            {
                "report": report,
                "verdict": shown.VERDICTS[report.verdict],
                "files": [
                    File(
                        one.name,
                        one.file.size,
                        f"{base}files/{one.pk}/",
                        "image" if FILE_KINDS[one.file.kind].is_image else "",
                    )
                    for one in files.get(report.subject, [])
                ],
            }
            for report in reversed(_reports(share))
        ],
    }


def _proof_url(followed: Followed, share: Share) -> str:
    """Where the office of a part writes down what it did for it."""
    if not followed.actor.may(Power.PROOF_GIVE):
        return ""
    return f"{reverse('council:proof_new')}?{urlencode({'kind': KIND, 'code': code_of(share)})}"


class Linked(NamedTuple):
    """One link in words; without an address it leads nowhere from here."""

    id: int
    what: str
    title: str
    number: Any
    url: str
    note: str
    may_go: bool


def linked(desk: Reach, links: list[Link], now: datetime) -> list[Linked]:
    """What it is linked to but for rights. Three queries at most."""
    cases = desk_decisions.linked_cases(desk, [one.code for one in links if one.kind == Thing.CASE])
    earlier = desk_decisions.linked_decisions(desk, [one.code for one in links if one.kind == Thing.DECISION], now)
    codes = [one.code for one in links if one.kind == Thing.DIRECTIVE]
    directives = desk_directives.named(desk, codes) if isinstance(desk, Desk) else {}
    return [_linked(one, cases, earlier, directives) for one in links if one.kind != Thing.RIGHT]


def _linked(one: Link, cases: dict[str, Any], earlier: dict[str, Decision], directives: dict[str, Directive]) -> Linked:
    title, url, number = "", "", pretty(one.code.removeprefix("directive:"))
    if one.kind == Thing.DIRECTIVE and one.code in directives:
        directive = directives[one.code]
        title, number = directive.subject, pretty(directive.number)
        url = reverse("council:directive", args=[directive.pk])
    if one.kind == Thing.CASE and one.code in cases:
        title, url = cases[one.code]["subject"], f"/staff/cases/{one.code}/"
    if one.kind == Thing.DECISION and one.code in earlier:
        title, url = earlier[one.code].title, shown.address(earlier[one.code])
    opened = one.relation == Relation.OPENED
    return Linked(
        id=one.pk,
        what=str(shown.RELATIONS[one.relation] if one.kind == Thing.DECISION or opened else shown.THINGS[one.kind]),
        title=title,
        number=number,
        url=url,
        note="" if not opened else ("done" if one.done_at else "waiting"),
        may_go=not opened,
    )


def later(desk: Reach, decision: Decision, now: datetime) -> list[dict[str, Any]]:
    """Later decisions that name it."""
    return [
        {
            "what": shown.TURNED[one.relation],
            "title": one.decision.title,
            "url": shown.address(one.decision),
            "state": one.decision.state,
        }
        for one in desk_decisions.pointing_here(desk, decision, now)
        if one.relation in shown.TURNED
    ]


def agendas(decision: Decision, *, body_seen: bool) -> list[dict[str, Any]]:
    """The agendas on which it stood; leading there where the body itself is seen."""
    return [
        {
            "title": title_of(item, lang()),
            "meeting": item.meeting,
            "taken_here": item.pk == decision.item_id,
            "url": reverse("council:agenda_item", args=[item.meeting.code, item.pk]) if body_seen else "",
        }
        for item in desk_decisions.agendas_with(decision)
        if item.meeting is not None
    ]


def rights(codes: list[str]) -> list[str]:
    """The rights concerned in words, in the order of the decree."""
    return [right.title(lang()) for code, right in all_rights().items() if code in codes]


def events(followed: Followed) -> list[Line]:
    """What happened to the whole and to each part, newest first. One query."""
    subjects = [followed.decision.subject, *(share.subject for share in followed.parts)]
    told = [line for lines in timelines(subjects).values() for line in lines if line.verb not in _TOLD_ALREADY]
    return sorted(told, key=lambda line: line.at, reverse=True)
