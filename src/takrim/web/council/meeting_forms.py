"""The forms of a meeting: when and where, a guest, why it is called off, a reply."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import TEHRAN, local
from takrim.base.persian import ascii_digits
from takrim.base.words import digits
from takrim.councils.actions_meetings import When
from takrim.councils.models import Body
from takrim.councils.models_meetings import Meeting, Reply
from takrim.orgs.models import Person
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff.fields import TextField

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.٫]([0-5][0-9]))?")
_MINUTES = 120


class _ClockInput(forms.TextInput):
    def format_value(self, value: Any) -> str | None:
        text = f"{value:%H:%M}" if isinstance(value, time) else value
        return digits(text, get_language() or "fa") if text else None


class ClockField(forms.Field):
    """An hour of the day in any digits: 10, 10:30. Gives a `time`."""

    widget = _ClockInput

    def __init__(self, **options: Any) -> None:
        options["widget"] = _ClockInput({"class": "w-short ltr", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**options)

    def to_python(self, value: object) -> time | None:
        if isinstance(value, time) or not value:
            return value or None  # type: ignore[return-value]  # an empty text is no time
        found = _CLOCK.fullmatch(ascii_digits(str(value)).strip())
        if found is None:
            raise ValidationError(_("Write the hour as 10:30."), code="bad_hour")
        return time(int(found[1]), int(found[2] or 0))


class WhenForm(forms.Form):
    """When, how long, where, about what."""

    day = JalaliDateField(label=_("Day"))
    at = ClockField(label=_("Hour"))
    minutes = WholeNumber(label=_("Length in minutes"), least=5, most=720, initial=_MINUTES)
    place = TextField(label=_("Location"), max_length=200, required=False)
    online_url = forms.URLField(
        label=_("Address for joining remotely"),
        required=False,
        assume_scheme="https",
        max_length=500,
        widget=forms.URLInput({"class": "ltr", "autocomplete": "off"}),
    )
    title = TextField(
        label=_("Title"), max_length=150, required=False, help_text=_("Only where it is about something special.")
    )

    @property
    def when(self) -> When:
        data = self.cleaned_data
        starts = datetime.combine(data["day"], data["at"], TEHRAN).astimezone(UTC)
        named = {name: data[name] for name in ("place", "online_url", "title")}
        return When(starts_at=starts, ends_at=starts + timedelta(minutes=data["minutes"]), **named)


def first_of(body: Body) -> dict[str, Any]:
    """What the form of a new meeting shows first."""
    return {"place": body.place, "minutes": _MINUTES, "at": time(10)}


def when_of(meeting: Meeting) -> dict[str, Any]:
    """A meeting as its form shows it first."""
    starts = local(meeting.starts_at)
    length = (meeting.ends_at - meeting.starts_at) if meeting.ends_at else timedelta(minutes=_MINUTES)
    return {
        "day": starts.date(),
        "at": starts.time(),
        "minutes": int(length.total_seconds() // 60),
        "place": meeting.place,
        "online_url": meeting.online_url,
        "title": meeting.title,
    }


class WhyForm(forms.Form):
    """Why a meeting is called off."""

    why = TextField(label=_("Reason"), rows=3, max_length=500, help_text=_("Everybody who was invited reads it."))


class GuestForm(forms.Form):
    """Somebody without a seat."""

    name = TextField(label=_("Name"), max_length=120)
    title = TextField(label=_("Post or organisation"), max_length=120, required=False)


class ReplyForm(forms.Form):
    """Whether somebody comes, or who comes instead."""

    reply = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[
            (Reply.ACCEPTED.value, _("I come")),
            (Reply.SUBSTITUTE.value, _("Somebody comes instead of me")),
            (Reply.DECLINED.value, _("I cannot come")),
        ],
        widget=forms.RadioSelect,
    )
    # Names are whatever language's page they stand on.
    colleague = forms.ChoiceField(
        label=_("Who comes instead"), required=False, widget=forms.Select({"data-own": "true"})
    )
    substitute_name = TextField(label=_("Or the name of who comes instead"), max_length=120, required=False)
    substitute_title = TextField(label=_("Their post"), max_length=120, required=False)
    reason = TextField(label=_("Why you cannot come"), rows=2, max_length=500, required=False)

    def __init__(self, *args: Any, colleagues: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [(str(person.pk), person.name) for person in colleagues]
        if listed:
            cast(forms.ChoiceField, self.fields["colleague"]).choices = [("", "—"), *listed]
        else:
            del self.fields["colleague"]
            self.fields["substitute_name"].label = _("Who comes instead")
