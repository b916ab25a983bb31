"""What is typed about a decision: reports, reasons, dates, offices, links, and a new decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.codes import BadCode, read_code
from takrim.base.persian import ascii_digits
from takrim.councils.models import Body
from takrim.decisions.links import Thing
from takrim.decisions.models import Relation
from takrim.orgs.models import Unit
from takrim.orgs.presence import Seat
from takrim.web.council import decisions_shown
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff import shown
from takrim.web.staff.fields import FilesField, ReadField, TextField, UnitField

MOST_DAYS = 365


class StepForm(forms.Form):
    """A form of one step; `seats` are those at work in the office whose part it is."""

    def __init__(self, *args: Any, seats: list[Seat] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)


class ReportForm(StepForm):
    text = TextField(
        label=_("What was done?"),
        help_text=_("What, when, where and with which result. The secretary of the body confirms it."),
        rows=5,
    )
    papers = FilesField(
        label=_("Files that prove it"),
        help_text=_("Letters, photographs, minutes, tables. Several at once."),
        required=False,
    )


class WhyForm(StepForm):
    why = TextField(
        label=_("Reason"),
        help_text=_("Whoever carries it out and the next meeting read it."),
        rows=3,
        error_messages={"required": _("Say why: whoever carries it out and the next meeting read it.")},
    )


class GoOnForm(StepForm):
    due = JalaliDateField(label=_("New last day"))


class PostponeForm(WhyForm):
    due = JalaliDateField(label=_("New last day"))
    field_order = ("due", "why")


class AssignForm(StepForm):
    """Which colleague of the office does it."""

    post = forms.TypedChoiceField(label=_("Who does it?"), coerce=int)

    def __init__(self, *args: Any, seats: list[Seat] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(seat.post.pk, shown.seat_title(seat)) for seat in seats or ()]
        cast(forms.ChoiceField, self.fields["post"]).choices = [("", _("Choose")), *choices]


class _Timed(forms.Form):
    """A last day, or a number of working days; with neither the usual thirty days are given."""

    due = JalaliDateField(label=_("Last day"), required=False)
    days = WholeNumber(
        label=_("Or so many working days"),
        help_text=_("Counted by the calendar of each office. With neither, thirty days are given."),
        least=1,
        most=MOST_DAYS,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("due") and data.get("days"):
            self.add_error("days", _("Give either a last day or a number of days."))
        return data


class PartForm(_Timed):
    """`outside` are the organisations from outside that sit in the body: one of them may be asked instead."""

    unit = UnitField(
        label=_("Which office?"), help_text=_("Write a part of its name and choose."), max_length=200, required=False
    )
    outside = forms.ChoiceField(
        label=_("Or which organisation from outside?"),
        help_text=_("Those that sit in the body. Whoever comes for it is written to, and reports here."),
        required=False,
    )
    task = TextField(label=_("What is its part?"), rows=3)
    field_order = ("unit", "outside", "task", "due", "days")

    def __init__(self, *args: Any, outside: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["outside"]).choices = [("", _("None")), *outside.items()]
        if not outside:
            del self.fields["outside"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("unit") and data.get("outside"):
            self.add_error("outside", _("Choose either an office or an organisation from outside."))
        elif not data.get("unit") and not data.get("outside") and not {"unit", "outside"} & set(self.errors):
            self.add_error("unit", _("Choose who does this part."))
        return data


class CaseForm(forms.Form):
    unit = UnitField(label=_("Which office?"), help_text=_("Write a part of its name and choose."), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of message"))
    subject = TextField(label=_("Subject"), max_length=120)
    text = TextField(label=_("What is it about?"), rows=4)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["kind"]).choices = shown.kind_choices()


# What is typed → the kind of thing and how the decision stands to it.
WHAT: dict[str, tuple[Thing, Relation, str | Promise]] = {
    "repeats": (Thing.DECISION, Relation.REPEATS, _("Earlier decision: it repeats that one")),
    "continues": (Thing.DECISION, Relation.CONTINUES, _("Earlier decision: it continues that one")),
    "replaces": (Thing.DECISION, Relation.REPLACES, _("Earlier decision: it takes the place of that one")),
    "case": (Thing.CASE, Relation.ABOUT, _("Case, by its number")),
    "directive": (Thing.DIRECTIVE, Relation.ABOUT, _("Directive, by its number")),
    "workplace": (Thing.WORKPLACE, Relation.ABOUT, _("Workplace, by its code")),
}
_CODED = (Thing.CASE, Thing.DECISION)


class LinkForm(forms.Form):
    what = forms.ChoiceField(label=_("To what?"), choices=[(name, row[2]) for name, row in WHAT.items()])
    code = TextField(
        label=_("Number or code"),
        help_text=_("Of a decision the eleven digits that stand on its page."),
        max_length=60,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        thing = WHAT[data["what"]][0] if data.get("what") in WHAT else None
        if thing in _CODED and data.get("code"):
            try:
                data["code"] = read_code(data["code"])
            except BadCode as refusal:
                self.add_error("code", ValidationError(str(refusal)))
        elif data.get("code"):
            data["code"] = ascii_digits(data["code"]).strip()
        return data


class RightsForm(forms.Form):
    rights = forms.MultipleChoiceField(
        label=_("Which rights of citizens does it concern?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.MultipleChoiceField, self.fields["rights"]).choices = shown.right_choices()


class NewForm(_Timed):
    """A decision that stands in no minutes kept here. Which body it is of has been chosen before."""

    text = TextField(label=_("What was decided?"), rows=5)
    decided_on = JalaliDateField(label=_("Decided on"))
    units = forms.MultipleChoiceField(
        label=_("Which offices carry it out?"),
        help_text=_("Each owes it; the decision is fulfilled when all have done it."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one office that carries it out.")},
    )
    proof = TextField(
        label=_("How will it be proven?"),
        help_text=_("For example: a photograph of the notice, the letter that was sent, a table of figures."),
        rows=2,
        max_length=1000,
        required=False,
    )
    rights = forms.MultipleChoiceField(
        label=_("Which rights of citizens does it concern?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    relation = forms.ChoiceField(label=_("Earlier decision"), required=False)
    earlier = ReadField(
        read_code,
        label=_("Number of the earlier decision"),
        help_text=_("The eleven digits that stand on its page."),
        required=False,
        max_length=40,
    )
    field_order = (
        "text",
        "units",
        "decided_on",
        "due",
        "days",
        "proof",
        "rights",
        "relation",
        "earlier",
    )

    def __init__(
        self, *args: Any, offices: list[Unit], outside: Mapping[str, str], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self._choose("units", [*((unit.path, unit.short) for unit in offices), *outside.items()])
        self._choose("rights", shown.right_choices())
        relations = (Relation.REPEATS, Relation.CONTINUES, Relation.REPLACES)
        self._choose("relation", [("", _("None")), *((one, decisions_shown.RELATIONS[one]) for one in relations)])

    def _choose(self, name: str, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet. Give the day on which it was decided."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if bool(data.get("relation")) != bool(data.get("earlier")) and "earlier" not in self.errors:
            self.add_error("earlier", _("Say both: which earlier decision, and how this one stands to it."))
        return data


class BodyForm(forms.Form):
    """Whose decision it is, where one keeps several bodies."""

    body = forms.ChoiceField(label=_("Body"))

    def __init__(self, *args: Any, bodies: list[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["body"]).choices = [(body.code, body.name) for body in bodies]
