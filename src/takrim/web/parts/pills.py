"""The look of each state of a case, a duty, a letter, a task: its tone, its icon and its word."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Pill(NamedTuple):
    tone: str  # a class pill-<tone> of components.css
    icon: str
    label: str | Promise


PLAIN = Pill("plain", "info", "")

PILLS: dict[str, Pill] = {
    # What a citizen's matter goes through (docs/glossary.md, "Cases").
    "registered": Pill("info", "inbox", _("Registered")),
    "received": Pill("info", "inbox", _("Registered")),
    "incomplete": Pill("warn", "pause", _("Waiting for completion")),
    "referred": Pill("info", "refer", _("Referred")),
    "under_review": Pill("info", "hourglass", _("Under review")),
    "inquiry": Pill("warn", "pause", _("Waiting for an inquiry")),
    "drafted": Pill("info", "draft", _("Draft answer")),
    "awaiting_approval": Pill("info", "approve", _("Waiting for approval")),
    "approved": Pill("ok", "approve", _("Approved")),
    "answered": Pill("ok", "done", _("Answered")),
    "delivered": Pill("ok", "deliver", _("Notified")),
    "surveyed": Pill("ok", "survey", _("Judged by the person")),
    "closed": Pill("plain", "archive", _("Closed")),
    "reopened": Pill("warn", "reopen", _("Reopened")),
    "objected": Pill("warn", "flag", _("Objected to")),
    "refused": Pill("late", "refused", _("Refused")),
    "out_of_competence": Pill("plain", "refer", _("Out of competence")),
    "duplicate": Pill("plain", "duplicate", _("Duplicate")),
    "withdrawn": Pill("plain", "withdraw", _("Withdrawn")),
    "archived": Pill("plain", "archive", _("Archived")),
    # Duties and proofs.
    "open": Pill("info", "hourglass", _("Open")),
    "accepted": Pill("ok", "done", _("Accepted")),
    "returned": Pill("warn", "reopen", _("Returned")),
    "cancelled": Pill("plain", "withdraw", _("Cancelled")),
    "settled": Pill("ok", "done", _("Settled")),
    # Time.
    "late": Pill("late", "late", _("Late")),
    "soon": Pill("warn", "clock", _("Due soon")),
    "on_time": Pill("ok", "clock", _("On time")),
    # Letters and tasks.
    "waiting": Pill("info", "hourglass", _("Waiting")),
    "running": Pill("info", "jobs", _("Running")),
    "sent": Pill("ok", "send", _("Sent")),
    "done": Pill("ok", "done", _("Done")),
    "failed": Pill("late", "late", _("Failed")),
    "dead": Pill("late", "late", _("Given up")),
    "healthy": Pill("ok", "health", _("Healthy")),
}


def pill(state: object, label: object = None) -> Pill:
    """The pill of a state; an unknown state is shown plainly by its own word rather than breaking a page."""
    code = str(getattr(state, "value", state))
    known = PILLS.get(code, PLAIN)
    word = label or getattr(state, "label", None) or known.label or code
    return known._replace(label=str(word))
