"""What is typed once for many cases: the chosen cases, and the parts of the deed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField, UnitField


class BulkForm(forms.Form):
    """`facts` is what the deed is given, as JSON can hold it."""

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReferManyForm(BulkForm):
    to = UnitField(label=_("To which office?"), help_text=_("Write a part of its name and choose."), max_length=200)
    task = TextField(label=_("What is it asked to do?"), rows=4)
    days = WholeNumber(label=_("Time given, in working days"), least=1, most=60, initial=5)

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "to": self.cleaned_data["to"].id}


class AnswerManyForm(BulkForm):
    outcome = forms.ChoiceField(label=_("Result"), choices=[("", _("Choose")), *shown.OUTCOMES.items()])
    text = TextField(
        label=_("Answer to each of them"),
        help_text=_("Each person gets a letter of their own, about their own case."),
        rows=8,
    )
    reason = TextField(label=_("Reason"), help_text=_("Why the result is this, in plain words."), rows=3)
    legal_ground = TextField(label=_("Legal ground"), required=False, max_length=500)
    next_step = TextField(label=_("What the applicant can do next"), required=False, max_length=1000)


FORMS: dict[str, type[BulkForm]] = {"answer": AnswerManyForm, "refer": ReferManyForm, "close": BulkForm}
