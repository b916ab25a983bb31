"""The form that praises an officer: chosen by what they did, or named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.cases import hands
from takrim.cases.actions_praise import LONGEST_NAME, LONGEST_TEXT, Said
from takrim.cases.models import Answer

TITLES: dict[str, str | Promise] = {
    hands.WROTE: _("Whoever worked on my matter and wrote the answer"),
    hands.RECEIVED: _("Whoever received me and registered my matter"),
    hands.DELIVERED: _("Whoever told me the answer"),
    hands.SIGNED: _("Whoever signed the answer"),
    hands.REPLIED: _("Whoever helped from another office"),
}


def offered(answer: Answer) -> list[tuple[str, str]]:
    """Those who worked on it, each by what they did; names are not told."""
    codes = list(dict.fromkeys(hand.code for hand in hands.hands_of(answer)))
    return [(code, str(TITLES[code])) for code in codes]


class PraiseForm(forms.Form):
    """Who did well, and a few words to them."""

    hand = forms.ChoiceField(label=_("Who did especially well?"), required=False, widget=forms.RadioSelect)
    named = forms.CharField(
        label=_("Or write their name, if you know it"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off", "class": "w-medium"}),
    )
    text = forms.CharField(
        label=_("A few words to them"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="praise")
        cast(forms.ChoiceField, self.fields["hand"]).choices = offered(answer)

    @property
    def said(self) -> Said:
        return Said(**self.cleaned_data)
