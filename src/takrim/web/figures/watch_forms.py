"""What the pages of the watch ask: a period to look at, what to narrow the list to, a decision with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from takrim.base.period import Period, PeriodKind
from takrim.evaluation.models import State
from takrim.evaluation.watching import WATCHES
from takrim.web.parts.pills import PILLS
from takrim.web.parts.templatetags.takrim import language

# Half-years, seasons and months, the running one and those before it.
_OFFERED = ((PeriodKind.HALF, 3), (PeriodKind.SEASON, 3), (PeriodKind.MONTH, 3))


def offered(today: date) -> list[tuple[str, str]]:
    """Periods that may be looked at, by code and name."""
    found: list[tuple[str, str]] = []
    for kind, many in _OFFERED:
        period = Period.containing(today, kind)
        for _number in range(many):
            found.append((period.code, period.title(language())))
            period = period.previous()
    return found


class LookForm(forms.Form):
    """Which period is to be looked at."""

    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, today: date, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["period"].choices = offered(today)  # type: ignore[attr-defined]  # a ChoiceField


class NarrowForm(forms.Form):
    """Which findings are shown; a wrong value narrows nothing."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    watch = forms.ChoiceField(label=_("Finding"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: QueryDict, periods: list[tuple[str, str]]) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[str, Any]]] = {
            "period": [("", _("All periods")), *periods],
            "watch": [("", _("Everything")), *((code, watch.title) for code, watch in WATCHES)],
            "state": [("", _("All states")), *((state.value, PILLS[state].label) for state in State)],
        }
        for name, offer in choices.items():
            self.fields[name].choices = offer  # type: ignore[attr-defined]  # a ChoiceField

    def chosen(self) -> dict[str, str]:
        """What the list is narrowed to, by field of a finding."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DecisionForm(forms.Form):
    """Why a finding is explained or upheld."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What explains it, or why it stands. The office reads it."),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write what explains the finding, or why it stands: the office reads it.")},
    )
