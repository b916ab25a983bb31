"""The step of the case page that names the rights of citizens a case concerns."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_rights import name_rights
from takrim.cases.rights import suggested
from takrim.orgs.powers import Power
from takrim.web.staff import shown
from takrim.web.staff.case_forms import Initial, StepForm
from takrim.web.staff.matter import Matter
from takrim.web.staff.step import Step


class RightsForm(StepForm):
    rights = forms.MultipleChoiceField(
        label=_("Which rights of citizens does it concern?"),
        help_text=_(
            "Until you have chosen, what the service and the kind of message suggest is marked. Mark none to name none."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def first(self, matter: Matter) -> Initial:
        card = matter.case.card.card.code if matter.case.card else ""
        return {"rights": matter.rights if matter.rights is not None else suggested(matter.case.kind, card)}

    def __init__(self, *args: object, matter: Matter, **options: object) -> None:
        super().__init__(*args, matter=matter, **options)
        cast(forms.MultipleChoiceField, self.fields["rights"]).choices = shown.right_choices()


RIGHTS_STEPS: dict[str, Step] = {
    "rights": Step(
        title=_("Name the rights concerned"),
        icon="law",
        button=_("Keep the choice"),
        done=_("The rights concerned were noted."),
        offered=lambda matter: matter.ours and matter.actor.may(Power.CASE_NOTE),
        run=lambda matter, data: name_rights(case=matter.case, chosen=data["rights"], by=matter.actor, now=matter.now),
        form=RightsForm,
        rare=True,
    ),
}
