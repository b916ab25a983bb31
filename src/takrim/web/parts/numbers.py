"""A whole number in a form: shown in the digits of the page's language, typed in whichever the person likes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from takrim.base.words import digits


class _NumberText(forms.TextInput):
    """Browsers show a number input in the digits of their own language, not in those of the page."""

    def format_value(self, value: Any) -> str | None:
        text = super().format_value(value)
        return None if text is None else digits(text, get_language() or "fa")


class WholeNumber(forms.IntegerField):
    """From `least` to `most`, both included."""

    def __init__(self, *, least: int, most: int, **options: Any) -> None:
        widget = _NumberText({"class": "w-short", "inputmode": "numeric"})
        super().__init__(min_value=least, max_value=most, widget=widget, **options)
