"""What is asked when an officer writes down a person's matter."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.base import clock, identity
from takrim.cards.models import CardVersion
from takrim.cards.queries import card_on
from takrim.channels.channel import CHANNELS, Intake, Sender
from takrim.web.conduct import BLAMING, AboutForm
from takrim.web.parts.dates import JalaliDateField
from takrim.web.staff import shown
from takrim.web.staff.fields import FilesField, ReadField, TextField, UnitField

# These may be brought without saying who one is.
NAMELESS_KINDS = frozenset({"report", "criticism", "suggestion", "thanks"})


_USUAL = ("desk", "phone", "paper")


def _number(**attrs: str) -> forms.TextInput:
    return forms.TextInput({"class": "ltr", "autocomplete": "off", "data-private": "", **attrs})


def offered_channels() -> shown.Choices:
    """The ways in at which an officer writes, the most usual first."""
    offered = [(code, channel.title) for code, channel in CHANNELS if channel.needs_clerk and channel.offered]
    return sorted(offered, key=lambda choice: _USUAL.index(choice[0]) if choice[0] in _USUAL else len(_USUAL))


class NewCaseForm(AboutForm):
    """One page, filled in from top to bottom while the person speaks."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("How did the matter come?"), widget=forms.RadioSelect)
    received_on = JalaliDateField(label=_("Day on which the letter arrived"), required=False)
    mobile = ReadField(identity.mobile, label=_("Mobile"), required=False, widget=_number(inputmode="tel"))
    national_code = ReadField(
        identity.national_code, label=_("National code"), required=False, widget=_number(inputmode="numeric")
    )
    name = TextField(
        label=_("First and last name"),
        required=False,
        max_length=120,
        help_text=_("Only reports, criticism, suggestions and thanks may come without it."),
    )
    email = ReadField(identity.email, label=_("E-mail"), required=False, widget=_number(inputmode="email"))
    answer_way = forms.ChoiceField(
        label=_("How does the person want the answer?"),
        choices=[("", _("They did not say")), *((way, shown.WAYS[way]) for way in shown.CHOSEN_WAYS)],
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind of message"))
    card = forms.ChoiceField(label=_("Service"), required=False)
    unit = UnitField(
        label=_("Which office owes the answer?"), help_text=_("Write a part of its name and choose."), max_length=200
    )
    subject = TextField(
        label=_("Subject"), required=False, max_length=120, help_text=_("Empty: the service, or the first line.")
    )
    text = TextField(label=_("The matter, in the person's words"), rows=6)
    # A form's own attribute of this name gives way to the field.
    files: Any = FilesField(label=_("Files"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("channel", offered_channels())
        self._offer("kind", shown.kind_choices())
        self._offer("card", [("", _("Not about one service")), *shown.card_choices()])

    def _offer(self, name: str, choices: shown.Choices) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("name") and data.get("kind") not in NAMELESS_KINDS and "name" not in self.errors:
            self.add_error("name", _("Write the name: an answer is owed to somebody."))
        if data.get("kind") in BLAMING and "against" in self.fields and "against" not in self.data:
            # The kind was changed without a script: the question has not been on the page yet.
            self.add_error("against", _("Ask the person whom the complaint is about, then register it."))
        return data

    def card_version(self, path: str) -> CardVersion | None:
        """What the chosen card says today at the office that is to answer."""
        code = self.cleaned_data["card"]
        return card_on(code, clock.local_date(clock.now()), path) if code else None

    def intake(self) -> Intake:
        """The cleaned fields as a matter that came in."""
        data = self.cleaned_data
        sender = Sender(
            name=data["name"], national_code=data["national_code"], mobile=data["mobile"], email=data["email"]
        )
        return Intake(
            channel=data["channel"],
            kind=data["kind"],
            key=f"desk:{data['key']}",
            text=data["text"],
            subject=data["subject"],
            sender=sender,
            lang=shown.lang(),
            answer_way=data["answer_way"],
        )
