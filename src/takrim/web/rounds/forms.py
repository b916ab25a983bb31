"""What is typed about rounds: one field for each row of a plan, reasons, the steps of a plan of improvement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.evaluation.amounts import NONE
from takrim.evaluation.amounts import typed as read_amount
from takrim.evaluation.models_values import Value
from takrim.evaluation.plan_form import Answer
from takrim.evaluation.round_measures import Row, check
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.staff.fields import FilesField, TextField


class AmountField(TextField):
    """An amount that the measure of its row can have; gives its exact text, "" for nothing."""

    def __init__(self, row: Row, **options: Any) -> None:
        self.row = row
        options.setdefault("max_length", 40)
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "text")
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: object) -> str:
        try:
            found = read_amount(str(super().clean(value) or ""))
            check(self.row, found, language())
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        return str(found) if found else ""


def amount_field(row: Row, *, label: Any, none: bool = False, required: bool = False) -> forms.Field:
    """The field in which a value of this row is given; `none` offers that nothing proves it."""
    if row.measure is not Answer.YES_NO:
        return AmountField(row, label=label, help_text=shown.MEASURES[row.measure], required=required)
    grades: list[tuple[str, Any]] = [("", _("Not said")), *shown.GRADES.items()]
    if none:
        grades.append((NONE, _("Nothing proves it")))
    return forms.ChoiceField(label=label, choices=grades, required=required)


class Fields(NamedTuple):
    """The bound fields of one row; those that a form does not have are None."""

    value: BoundField
    why: BoundField | None = None
    none: BoundField | None = None
    files: BoundField | None = None
    proofs: BoundField | None = None


class DeclareForm(forms.Form):
    """A value, a remark, files and named proofs for each row; a note for all."""

    def __init__(
        self,
        rows: Sequence[Row],
        proofs: Sequence[tuple[str, str]],
        initial: Mapping[str, Any],
        data: QueryDict | None = None,
        files: Any = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial))
        for row in rows:
            self.fields[f"v_{row.code}"] = amount_field(row, label=_("Our value"))
            self.fields[f"w_{row.code}"] = TextField(label=_("Remark"), rows=2, max_length=2000, required=False)
            self.fields[f"f_{row.code}"] = FilesField(label=_("Files that prove it"), required=False)
            if proofs:
                self.fields[f"p_{row.code}"] = forms.MultipleChoiceField(
                    label=_("Accepted proofs of your office"),
                    choices=proofs,
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )
            # Read aloud with the row it belongs to.
            for name in (f"v_{row.code}", f"w_{row.code}", f"f_{row.code}"):
                self.fields[name].widget.attrs["aria-describedby"] = f"row_{row.code}"
        self.fields["note"] = TextField(label=_("Note to the assessor"), rows=3, max_length=4000, required=False)

    def of(self, code: str) -> Fields:
        proofs = self[f"p_{code}"] if f"p_{code}" in self.fields else None
        return Fields(self[f"v_{code}"], self[f"w_{code}"], None, self[f"f_{code}"], proofs)


class AssessForm(forms.Form):
    """A value and a reason for each row; that nothing proves what was declared is a value as well."""

    def __init__(self, rows: Sequence[Row], initial: Mapping[str, Any], data: QueryDict | None = None) -> None:
        super().__init__(data, initial=dict(initial))
        for row in rows:
            self.fields[f"v_{row.code}"] = amount_field(row, label=_("You find"), none=True)
            self.fields[f"w_{row.code}"] = TextField(
                label=_("Reason, where it differs"), rows=2, max_length=2000, required=False
            )
            if row.measure is not Answer.YES_NO:
                self.fields[f"x_{row.code}"] = forms.BooleanField(label=_("Nothing proves it"), required=False)

    def of(self, code: str) -> Fields:
        none = self[f"x_{code}"] if f"x_{code}" in self.fields else None
        return Fields(self[f"v_{code}"], self[f"w_{code}"], none)

    def text_of(self, code: str) -> str:
        """The exact text that was chosen or typed."""
        if self.cleaned_data.get(f"x_{code}"):
            return NONE
        found: str = self.cleaned_data.get(f"v_{code}", "")
        return found


class SettleForm(forms.Form):
    """What counts where two assessors differ, and why."""

    def __init__(self, row: Row, value: Value, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=f"s{value.pk}")
        first, second = value.seen
        self.texts = {"first": first, "second": second, "none": "" if NONE in value.seen else NONE}
        words = {
            "first": _("What the first assessor found: {value}").format(value=shown.told(first, row.measure)),
            "second": _("What the second assessor found: {value}").format(value=shown.told(second, row.measure)),
            "other": _("Something else"),
            "none": _("Nothing proves it"),
        }
        found = [(which, word) for which, word in words.items() if self.texts.get(which, "—")]
        self.fields["which"] = forms.ChoiceField(label=_("What counts"), choices=found, widget=forms.RadioSelect)
        self.fields["other"] = amount_field(row, label=_("Something else"))
        self.fields["why"] = TextField(label=_("Why"), rows=2, max_length=2000)

    def clean(self) -> None:
        which, other = self.cleaned_data.get("which"), self.cleaned_data.get("other")
        if which == "other" and not other and "other" not in self.errors:
            self.add_error("other", _("Say what counts instead."))
        if which in self.texts and other:
            self.add_error("other", _("Choose “Something else” above, or leave this empty."))

    @property
    def text(self) -> str:
        """The exact text that was chosen or typed."""
        which: str = self.cleaned_data["which"]
        return self.texts[which] if which in self.texts else str(self.cleaned_data["other"])


class ObjectForm(forms.Form):
    """Which value, what it should be, why, and the files that prove it."""

    def __init__(self, rows: Sequence[Row], initial: Mapping[str, Any], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial=dict(initial))
        self.rows = {row.code: row for row in rows}
        self.fields["indicator"] = forms.ChoiceField(
            label=_("Which value is wrong?"), choices=[(row.code, row.title(language())) for row in rows]
        )
        self.fields["asked"] = TextField(
            label=_("What should it be?"),
            max_length=40,
            help_text=_("A number such as 71.5, a part of a whole such as 17/23, or 85%; yes is 1, partly 0.5, no 0."),
        )
        self.fields["text"] = TextField(label=_("What is wrong, and what proves it?"), rows=5, max_length=4000)
        self.fields["files"] = FilesField(label=_("Files that prove it"), required=False)


class DecideForm(forms.Form):
    """What the committee says of an objection."""

    def __init__(self, row: Row, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["outcome"] = forms.ChoiceField(
            label=_("What the committee decides"),
            choices=[
                ("uphold", _("Upheld: it becomes what was asked")),
                ("partly", _("Upheld in part: it becomes another value")),
                ("refuse", _("Refused: it stays")),
            ],
            widget=forms.RadioSelect,
        )
        self.fields["given"] = amount_field(row, label=_("The other value, where upheld in part"))
        self.fields["reason"] = TextField(label=_("Reason"), rows=4, max_length=4000)


class ImproveForm(forms.Form):
    """One step of a plan of improvement."""

    text = TextField(label=_("What will be done?"), rows=3, max_length=1000)
    until = JalaliDateField(label=_("By which day?"))

    def __init__(self, rows: Sequence[Row], initial: Mapping[str, Any], data: QueryDict | None = None) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["indicator"] = forms.ChoiceField(
            label=_("For which indicator?"), choices=[(row.code, row.title(language())) for row in rows]
        )
        self.order_fields(["indicator", "text", "until"])


class ReasonForm(forms.Form):
    """A reason that a step of a round needs."""

    text = TextField(label=_("Reason"), rows=3, max_length=4000)


class DoneForm(forms.Form):
    """What was done of a step of improvement, and the files that prove it. `number` tells the forms of a page apart."""

    text = TextField(label=_("What was done"), rows=3, max_length=4000)

    def __init__(self, number: int, data: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id=f"done_{number}_%s")
        self.fields["files"] = FilesField(label=_("Files that prove it"), required=False)


class LackForm(forms.Form):
    """Why what was done of a step is not enough."""

    # It stands beside a button that needs no words.
    use_required_attribute = False
    text = TextField(label=_("What is missing, where it is not enough"), rows=2, max_length=4000)

    def __init__(self, number: int, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id=f"lack_{number}_%s")
