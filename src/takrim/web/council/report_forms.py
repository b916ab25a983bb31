"""Forms of the pages of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.reports.actions import KINDS, LONGEST
from takrim.reports.form import FORMS
from takrim.web.desk import Desk
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField

# How many periods of each length are offered, the running one included.
_OFFERED = 3


def periods(now: datetime) -> list[tuple[str, str]]:
    """The last periods of each length, as a form offers them."""
    lang, choices = shown.lang(), []
    for kind in KINDS:
        period = Period.containing(local_date(now), kind)
        for _place in range(_OFFERED):
            choices.append((period.code, period.title(lang)))
            period = period.previous()
    return choices


class BeginForm(forms.Form):
    """The office and the period of a new report."""

    unit = forms.ChoiceField(label=_("Office"), help_text=_("The report is about it and all offices below it."))
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args: Any, desk: Desk, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = shown.lang()
        units = cast(forms.ChoiceField, self.fields["unit"])
        units.choices = [(unit.path, unit.name(lang)) for unit in desk.unit_names()]
        offered = cast(forms.ChoiceField, self.fields["period"])
        offered.choices = periods(now)


class ChapterForm(forms.Form):
    """What is said of one chapter."""

    text = TextField(
        label=_("Text of the chapter"),
        rows=12,
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Each line becomes a paragraph. Take sentences over with the buttons below, then word them yourself."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BackForm(forms.Form):
    """Why a report goes back to its writer."""

    why = TextField(label=_("What is to be changed"), rows=3, max_length=2000)


class FileForm(forms.Form):
    """In which form and language a report is wanted."""

    form = forms.ChoiceField(choices=[(code, str(form.title)) for code, form in FORMS if not form.quick])
    lang = forms.ChoiceField(choices=[("fa", "fa"), ("en", "en")])
