"""Decisions in lists: their rows, states and dates, ready to print."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.decisions.links import Thing
from takrim.decisions.models import Decision, Relation, Share, State, Verdict
from takrim.decisions.queries import Part
from takrim.web.parts.pills import PILLS
from takrim.web.parts.templatetags.takrim import code, dueclass, jdate, jnumeric, listed, number, pill, timeleft
from takrim.web.staff.shown import Choices, unit_short

# So many offices are named in a row.
NAMED = 3

RELATIONS: dict[str, str | Promise] = {
    Relation.ABOUT: gettext_lazy("is about"),
    Relation.OPENED: gettext_lazy("opened"),
    Relation.REPEATS: gettext_lazy("repeats"),
    Relation.REPLACES: gettext_lazy("replaces"),
    Relation.CONTINUES: gettext_lazy("continues"),
}
# The same seen from the earlier decision.
TURNED: dict[str, str | Promise] = {
    Relation.ABOUT: gettext_lazy("named in"),
    Relation.REPEATS: gettext_lazy("repeated by"),
    Relation.REPLACES: gettext_lazy("replaced by"),
    Relation.CONTINUES: gettext_lazy("continued by"),
}
THINGS: dict[str, str | Promise] = {
    Thing.CASE: gettext_lazy("Case"),
    Thing.DIRECTIVE: gettext_lazy("Directive"),
    Thing.WORKPLACE: gettext_lazy("Workplace"),
    Thing.RIGHT: gettext_lazy("Right of citizens"),
    Thing.DECISION: gettext_lazy("Earlier decision"),
}
VERDICTS: dict[str, str | Promise] = {
    Verdict.WAITING: gettext_lazy("Waits for the secretary"),
    Verdict.CONFIRMED: gettext_lazy("Confirmed"),
    Verdict.PARTLY: gettext_lazy("Partly confirmed"),
    Verdict.REFUSED: gettext_lazy("Not fulfilled"),
    Verdict.RETURNED: gettext_lazy("Sent back"),
}


def state_choices() -> Choices:
    return [(state.value, PILLS[state.value].label) for state in State]


class Due(NamedTuple):
    """When something is due, or was done, with the class that colours it."""

    css: str
    words: str
    day: str


def due_of(parts: Collection[Part], decision: Decision, now: datetime) -> Due:
    """Of a decision the part that is due first; what is over, when that was."""
    if decision.settled_at is not None:
        late = any(part.late(now) for part in parts)
        return Due("due-late" if late else "due-ok", jdate(decision.settled_at), "")
    open_dates = [part.due_at for part in parts if part.state in {State.ISSUED, State.IN_HAND} and part.due_at]
    if not open_dates:
        waits = any(part.state == State.REPORTED for part in parts)
        return Due("due-none", _("done, not confirmed yet") if waits else _("waits for a case"), "")
    due = min(open_dates)
    return Due(dueclass(due, now), timeleft(due, now), jnumeric(due))


def due_of_part(part: Part, now: datetime) -> Due:
    """Of one part."""
    if part.state in {State.ISSUED, State.IN_HAND}:
        return Due(dueclass(part.due_at, now), timeleft(part.due_at, now), jnumeric(part.due_at))
    late = part.answered_at is not None and part.late(now)
    return Due("due-late" if late else "due-ok", jdate(part.answered_at), jnumeric(part.due_at))


def part_of(share: Share) -> Part:
    """A part whose row, duty and organisation are at hand."""
    duty, outside = share.duty, share.from_outside
    return Part(
        share.decision_id, share.place, share.unit_path, share.state, duty.due_at, duty.answered_at, outside or None
    )


def doer(part: Part) -> str:
    """Who carries a part out, by a short name."""
    return part.outside or unit_short(part.unit_path)


def offices(parts: Collection[Part]) -> str:
    """Who carries it out: the first few by name."""
    names = list(dict.fromkeys(doer(part) for part in parts))
    more = len(names) - NAMED
    return listed([*names[:NAMED], _("{number} more").format(number=number(more))] if more > 0 else names)


def address(decision: Decision) -> str:
    return f"/council/decisions/{decision.code}/"


def body_rows(found: list[Decision], parts: Mapping[int, list[Part]], now: datetime) -> SafeString:
    """The rows of the register. Written here: a template would take as long for them as for all the rest."""
    labels = {name: escape(word) for name, word in _LABELS.items()}
    pills = {state: pill(state) for state in {decision.state for decision in found}}
    return SafeString("".join(_drawn(one, parts.get(one.pk, []), labels, pills, now) for one in found))


_LABELS: dict[str, str | Promise] = {
    "offices": gettext_lazy("Carried out by"),
    "number": gettext_lazy("Number"),
    "decided": gettext_lazy("Decided on"),
}


def _drawn(
    decision: Decision, parts: list[Part], labels: Mapping[str, str], pills: Mapping[str, str], now: datetime
) -> str:
    due = due_of(parts, decision, now)
    day = f' <small class="muted num">{due.day}</small>' if due.day else ""
    return (
        f'<tr class="{due.css}"><td><span class="due-text">{due.words}</span>{day}</td>'
        f'<th scope="row"><a class="stretch" href="{address(decision)}"><bdi>{escape(decision.title)}</bdi></a>'
        f'<br><small class="muted"><bdi>{escape(decision.body.name)}</bdi></small></th>'
        f'<td data-label="{labels["offices"]}">{conditional_escape(offices(parts))}</td>'
        f"<td>{pills[decision.state]}</td>"
        f'<td class="num" data-label="{labels["decided"]}">{jnumeric(decision.decided_on)}</td>'
        f'<td class="num" data-label="{labels["number"]}">{code(decision.number)}</td></tr>\n'
    )
