"""The look of each state of a case, a duty, a letter, a task: its tone, its icon and its word."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Pill(NamedTuple):
    tone: str  # a class pill-<tone> of components.css
    icon: str
    label: str | Promise


PLAIN = Pill("plain", "info", "")

PILLS: dict[str, Pill] = {
    # Cases, in the order of their life (cases.models.State).
    "registered": Pill("info", "inbox", _("Registered")),
    "awaiting_completion": Pill("warn", "pause", _("Waiting for completion")),
    "awaiting_inquiry": Pill("warn", "pause", _("Waiting for an inquiry")),
    "transferred": Pill("warn", "send", _("Transferred, not accepted yet")),
    "referred": Pill("info", "refer", _("Referred")),
    "under_review": Pill("info", "hourglass", _("Under review")),
    "drafted": Pill("info", "draft", _("Draft answer")),
    "awaiting_approval": Pill("info", "approve", _("Waiting for approval")),
    "approved": Pill("ok", "approve", _("Approved")),
    "answered": Pill("ok", "done", _("Answered")),
    "closed": Pill("plain", "archive", _("Closed")),
    "reopened": Pill("warn", "reopen", _("Reopened")),
    "refused": Pill("late", "refused", _("Refused")),
    "duplicate": Pill("plain", "duplicate", _("Duplicate")),
    "withdrawn": Pill("plain", "withdraw", _("Withdrawn")),
    # Duties (duties.models.State); those with a case's word look alike.
    "open": Pill("info", "hourglass", pgettext_lazy("state", "Open")),
    # Figures beside those of another period.
    "better": Pill("ok", "up", _("Better")),
    "worse": Pill("late", "down", _("Worse")),
    "accepted": Pill("ok", "done", _("Accepted")),
    "returned": Pill("warn", "reopen", _("Returned")),
    # Reports (reports.models.State).
    "draft": Pill("info", "draft", pgettext_lazy("report", "Draft")),
    "reviewed": Pill("warn", "approve", pgettext_lazy("report", "Reviewed")),
    "signed": Pill("ok", "lock", pgettext_lazy("report", "Signed")),
    # Versions of plans (evaluation.models_plans.PlanState), and what the check of one says.
    "plan_draft": Pill("info", "draft", pgettext_lazy("plan", "Draft")),
    "plan_ready": Pill("ok", "done", pgettext_lazy("plan", "Ready")),
    "plan_retired": Pill("plain", "archive", pgettext_lazy("plan", "Out of use")),
    "plan_wrong": Pill("late", "warn", pgettext_lazy("plan", "To be mended")),
    "plan_doubt": Pill("warn", "info", pgettext_lazy("plan", "To be thought over")),
    "plan_right": Pill("ok", "check", pgettext_lazy("plan", "In order")),
    # Where a province stands with its figures (evaluation.feeds.State).
    "feed_here": Pill("plain", "place", pgettext_lazy("feed", "Works here")),
    "feed_unknown": Pill("plain", "help", pgettext_lazy("feed", "Nothing known")),
    "feed_awaited": Pill("warn", "hourglass", pgettext_lazy("feed", "Awaited")),
    "feed_gap": Pill("late", "warn", pgettext_lazy("feed", "With a gap")),
    "feed_late": Pill("late", "late", pgettext_lazy("feed", "Late")),
    "feed_complete": Pill("ok", "done", pgettext_lazy("feed", "Complete")),
    # Directives (directives.models.State), and where an office stands with a clause (directives.stages.Stage).
    "directive_received": Pill("warn", "inbox", pgettext_lazy("directive", "Received, text missing")),
    "directive_registered": Pill("plain", "draft", pgettext_lazy("directive", "Registered, not issued")),
    "directive_issued": Pill("info", "send", pgettext_lazy("directive", "Issued")),
    "directive_carried_out": Pill("ok", "done", pgettext_lazy("directive", "Carried out")),
    "directive_superseded": Pill("plain", "duplicate", pgettext_lazy("directive", "Superseded")),
    "directive_cancelled": Pill("plain", "withdraw", pgettext_lazy("directive", "Cancelled")),
    "clause_late": Pill("late", "late", pgettext_lazy("clause", "Late")),
    "clause_returned": Pill("warn", "reopen", pgettext_lazy("clause", "Returned")),
    "clause_unread": Pill("warn", "eye-off", pgettext_lazy("clause", "Unread")),
    "clause_read": Pill("info", "eye", pgettext_lazy("clause", "Read")),
    "clause_under_way": Pill("info", "hourglass", pgettext_lazy("clause", "Under way")),
    "clause_reported": Pill("accent", "approve", pgettext_lazy("clause", "Reported")),
    "clause_proven": Pill("ok", "check", pgettext_lazy("clause", "Proven")),
    "clause_ended": Pill("plain", "withdraw", pgettext_lazy("clause", "Ended")),
    # Decisions (decisions.models.State).
    "issued": Pill("info", "send", _("Issued")),
    "in_hand": Pill("info", "hourglass", _("In hand")),
    "reported": Pill("warn", "draft", _("Carrying out reported")),
    "fulfilled": Pill("ok", "done", _("Fulfilled")),
    "partly_fulfilled": Pill("warn", "approve", _("Partly fulfilled")),
    "not_fulfilled": Pill("late", "refused", _("Not fulfilled")),
    "stopped": Pill("plain", "pause", _("Stopped")),
    "cancelled": Pill("plain", "withdraw", _("Cancelled")),
    # What a watch found (evaluation.models.State).
    "new": Pill("warn", "flag", pgettext_lazy("finding", "New")),
    "looked_at": Pill("info", "eye", _("Being looked into")),
    "explained": Pill("ok", "done", _("Explained")),
    "upheld": Pill("late", "flag", pgettext_lazy("finding", "Upheld")),
    # Rounds of evaluation (evaluation.models_rounds.Stage), and objections to their results.
    "round_defined": Pill("plain", "draft", pgettext_lazy("round", "Defined")),
    "round_declaring": Pill("info", "hourglass", _("Self-assessment")),
    "round_assessing": Pill("info", "eye", _("Assessment")),
    "round_preliminary": Pill("warn", "flag", _("Preliminary result")),
    "round_final": Pill("ok", "lock", _("Final result")),
    "round_cancelled": Pill("plain", "withdraw", _("Cancelled")),
    "objection_waiting": Pill("warn", "hourglass", pgettext_lazy("objection", "Waiting for the committee")),
    "objection_upheld": Pill("ok", "done", pgettext_lazy("objection", "Upheld")),
    "objection_partly": Pill("ok", "approve", pgettext_lazy("objection", "Upheld in part")),
    "objection_refused": Pill("late", "refused", pgettext_lazy("objection", "Refused")),
    # Meetings (councils.models_meetings.State).
    "meeting_planned": Pill("plain", "calendar", pgettext_lazy("meeting", "Planned")),
    "meeting_invited": Pill("info", "mail", pgettext_lazy("meeting", "Invited")),
    "meeting_held": Pill("ok", "people", pgettext_lazy("meeting", "Held")),
    "meeting_not_constituted": Pill("late", "refused", pgettext_lazy("meeting", "Not constituted")),
    "meeting_drafted": Pill("info", "draft", pgettext_lazy("meeting", "Minutes being written")),
    "meeting_signing": Pill("info", "approve", pgettext_lazy("meeting", "Minutes being signed")),
    "meeting_issued": Pill("ok", "done", pgettext_lazy("meeting", "Minutes issued")),
    "meeting_cancelled": Pill("plain", "close", pgettext_lazy("meeting", "Called off")),
    # Periods of bodies (councils.calendar.Stand).
    "period_before": Pill("plain", "info", pgettext_lazy("period", "Not owed")),
    "period_coming": Pill("plain", "calendar", pgettext_lazy("period", "Coming")),
    "period_due": Pill("warn", "hourglass", pgettext_lazy("period", "Owed, nothing planned")),
    "period_planned": Pill("info", "calendar", pgettext_lazy("period", "Planned")),
    "period_held": Pill("ok", "done", pgettext_lazy("period", "Held")),
    "period_late": Pill("warn", "late", pgettext_lazy("period", "Held late")),
    "period_missed": Pill("late", "late", pgettext_lazy("period", "Missed")),
    # Attendance (councils.models_meetings).
    "attendance_present": Pill("ok", "done", pgettext_lazy("attendance", "Present")),
    "attendance_remote": Pill("ok", "globe", pgettext_lazy("attendance", "Remote")),
    "attendance_excused": Pill("warn", "pause", pgettext_lazy("attendance", "Absent with leave")),
    "attendance_absent": Pill("late", "close", pgettext_lazy("attendance", "Absent")),
    "reply_accepted": Pill("ok", "check", pgettext_lazy("reply", "Comes")),
    "reply_declined": Pill("warn", "close", pgettext_lazy("reply", "Cannot come")),
    "reply_substitute": Pill("info", "substitute", pgettext_lazy("reply", "Sends a substitute")),
    "reply_none": Pill("plain", "hourglass", pgettext_lazy("reply", "No reply yet")),
    # Time.
    "late": Pill("late", "late", _("Late")),
    "soon": Pill("warn", "clock", _("Due soon")),
    "on_time": Pill("ok", "clock", _("On time")),
    # Letters and tasks (tasks.models.State).
    "delivered": Pill("ok", "deliver", _("Notified")),
    "ready": Pill("info", "hourglass", _("Waiting")),
    "successful": Pill("ok", "done", _("Done")),
    "waiting": Pill("info", "hourglass", _("Waiting")),
    "running": Pill("info", "jobs", _("Running")),
    "sent": Pill("ok", "send", _("Sent")),
    "done": Pill("ok", "done", _("Done")),
    "failed": Pill("late", "late", _("Failed")),
    "dead": Pill("late", "late", _("Given up")),
    "healthy": Pill("ok", "health", _("Healthy")),
}


def pill(state: str, label: str = "") -> Pill:
    """The pill of a state; an unknown state is shown plainly by its own word rather than breaking a page."""
    known = PILLS.get(state, PLAIN)
    return known._replace(label=label or str(known.label) or state)
