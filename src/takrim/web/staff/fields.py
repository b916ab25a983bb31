"""Fields that the forms of offices share: cleaned text, an office found by its name, people's numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from takrim.base.errors import Refusal
from takrim.base.persian import clean_text, fold
from takrim.orgs.hours import read_hours, said
from takrim.orgs.units import UnitNames
from takrim.web.parts.templatetags.takrim import listed
from takrim.web.staff import shown

LONGEST_TEXT = 20_000


class _ShownClean(forms.CharField):
    """A refused form shows again what was typed, without characters that turn the text around."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return clean_text(data) if isinstance(data, str) else data


class TextField(_ShownClean):
    """What was typed without control characters and direction overrides."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        options.setdefault("max_length", LONGEST_TEXT if rows else 200)
        if rows:
            options["widget"] = forms.Textarea({"rows": rows})
        super().__init__(**options)

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")


class ReadField(_ShownClean):
    """A number that is read by a function of base/, whose refusal is the field's error; empty stays empty."""

    def __init__(self, read: Callable[[str], str], **options: Any) -> None:
        self.read = read
        super().__init__(**options)

    def clean(self, value: object) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            return self.read(text)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class HoursField(forms.CharField):
    """Opening hours of a day, as they are typed; gives their one form, empty for a closed day."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        options.setdefault("required", False)
        options["widget"] = forms.TextInput({"class": "ltr", "inputmode": "text", "autocomplete": "off"})
        super().__init__(**options)

    def clean(self, value: object) -> str:
        try:
            return said(read_hours(str(super().clean(value) or "")))
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class UnitInput(forms.TextInput):
    """A text field with the names of all offices to choose from while typing; works without JavaScript."""

    # Asked for the path of an office: whether it is not offered here.
    leave_out: Callable[[str], bool] = staticmethod(lambda _path: False)
    # The name of the field whose list this one shares; "" where it brings its own.
    shares: str = ""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off"})

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        listed = f"{self.shares or name}_offices"
        drawn = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        if self.shares:
            return drawn
        lang = shown.lang()
        listed_units = shown.units_with_province()
        offered = ((unit.name(lang), province) for unit, province in listed_units if not self.leave_out(unit.path))
        options = format_html_join("", '<option value="{}">{}</option>', offered)
        return format_html('{}<datalist id="{}">{}</datalist>', drawn, listed, options)


class UnitField(_ShownClean):
    """An office by its full name, its short name, or a part of the name that only one office has."""

    widget = UnitInput

    def clean(self, value: object) -> UnitNames | None:
        text = str(super().clean(value) or "")
        if not text:
            return None
        found = find_units(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("There is no office of this name. Write a part of its name and choose from the list.")
            )
        names = listed(unit.short(shown.lang()) for unit in found[:6])
        raise ValidationError(_("Several offices have this name: {names}. Write more of it.").format(names=names))


def find_units(text: str) -> list[UnitNames]:
    """The offices that are meant: those called so exactly, or else all whose name has the words."""
    wanted = fold(text)
    offices = [unit for unit, _province in shown.units_with_province()]
    exact = [unit for unit in offices if wanted in {fold(unit.name_fa), fold(unit.name_en), unit.path}]
    if exact:
        return exact
    short = [unit for unit in offices if wanted in {fold(unit.short_fa), fold(unit.short_en)}]
    if len(short) == 1:
        return short
    words = wanted.split()
    return [unit for unit in offices if all(word in fold(f"{unit.name_fa} {unit.name_en}") for word in words)]


class Files(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"multiple": True})


class FilesField(forms.FileField):
    """Drawn like a file field; the page reads what came in through takrim.web.uploads."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> None:
        if self.required and not data:
            raise ValidationError(self.error_messages["required"], code="required")
