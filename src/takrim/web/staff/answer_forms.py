"""The form of an answer that is given on the spot."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.web.staff.case_forms import WordsForm
from takrim.web.staff.fields import TextField
from takrim.web.staff.matter import Matter
from takrim.web.staff.steps_delivery import PROOF, way_choices


class AtOnceForm(WordsForm):
    """The parts of an answer, how it is served, and why it is given although the check refuses it."""

    step = "at_once"

    how = forms.ChoiceField(label=_("How is it served?"), widget=forms.RadioSelect)
    proof = TextField(label=_("Proof"), help_text=PROOF, required=False, max_length=300)
    anyway = TextField(
        label=_("Why give it although the check refuses it"),
        help_text=_("Only needed when the check has refused this answer. It is kept with your name."),
        rows=2,
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        super().__init__(*args, matter=matter, **options)
        choices = way_choices(matter)
        cast(forms.ChoiceField, self.fields["how"]).choices = choices
        self.initial.setdefault("how", choices[0][0])
