"""The form of a body's terms."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.councils.actions_bodies import Terms
from takrim.councils.models import Body
from takrim.web.council.words import PERIODS, QUORUMS, TIES, kind_choices
from takrim.web.desk import Desk
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField

_NAMES = tuple(Terms.__dataclass_fields__)


class TermsForm(forms.Form):
    """What a body is called, what it rests on, and its rules."""

    kind = forms.ChoiceField(label=_("Kind"))
    name_fa = TextField(label=_("Name"), max_length=200)
    name_en = TextField(label=_("Name in English"), max_length=200, required=False)
    legal_basis = TextField(
        label=_("Legal basis"),
        rows=2,
        max_length=2000,
        required=False,
        help_text=_("The decree, directive or order by which it was set up, with number and date."),
    )
    purpose = TextField(label=_("What it is for"), rows=3, max_length=4000, required=False)
    place = TextField(
        label=_("Usual place of its meetings"),
        max_length=200,
        required=False,
        help_text=_("Each meeting may change it."),
    )
    rhythm_period = forms.ChoiceField(label=_("How often it must meet"), choices=list(PERIODS.items()), required=False)
    rhythm_times = WholeNumber(label=_("Meetings in each period"), least=1, most=31, required=False, initial=1)
    rhythm_by_day = WholeNumber(
        label=_("By which day of the period"),
        least=1,
        most=366,
        required=False,
        help_text=_("Such as 15: by the fifteenth day of each season. Empty: by its last day."),
    )
    quorum = forms.ChoiceField(label=_("Quorum"), choices=list(QUORUMS.items()))
    quorum_number = WholeNumber(
        label=_("How many must be there"),
        least=1,
        most=500,
        required=False,
        help_text=_("Only where the quorum is a number."),
    )
    quorum_chair = forms.BooleanField(
        label=_("Without the chair, or who comes instead, there is no quorum"), required=False
    )
    votes = forms.BooleanField(label=_("Decides by vote; otherwise by agreement"), required=False)
    tie = forms.ChoiceField(label=_("When votes are equal"), choices=list(TIES.items()))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["kind"]).choices = kind_choices()

    @property
    def terms(self) -> Terms:
        data = {name: self.cleaned_data[name] for name in _NAMES}
        return Terms(**{**data, "rhythm_times": data["rhythm_times"] or 1})


class NewBodyForm(TermsForm):
    """A body that is set up: also of which office, since when, and below which other."""

    unit = forms.ChoiceField(label=_("Office"), help_text=_("The office that answers for the body."))
    since = JalaliDateField(label=_("Since"))
    parent = forms.ChoiceField(
        label=_("Works for"), required=False, help_text=_("The body that a working group prepares for.")
    )

    field_order = ["unit", "kind", "name_fa", "name_en", "since", "parent"]

    def __init__(self, *args: Any, desk: Desk, bodies: list[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        lang = shown.lang()
        units = [(unit.path, unit.name(lang)) for unit in desk.unit_names()]
        cast(forms.ChoiceField, self.fields["unit"]).choices = units
        parents = [("", "—"), *((body.code, body.name) for body in bodies)]
        cast(forms.ChoiceField, self.fields["parent"]).choices = parents


def terms_of(body: Body) -> dict[str, Any]:
    """The terms as a form shows them first."""
    return {name: getattr(body, name) for name in _NAMES}
