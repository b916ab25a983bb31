"""The form of a service card: its fields in both languages, and its lists row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.length import Length, LengthUnit
from takrim.base.persian import ascii_digits
from takrim.cards.actions import CardText
from takrim.cards.path import Stage
from takrim.orgs.units import all_names
from takrim.web.parts.card_words import ACCESS, AUDIENCES, FIELDS
from takrim.web.parts.fields import Fault, faults
from takrim.web.parts.templatetags.takrim import digits
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField

UNITS: dict[str, str | Promise] = {
    LengthUnit.WORKING_DAYS: _("working days"),
    LengthUnit.CALENDAR_DAYS: _("calendar days"),
    LengthUnit.WORKING_HOURS: _("working hours"),
    LengthUnit.HOURS: _("hours"),
    LengthUnit.MONTHS: _("months of 30 days"),
}
BASES: dict[str, str | Promise] = {
    "card": _("The official card"),
    "law": _("The law"),
    "office": _("The office itself"),
}
STAGES: dict[str, str | Promise] = {
    "": _("By its place in the list"),
    Stage.RECEIVED: _("When it is received"),
    Stage.COMPLETION: _("While something is missing"),
    Stage.REVIEW: _("While it is examined"),
    Stage.INQUIRY: _("While others are asked"),
    Stage.DECISION: _("When it is decided and signed"),
    Stage.ANSWER: _("With the answer"),
    Stage.AFTER: _("After the answer"),
}
_LTR = {"dir": "ltr", "lang": "en"}
# Blank rows that wait at the end of each list; keeping the draft brings new ones.
SPARE = 2
MOST_ROWS = 60


def _english(rows: int = 0, **options: Any) -> TextField:
    field = TextField(rows=rows, **options)
    field.widget.attrs.update(_LTR)
    return field


def departments() -> dict[str, str]:
    """Departments under a directorate, by the last part of their path: every province has one of the same name."""
    lang = shown.lang()
    found = ((path.split("/"), unit) for path, unit in all_names().items() if unit.kind == "department")
    return {parts[2]: unit.short(lang) for parts, unit in found if len(parts) == 4}


class DigitsField(forms.CharField):
    """A number in the digits of either language, with or without separators; empty stays empty."""

    def to_python(self, value: object) -> str:
        text = ascii_digits(super().to_python(value) or "")
        return text.replace("٬", "").replace(",", "").strip()


_digits_only = RegexValidator(r"^[0-9]{1,12}$", _("Write a whole number."))
_national = RegexValidator(r"^[0-9]{11}$", _("The national service code has 11 digits."))


class CardForm(forms.Form):
    """The fields of the standard card; each text stands in both languages."""

    title_fa = TextField(label=_("Title, in Persian"), max_length=300)
    title_en = _english(label=_("Title, in English"), max_length=300)
    sub_service_fa = TextField(label=_("Sub-service, in Persian"), required=False)
    sub_service_en = _english(label=_("Sub-service, in English"), required=False)
    national_code = DigitsField(
        label=_("National service code"), required=False, validators=[_national], help_text=_("11 digits.")
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=[("", "—"), *AUDIENCES.items()], required=False)
    nature_fa = TextField(label=_("Nature, in Persian"), required=False)
    nature_en = _english(label=_("Nature, in English"), required=False)
    level_fa = TextField(label=_("Level, in Persian"), required=False)
    level_en = _english(label=_("Level, in English"), required=False)
    description_fa = TextField(rows=4, label=_("Description, in Persian"), max_length=5000)
    description_en = _english(rows=4, label=_("Description, in English"), max_length=5000)
    promise_amount = DigitsField(label=_("Promised time"), validators=[_digits_only], max_length=20)
    promise_unit = forms.ChoiceField(label=_("Counted in"), choices=list(UNITS.items()))
    promise_basis = forms.ChoiceField(label=_("Who set it"), choices=list(BASES.items()))
    fee_rials = DigitsField(
        label=_("Fee in rials"),
        required=False,
        validators=[_digits_only],
        help_text=_("0: free of charge. Empty: set each year."),
    )
    fee_note_fa = TextField(label=_("About the fee, in Persian"), required=False, max_length=500)
    fee_note_en = _english(label=_("About the fee, in English"), required=False, max_length=500)
    visits = DigitsField(label=_("Visits in person"), required=False, validators=[_digits_only])
    hours_fa = TextField(label=_("Hours, in Persian"), required=False, max_length=300)
    hours_en = _english(label=_("Hours, in English"), required=False, max_length=300)
    access = forms.MultipleChoiceField(
        label=_("Ways to get it"), choices=list(ACCESS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible = forms.ChoiceField(label=_("Department in charge"), required=False)
    system_name_fa = TextField(label=_("National system, in Persian"), required=False)
    system_name_en = _english(label=_("National system, in English"), required=False)
    system_url = forms.URLField(
        label=_("Its address"), required=False, assume_scheme="https", widget=forms.URLInput({"dir": "ltr"})
    )
    complaint_route_fa = TextField(rows=3, label=_("If it goes wrong, in Persian"), required=False, max_length=5000)
    complaint_route_en = _english(rows=3, label=_("If it goes wrong, in English"), required=False, max_length=5000)
    keywords = TextField(
        rows=3,
        label=_("Words people search by"),
        required=False,
        max_length=5000,
        help_text=_("One a line, in either language."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        slug = self.initial.get("responsible") or ""
        field = cast(forms.ChoiceField, self.fields["responsible"])
        field.choices = [("", "—"), *{**({slug: slug} if slug else {}), **departments()}.items()]

    def clean_promise_amount(self) -> str:
        amount = str(self.cleaned_data["promise_amount"])
        if not 1 <= int(amount) <= 999:
            raise ValidationError(_("Write a number from 1 to 999."))
        return amount

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in PAIRS:
            one, other = data.get(f"{name}_fa"), data.get(f"{name}_en")
            if bool(one) != bool(other) and f"{name}_fa" in data and f"{name}_en" in data:
                self.add_error(f"{name}_en" if one else f"{name}_fa", NEEDS_BOTH)
        if bool(data.get("system_url")) != bool(data.get("system_name_fa")) and "system_url" in data:
            self.add_error("system_url", _("A national system has a name and an address: write both or neither."))
        return data


PAIRS = ("sub_service", "nature", "level", "description", "fee_note", "hours", "system_name", "complaint_route")
NEEDS_BOTH = _("This text stands in the other language only: write it here too, or leave both empty.")


class EntryForm(forms.Form):
    """One entry of a list, with all its texts; an empty one is left out."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        texts = [name for name, field in self.fields.items() if isinstance(field, TextField)]
        written = [name for name in texts if data.get(name)]
        if written and len(written) < len(texts):
            for name in texts:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Write this too, or empty the whole row."))
        return data


