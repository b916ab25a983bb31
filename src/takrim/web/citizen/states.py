"""What a case's state means to the person who brought it: less than the office knows, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.cases.models import Case, Outcome, State


@dataclass(frozen=True)
class Shown:
    """`pill` names the look, `says` what goes on now."""

    pill: str
    word: str | Promise
    says: str | Promise


_UNDER_REVIEW = Shown("under_review", _("Under review"), _("The office is working on your case."))

_STATES: dict[str, Shown] = {
    State.REGISTERED: Shown("registered", _("Registered"), _("Your case is registered and waits for its first look.")),
    State.AWAITING_COMPLETION: Shown(
        "awaiting_completion", _("Something is missing"), _("The office needs something from you to go on.")
    ),
    State.REFERRED: Shown(
        "referred", _("Referred"), _("Another unit was asked for its part; the office waits for it.")
    ),
    State.AWAITING_INQUIRY: Shown(
        "awaiting_inquiry", _("Waiting for an inquiry"), _("A body outside was asked; the office waits for its answer.")
    ),
    State.TRANSFERRED: Shown(
        "under_review", _("Transferred"), _("Your case went to the office it belongs to. Your due date stays the same.")
    ),
    State.APPROVED: Shown(
        "approved", _("Answer signed"), _("The answer is signed and on its way to you; you can read it here.")
    ),
    State.REOPENED: Shown("reopened", _("Reopened"), _("You objected; the level above the office decides on it.")),
    State.ANSWERED: Shown("answered", _("Answered"), _("The answer is here. Read it and tell us if you accept it.")),
    State.CLOSED: Shown("closed", _("Closed"), _("The case is closed.")),
    State.REFUSED: Shown("refused", _("Refused"), _("The office did not take the case on; the reason is below.")),
    State.DUPLICATE: Shown("duplicate", _("Duplicate"), _("This repeats an earlier case and is answered there.")),
    State.WITHDRAWN: Shown("withdrawn", _("Withdrawn"), _("You withdrew this case.")),
}

OUTCOMES: dict[str, str | Promise] = {
    Outcome.UPHELD: _("Your claim was found right"),
    Outcome.NOT_UPHELD: _("Your claim was not found right"),
    Outcome.PARTLY: _("Your claim was found partly right"),
    Outcome.GUIDED: _("You were shown the way"),
    Outcome.SERVED: _("What you asked for was done"),
    Outcome.DENIED: _("What you asked for was denied"),
}


def shown(case: Case) -> Shown:
    """How the state of the case is told to its holder."""
    return _STATES.get(case.state, _UNDER_REVIEW)
