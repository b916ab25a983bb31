"""What a post may do: powers, and the roles that bundle them."""

from __future__ import annotations

from enum import StrEnum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Power(StrEnum):
    """One thing a person may do; every deed names the one it needs."""

    CASE_FILE = auto()
    CASE_SEE = auto()
    CASE_COMPLETE = auto()
    CASE_REFER = auto()
    CASE_NOTE = auto()
    CASE_DRAFT = auto()
    CASE_APPROVE = auto()
    CASE_DELIVER = auto()
    CASE_CLOSE = auto()
    CASE_REFUSE = auto()
    CASE_OBJECT = auto()
    CASE_IMPORT = auto()
    DUTY_ANSWER = auto()
    DUTY_JUDGE = auto()
    DUTY_ASSIGN = auto()
    SURVEY_ANSWER = auto()
    SURVEY_CALL = auto()
    FIGURES_SEE = auto()
    OFFICE_SEE = auto()
    ANSWERS_EDIT = auto()
    CARDS_EDIT = auto()
    WORDS_EDIT = auto()
    CALENDAR_EDIT = auto()
    HOLIDAYS_EDIT = auto()
    PARTNERS_EDIT = auto()
    QUESTIONS_EDIT = auto()
    POSTS_EDIT = auto()
    COUNCIL_SEE = auto()
    BODIES_EDIT = auto()
    MEETING_KEEP = auto()
    DECISION_CONFIRM = auto()
    DIRECTIVE_ISSUE = auto()
    PROOF_GIVE = auto()
    PROOF_JUDGE = auto()
    PROGRAMME_EDIT = auto()
    REPORT_WRITE = auto()
    REPORT_SIGN = auto()
    ROUND_RUN = auto()
    ROUND_DECLARE = auto()
    OPERATE = auto()


_CLERK = frozenset({Power.CASE_FILE, Power.CASE_SEE, Power.CASE_COMPLETE, Power.CASE_NOTE, Power.FIGURES_SEE})
_EXPERT = _CLERK | {Power.CASE_DRAFT, Power.CASE_REFER, Power.DUTY_ANSWER, Power.COUNCIL_SEE, Power.PROOF_GIVE}
_HEAD = _EXPERT | {
    Power.CASE_APPROVE,
    Power.CASE_DELIVER,
    Power.CASE_CLOSE,
    Power.CASE_REFUSE,
    Power.ANSWERS_EDIT,
    Power.DUTY_JUDGE,
    Power.DUTY_ASSIGN,
    Power.OFFICE_SEE,
    Power.POSTS_EDIT,
    Power.PROGRAMME_EDIT,
    Power.ROUND_DECLARE,
}
# Who keeps the minutes of bodies, confirms what was done and judges its proof; never of their own work.
_SECRETARY = frozenset(
    {
        Power.BODIES_EDIT,
        Power.MEETING_KEEP,
        Power.DECISION_CONFIRM,
        Power.DIRECTIVE_ISSUE,
        Power.PROOF_JUDGE,
        Power.PROGRAMME_EDIT,
        Power.REPORT_WRITE,
    }
)
_DIRECTOR = (
    _HEAD
    | _SECRETARY
    | {
        Power.CARDS_EDIT,
        Power.CALENDAR_EDIT,
        Power.WORDS_EDIT,
        Power.PARTNERS_EDIT,
        Power.QUESTIONS_EDIT,
        Power.REPORT_SIGN,
        Power.ROUND_RUN,
    }
)

ROLES: dict[str, frozenset[Power]] = {
    "desk_officer": _CLERK | {Power.CASE_REFER, Power.CASE_DELIVER},
    "expert": _EXPERT,
    "head": _HEAD,
    "secretary": _EXPERT | _SECRETARY,
    "deputy": _HEAD,
    "director_general": _DIRECTOR,
    # Calls people of other offices; what they say is written down in their name.
    "caller": frozenset({Power.SURVEY_CALL, Power.SURVEY_ANSWER}),
    "national_officer": frozenset(
        {
            Power.FIGURES_SEE,
            Power.ROUND_RUN,
            Power.OFFICE_SEE,
            Power.HOLIDAYS_EDIT,
            Power.CARDS_EDIT,
            Power.COUNCIL_SEE,
            Power.DIRECTIVE_ISSUE,
        }
    ),
    "operator": frozenset({Power.OPERATE, Power.FIGURES_SEE}),
}

ROLE_TITLES: dict[str, str | Promise] = {
    "desk_officer": _("Desk officer"),
    "expert": _("Expert"),
    "head": _("Head of office"),
    "secretary": _("Secretary of committees"),
    "deputy": _("Deputy"),
    "director_general": _("Director-general"),
    "caller": _("Survey caller"),
    "national_officer": _("National officer"),
    "operator": _("System operator"),
}

# What the person who brought a matter may do about that matter, without any post.
HOLDER = frozenset({Power.CASE_FILE, Power.CASE_COMPLETE, Power.CASE_OBJECT, Power.SURVEY_ANSWER})
# What a body outside may do about the one inquiry whose link it has.
PARTNER = frozenset({Power.DUTY_ANSWER, Power.CASE_COMPLETE})
# What somebody from outside may do who sits in a body: in that body, and nowhere else. They report on what it owes.
MEMBER = frozenset({Power.COUNCIL_SEE, Power.DUTY_ANSWER})
# What the system itself does: jobs, followers, imports.
SYSTEM = frozenset(Power)
