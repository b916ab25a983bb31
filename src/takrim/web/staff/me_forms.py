"""Naming a substitute."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.orgs.models import Holding
from takrim.web.desk import Desk
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.templatetags.takrim import listed


class SubstituteForm(forms.Form):
    """For which post, who, from when until when."""

    post = forms.TypedChoiceField(label=_("For which post?"), coerce=int)
    # Names are not words of the page, whatever its language.
    person = forms.TypedChoiceField(
        label=_("Who substitutes?"), coerce=int, widget=forms.Select(attrs={"data-own": ""})
    )
    since = JalaliDateField(label=_("From"))
    until = JalaliDateField(label=_("Until, that day included"))

    def __init__(self, *args: Any, desk: Desk, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        own = [seat for seat in desk.seats if seat.substitute_for_id is None]
        self._offer("post", [(seat.pk, _title(seat)) for seat in own])
        self._offer("person", [("", _("Choose")), *people])

    def _offer(self, name: str, choices: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class AbsenceForm(forms.Form):
    """From when until when the person is away."""

    away_since = JalaliDateField(label=_("From"))
    away_until = JalaliDateField(label=_("Until, that day included"))


def _title(seat: Holding) -> str:
    return listed([seat.post.title, seat.post.unit.short])
