"""A form field for a Jalali date: typed in any digits, picked if the picker is there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base import jalali
from takrim.base.persian import clean_text


class JalaliInput(forms.TextInput):
    """A text field; the button that js/dates.js adds is an extra, and needs `{% date_scripts %}` on the page."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        ours = {
            "data-jdp": "",
            "data-pick": _("Choose from the calendar"),
            "autocomplete": "off",
            "inputmode": "numeric",
        }
        super().__init__({**ours, **(attrs or {})})

    def format_value(self, value: object) -> str | None:
        if isinstance(value, date):
            return jalali.numeric(value, get_language() or "fa")
        return clean_text(str(value)) if value else None


class JalaliDateField(forms.Field):
    """Gives a Gregorian `date` or None; a date that does not exist is refused in the calendar's own words."""

    widget = JalaliInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Year/month/day, such as 1405/09/02."))
        super().__init__(**options)

    def to_python(self, value: object) -> date | None:
        if isinstance(value, date):
            return value
        if not value:
            return None
        try:
            return jalali.JalaliDate.parse(str(value)).to_date()
        except jalali.BadDate as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
