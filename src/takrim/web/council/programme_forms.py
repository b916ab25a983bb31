"""Forms of the pages of programmes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from takrim.base.clock import TEHRAN, local
from takrim.base.jalali import month_name
from takrim.base.persian import ascii_digits
from takrim.orgs.models import Post
from takrim.programmes.actions import OwnDays, Plan
from takrim.programmes.models import Planned
from takrim.programmes.words import KINDS
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.templatetags.takrim import digits
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField


class ClockField(forms.CharField):
    """A time of day, typed in any digits: 9, 9:30, ۱۷:۰۰."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 8)
        options["widget"] = forms.TextInput({"class": "ltr w-short", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**options)

    def clean(self, value: object) -> time | None:
        text = ascii_digits(str(super().clean(value) or "")).strip().replace(".", ":")
        if not text:
            return None
        for pattern in ("%H:%M", "%H"):
            try:
                return datetime.strptime(text, pattern).replace(tzinfo=TEHRAN).time()
            except ValueError:
                continue
        raise ValidationError(_t("Write the time as hour and minute, for example 9:30."))


class PlanForm(forms.Form):
    """One action: what, for whom, when, where, who, and whether people may come."""

    title = TextField(label=_("What is planned"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind of action"), choices=list(KINDS.items()))
    text = TextField(label=_("More about it"), rows=3, max_length=3000, required=False)
    audience = TextField(label=_("For whom"), max_length=160, help_text=_("Such as workers of the estate."))
    people = forms.IntegerField(label=_("People expected"), min_value=0, max_value=10_000_000, required=False)
    online = forms.IntegerField(label=_("Expected online"), min_value=0, max_value=100_000_000, required=False)
    day = JalaliDateField(label=_("Day"))
    begins = ClockField(label=_("Begins at"), help_text=_("Hour and minute, such as 9:30."))
    until_day = JalaliDateField(label=_("Last day"), required=False, help_text=_("Only if it lasts several days."))
    ends = ClockField(label=_("Ends at"))
    place = TextField(
        label=pgettext_lazy("where", "Place"),
        max_length=200,
        required=False,
        help_text=_("Empty if it is online only."),
    )
    post = forms.ChoiceField(label=_("Who answers for it"), required=False)
    is_open = forms.BooleanField(
        label=_("People may come: show it in the public calendar"),
        required=False,
        help_text=_("No names are shown there."),
    )

    def __init__(self, *args: Any, posts: Iterable[Post], **options: Any) -> None:
        super().__init__(*args, **options)
        self.posts = {str(post.pk): post for post in posts}
        choice = cast(forms.ChoiceField, self.fields["post"])
        choice.choices = [("", _("Nobody yet")), *((code, post.title) for code, post in self.posts.items())]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, begins, ends = given.get("day"), given.get("begins"), given.get("ends")
        if day and begins and ends:
            given["starts_at"] = _moment(day, begins)
            given["ends_at"] = _moment(given.get("until_day") or day, ends)
        return given

    @property
    def plan(self) -> Plan:
        given = self.cleaned_data
        plain = {name: given[name] for name in ("kind", "title", "audience", "text", "place", "is_open")}
        return Plan(
            **plain,
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            people=given["people"] or 0,
            online=given["online"] or 0,
            post=self.posts.get(given["post"]),
        )


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, TEHRAN).astimezone(UTC)


def as_typed(row: Planned) -> dict[str, Any]:
    """What the form of an action begins with when it is changed."""
    starts, ends = local(row.starts_at), local(row.ends_at)
    fields = ("title", "kind", "text", "audience", "people", "online", "place", "is_open")
    return {
        **{name: getattr(row, name) for name in fields},
        "day": starts.date(),
        "begins": digits(f"{starts:%H:%M}"),
        "until_day": ends.date() if ends.date() != starts.date() else None,
        "ends": digits(f"{ends:%H:%M}"),
        "post": str(row.post_id or ""),
    }


class OffForm(forms.Form):
    """Why an action is called off."""

    why = TextField(label=_("Why it is called off"), rows=2, max_length=500)


def _months() -> list[tuple[int, str]]:
    return [(number, month_name(number, shown.lang())) for number in range(1, 13)]


def _days() -> list[tuple[int, str]]:
    return [(number, digits(number)) for number in range(1, 32)]


class OwnForm(forms.Form):
    """A programme of the province."""

    title_fa = TextField(label=_("Title in Persian"), max_length=120)
    title_en = TextField(label=_("Title in English"), max_length=120)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_(
            "Small Latin letters, digits and hyphens. The code of a week that all have changes the days of it."
        ),
        widget=forms.TextInput({"class": "ltr w-medium", "autocomplete": "off"}),
    )
    from_day = forms.TypedChoiceField(label=_("First day"), coerce=int, choices=_days)
    from_month = forms.TypedChoiceField(label=_("Month of the first day"), coerce=int, choices=_months)
    until_day = forms.TypedChoiceField(label=_("Last day"), coerce=int, choices=_days)
    until_month = forms.TypedChoiceField(label=_("Month of the last day"), coerce=int, choices=_months)
    about = TextField(label=_("What it is about"), rows=2, max_length=500, required=False)

    @property
    def days(self) -> OwnDays:
        return OwnDays(**self.cleaned_data)
