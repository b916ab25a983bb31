"""The two steps of whoever decides an objection: uphold it, or let the answer stand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.cases import actions_objection
from takrim.cases.moves import Move
from takrim.web.staff.case_forms import StepForm
from takrim.web.staff.fields import TextField
from takrim.web.staff.step import Step


class UpholdForm(StepForm):
    why = TextField(
        label=_("Why is the objection right?"),
        help_text=_("The applicant reads these words. Another officer then writes a new answer and you sign it."),
        rows=4,
        max_length=4000,
    )


class RefuseObjectionForm(StepForm):
    why = TextField(
        label=_("Why does the answer stand?"),
        help_text=_("The applicant reads these words: take up what the objection says, and name the legal ground."),
        rows=4,
        max_length=4000,
    )


OBJECTION_STEPS: dict[str, Step] = {
    "uphold": Step(
        title=_("Uphold the objection"),
        icon="check",
        done=_("The objection was upheld. Another officer writes the new answer; you sign it."),
        offered=lambda matter: matter.decides,
        run=lambda matter, data: actions_objection.uphold(
            case=matter.case, why=data["why"], by=matter.actor, now=matter.now
        ),
        form=UpholdForm,
    ),
    "refuse_objection": Step(
        title=_("Refuse the objection"),
        icon="refused",
        done=_("The objection was refused and the reason told to the applicant. The answer stands."),
        offered=lambda matter: matter.decides and matter.may(Move.STAND),
        run=lambda matter, data: actions_objection.refuse_objection(
            case=matter.case, why=data["why"], by=matter.actor, now=matter.now
        ),
        form=RefuseObjectionForm,
    ),
}
