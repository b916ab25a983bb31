"""What a table of figures is asked for with, read from its address."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.base.persian import sort_key
from takrim.indicators.indicator import INDICATORS
from takrim.indicators.tables import By, Wanted
from takrim.indicators.values import is_on
from takrim.orgs.paths import is_under
from takrim.orgs.units import all_names
from takrim.web.figures.places import below

AXES: Final[dict[By, str | Promise]] = {
    By.OFFICES: _("Offices directly below"),
    By.COUNTIES: _("All county offices"),
    By.MONTHS: _("Months"),
    By.KINDS: _("Kinds of message"),
    By.CHANNELS: _("Ways of reaching us"),
    By.CARDS: _("Services"),
}
_USUAL: Final = ("received", "answered_on_time", "median_hours", "overdue")


class KeepForm(forms.Form):
    """Under which name a table is kept, and for whom."""

    name = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput({"class": "w-medium"}))
    shared = forms.BooleanField(label=_("for all who see this office"), required=False)


class TableForm(forms.Form):
    """Always bound to the address; what is missing there has its usual value."""

    of = forms.ChoiceField(label=_("About which office"))
    rows = forms.ChoiceField(label=_("Rows"), choices=[(by.value, title) for by, title in AXES.items()])
    columns = forms.ChoiceField(
        label=_("Columns"),
        choices=[(By.INDICATORS.value, _("Indicators")), *((by.value, title) for by, title in AXES.items())],
    )
    codes = forms.MultipleChoiceField(label=_("Indicators"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: QueryDict, *, scope: str, period: Period, lang: str) -> None:
        given = data.copy()
        for name, usual in (("of", scope), ("rows", By.OFFICES.value), ("columns", By.INDICATORS.value)):
            given.setdefault(name, usual)
        if "codes" not in given and "rows" not in data:
            given.setlist("codes", list(_USUAL))
        super().__init__(given)
        self.period = period
        names = all_names()
        offices = {scope: names[scope].short(lang), **{unit.path: unit.short(lang) for unit in below(scope, lang)}}
        # Another one below may stand in the address of a table that somebody shares.
        chosen = given["of"]
        if chosen in names and is_under(chosen, scope):
            offices.setdefault(chosen, names[chosen].short(lang))
        self._choose("of", list(offices.items()))
        listed = [(code, str(one.title)) for code, one in INDICATORS if is_on(code)]
        self._choose("codes", sorted(listed, key=lambda pair: sort_key(pair[1])))

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.wanted.check()
            except Refusal as refusal:
                self.add_error(None, str(refusal))
        return cleaned

    @property
    def wanted(self) -> Wanted:
        """The table, once the form is valid."""
        given = self.cleaned_data
        return Wanted(
            path=given["of"],
            period=self.period,
            rows=By(given["rows"]),
            columns=By(given["columns"]),
            codes=tuple(given["codes"]),
        )
