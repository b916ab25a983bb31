"""The calendar of a round, typed again."""

from __future__ import annotations

from typing import Any

from django import forms

from takrim.evaluation.actions_rounds import DAYS
from takrim.evaluation.models_rounds import Round
from takrim.web.parts.dates import JalaliDateField
from takrim.web.rounds.define import LABELS


class DaysForm(forms.Form):
    """The six days of a round."""

    def __init__(self, round: Round, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(round, name) for name in DAYS}, auto_id="days_%s")
        for name in DAYS:
            self.fields[name] = JalaliDateField(label=LABELS[name])
