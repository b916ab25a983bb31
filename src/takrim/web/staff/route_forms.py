"""What is typed when a case goes elsewhere: referred, transferred, asked of a body outside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.orgs.powers import ROLE_TITLES
from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff.case_forms import Initial, StepForm
from takrim.web.staff.fields import TextField, UnitField, UnitInput
from takrim.web.staff.matter import Matter
from takrim.web.staff.shown import Choices

# Roles that a referral may be addressed to, the first in rank first.
_ROLES = ("director_general", "deputy", "head", "expert")
REMAINS, PASSES = "remains", "passes"


def _days(**options: Any) -> WholeNumber:
    return WholeNumber(label=_("Time given, in working days"), least=1, most=60, **options)


def _role() -> forms.ChoiceField:
    choices = [("", _("The office as a whole")), *((role, ROLE_TITLES[role]) for role in _ROLES)]
    return forms.ChoiceField(label=_("To which post there?"), choices=choices, required=False)


class ElsewhereForm(StepForm):
    """A form that names offices, from one list: those from which the case is kept are not offered."""

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        super().__init__(*args, matter=matter, **options)
        first = ""
        for name, field in self.fields.items():
            if isinstance(field.widget, UnitInput):
                field.widget.leave_out, field.widget.shares = matter.kept_from_office, first
                first = first or name


class ReferForm(ElsewhereForm):
    to = UnitField(label=_("To which office?"), help_text=_("Write a part of its name and choose."), max_length=200)
    role = _role()
    to_second = UnitField(label=_("And to a second office"), required=False, max_length=200)
    to_third = UnitField(label=_("And to a third office"), required=False, max_length=200)
    task = TextField(
        label=_("What are they asked to do?"), help_text=_("Each writes its part; you make one answer of them."), rows=4
    )
    days = _days(initial=5)

    def first(self, matter: Matter) -> Initial:
        return {"days": 5}


class ReferOnForm(ElsewhereForm):
    to = UnitField(label=_("To which office?"), help_text=_("Write a part of its name and choose."), max_length=200)
    role = _role()
    task = TextField(label=_("What is it asked to do?"), rows=4)
    own = forms.ChoiceField(
        label=_("What your office owes"),
        choices=[
            (REMAINS, _("We still reply ourselves, with what that office writes")),
            (PASSES, _("That office replies in our place, by the same date")),
        ],
        widget=forms.RadioSelect,
    )
    days = _days(help_text=_("Counts only if you still reply yourselves."))

    def first(self, matter: Matter) -> Initial:
        return {"days": 2, "own": REMAINS}


class GiveBackForm(StepForm):
    reason = TextField(label=_("Why is it given back?"), rows=3, max_length=2000)


class TransferForm(ElsewhereForm):
    to = UnitField(
        label=_("To which office does the case belong?"),
        help_text=_("It owes the final answer from then on. The due date stays the same."),
        max_length=200,
    )
    reason = TextField(
        label=_("Why does it belong there?"),
        help_text=_("The other office accepts or returns the case within one working day."),
        rows=3,
        max_length=2000,
    )


class HandBackForm(StepForm):
    reason = TextField(label=_("Why does it not belong to your office?"), rows=3, max_length=2000)


class InquiryForm(StepForm):
    """Nothing of the case is shown outside but what is chosen here."""

    partner = forms.ChoiceField(label=_("Which body is asked?"))
    question = TextField(label=_("What is asked?"), rows=4, max_length=4000)
    excerpt = TextField(
        label=_("What it needs to know of the matter"),
        help_text=_("Only these words are shown. Leave out names and numbers of people."),
        rows=4,
        max_length=4000,
        required=False,
    )
    shown_files = forms.MultipleChoiceField(
        label=_("Files that are shown"), widget=forms.CheckboxSelectMultiple, required=False
    )
    person = forms.BooleanField(label=_("Also show the applicant's name and national code"), required=False)
    days = _days(help_text=_("Afterwards the link no longer opens."))

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        super().__init__(*args, matter=matter, **options)
        partners: Choices = [(str(partner.pk), partner.name) for partner in matter.desk.partners()]
        self._offer("partner", [("", _("Choose")), *partners])
        files: Choices = [(str(file.pk), file.name) for file in matter.files]
        if files:
            self._offer("shown_files", files)
        else:
            del self.fields["shown_files"]

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def first(self, matter: Matter) -> Initial:
        return {"days": 10}