class RowForm(EntryForm):
    """A text in both languages."""

    fa = TextField(label=_("Persian"), required=False, max_length=1000)
    en = _english(label=_("English"), required=False, max_length=1000)


class StepForm(RowForm):
    """A step, and how far a matter is when it is taken."""

    at = forms.ChoiceField(label=_("A matter is there"), choices=list(STAGES.items()), required=False)


class QuestionForm(EntryForm):
    """A question that people ask, and its answer."""

    q_fa = TextField(label=_("Question, in Persian"), required=False, max_length=500)
    q_en = _english(label=_("Question, in English"), required=False, max_length=500)
    a_fa = TextField(rows=2, label=_("Answer, in Persian"), required=False, max_length=3000)
    a_en = _english(rows=2, label=_("Answer, in English"), required=False, max_length=3000)


StepSet = formset_factory(StepForm, extra=SPARE, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
PaperSet = formset_factory(RowForm, extra=SPARE, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
QuestionSet = formset_factory(QuestionForm, extra=SPARE, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
# The lists of a card, by field.
LISTS: dict[str, type[BaseFormSet[Any]]] = {
    "steps": StepSet,
    "documents": PaperSet,
    "laws": PaperSet,
    "faq": QuestionSet,
}


class CardForms:
    """The form and its lists, together; `only` leaves all but one list out, which then stays as it was."""

    def __init__(self, says: CardText | None, national_code: str, *, data: QueryDict | None = None, only: str = ""):
        self.old, self.only = says, only
        begun = _initial(says, national_code)
        self.form = None if only else CardForm(data, initial=begun)
        self.lists = {
            name: kind(data, prefix=name, initial=_rows(name, says))
            for name, kind in LISTS.items()
            if not only or name == only
        }

        for name, rows in self.lists.items():
            cast(Any, rows).title = FIELDS[name]

    @property
    def title(self) -> str:
        """The card's title in the language of the page."""
        if self.old is None:
            return ""
        return self.old.title_en if shown.lang() == "en" else self.old.title_fa

    @property
    def faults(self) -> list[Fault]:
        """Everything that is wrong, in the order of the page."""
        rows = [row for rows in self.lists.values() for row in rows]
        return [fault for form in ([self.form] if self.form else []) + rows for fault in faults(form)]

    @property
    def national_code(self) -> str:
        return str(self.form.cleaned_data["national_code"]) if self.form else ""

    def is_valid(self) -> bool:
        # All are asked, so that all faults are shown at once.
        return all([*(one.is_valid() for one in self.lists.values()), self.form is None or self.form.is_valid()])

    def says(self) -> CardText:
        """What was typed, as the card's text; fields that the form does not show stay as they were."""
        content = dict(self.old.content) if self.old else {}
        for name, rows in self.lists.items():
            content[name] = [_entry(name, row.cleaned_data) for row in rows if _written(row.cleaned_data)]
        if self.form is None:
            assert self.old is not None  # one list alone is changed only in a card that is there
            return CardText(
                title_fa=self.old.title_fa, title_en=self.old.title_en, promise=self.old.promise, content=content
            )
        data = self.form.cleaned_data
        ways = content.get("access", [])
        content |= _typed(data)
        if set(ways) == set(content["access"]):
            # The boxes stand in an order of their own.
            content["access"] = ways
        empty = [name for name, value in content.items() if value in ("", None, [])]
        return CardText(
            title_fa=data["title_fa"],
            title_en=data["title_en"],
            promise=str(Length(int(data["promise_amount"]), LengthUnit(data["promise_unit"]))),
            content={name: value for name, value in content.items() if name not in empty},
        )


def _both(data: Mapping[str, Any], name: str) -> dict[str, str] | None:
    return {"fa": data[f"{name}_fa"], "en": data[f"{name}_en"]} if data[f"{name}_fa"] else None


def _typed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the form as the card has them."""
    texts = {name: _both(data, name) for name in PAIRS if name != "system_name"}
    numbers = {name: int(data[name]) if data[name] else None for name in ("fee_rials", "visits")}
    name = _both(data, "system_name")
    return {
        **texts,
        **numbers,
        "system": {"name": name, "url": data["system_url"]} if name else None,
        "keywords": [line.strip() for line in data["keywords"].splitlines() if line.strip()],
        **{name: data[name] for name in ("audience", "access", "responsible", "promise_basis")},
    }


def _initial(says: CardText | None, national_code: str) -> dict[str, Any]:
    """What the form begins with."""
    if says is None:
        return {"promise_unit": LengthUnit.WORKING_DAYS.value}
    content, length = says.content, Length.parse(says.promise)
    begun: dict[str, Any] = {
        "title_fa": says.title_fa,
        "title_en": says.title_en,
        "national_code": digits(national_code),
        "promise_amount": digits(str(length.amount)),
        "promise_unit": length.unit.value,
        "keywords": "\n".join(content.get("keywords", [])),
        "system_url": content.get("system", {}).get("url", ""),
        **{name: content.get(name, "") for name in ("audience", "responsible", "promise_basis")},
        **{name: digits(str(content.get(name, ""))) for name in ("fee_rials", "visits")},
        "access": content.get("access", []),
    }
    texts = {**content, "system_name": content.get("system", {}).get("name", {})}
    for name in PAIRS:
        begun |= {f"{name}_{lang}": texts.get(name, {}).get(lang, "") for lang in ("fa", "en")}
    return begun


def _rows(name: str, says: CardText | None) -> list[dict[str, Any]]:
    """What a list begins with."""
    rows = says.content.get(name, []) if says else []
    if name != "faq":
        return list(rows)
    return [{f"{part}_{lang}": row[part][lang] for part in ("q", "a") for lang in ("fa", "en")} for row in rows]


def _written(row: Mapping[str, Any]) -> bool:
    return any(value for name, value in row.items() if name != "at")


def _entry(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    if name == "faq":
        return {part: {lang: row[f"{part}_{lang}"] for lang in ("fa", "en")} for part in ("q", "a")}
    return {part: value for part, value in row.items() if value}
