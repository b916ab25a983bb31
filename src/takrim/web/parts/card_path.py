"""The path of a service as it is drawn: its steps, and where on it a matter stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from takrim.cards.models import CardVersion
from takrim.cards.path import Stage, Step, place_in, steps_of
from takrim.cases.models import Case, State
from takrim.duties.models import Duty
from takrim.orgs.units import unit_name
from takrim.web.parts.templatetags.takrim import language, listed

# More steps than these have no room beside one another.
MOST_ABREAST = 5

_STAGES: dict[str, Stage] = {
    State.REGISTERED: Stage.RECEIVED,
    State.AWAITING_COMPLETION: Stage.COMPLETION,
    State.TRANSFERRED: Stage.REVIEW,
    State.UNDER_REVIEW: Stage.REVIEW,
    State.REOPENED: Stage.REVIEW,
    State.REFERRED: Stage.INQUIRY,
    State.AWAITING_INQUIRY: Stage.INQUIRY,
    State.DRAFTED: Stage.DECISION,
    State.AWAITING_APPROVAL: Stage.DECISION,
    State.APPROVED: Stage.DECISION,
    State.ANSWERED: Stage.ANSWER,
}
# Nobody works on it any more: no step is the one it stands at.
_OVER = frozenset({State.REFUSED, State.DUPLICATE, State.WITHDRAWN})


@dataclass(frozen=True)
class Drawn:
    """One step. `state`: done, now, later; or plain on a path that nobody walks."""

    title: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Path:
    """The whole path, in its order."""

    steps: tuple[Drawn, ...]

    @property
    def abreast(self) -> bool:
        """Whether its steps stand beside one another where there is room."""
        return len(self.steps) <= MOST_ABREAST


def path_of_card(card: CardVersion) -> Path | None:
    """The path as the card itself shows it; None for a card without steps."""
    steps = [Drawn(step.title, "plain") for step in steps_of(card)]
    return Path(tuple(steps)) if steps else None


def path_of_case(case: Case, duties: Sequence[Duty] = ()) -> Path | None:
    """The path of a case's own version of the card, with where it is; `duties` name the offices that were asked."""
    if case.state in _OVER:
        return None
    steps = (steps_of(case.card) if case.card else []) or _everywhere()
    if case.state == State.CLOSED:
        return Path(tuple(Drawn(step.title, "later" if step.at is Stage.AFTER else "done") for step in steps))
    here = place_in(steps, _STAGES[case.state])
    drawn = [
        Drawn(step.title, "done" if n < here else "now" if n == here else "later", _asked(duties) if n == here else "")
        for n, step in enumerate(steps)
    ]
    return Path(tuple(drawn))


def _asked(duties: Sequence[Duty]) -> str:
    """Whose part is waited for."""
    waits = [duty for duty in duties if duty.kind == "referral" and duty.owed and duty.answered_at is None]
    names = dict.fromkeys(unit_name(duty.unit_path, language()) for duty in waits)
    return _("Waits for: {offices}").format(offices=listed(names)) if names else ""


def _everywhere() -> list[Step]:
    """What happens to any matter, when it is about no service of its own."""
    return [
        Step(_("Registered, with a receipt"), Stage.RECEIVED),
        Step(_("Looked into; others are asked where needed"), Stage.REVIEW),
        Step(_("The answer is written and signed"), Stage.DECISION),
        Step(_("The answer is given to you"), Stage.ANSWER),
    ]
