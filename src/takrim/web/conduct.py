"""A complaint about an official or about the office itself: chosen while filing, and then kept from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.base import clock
from takrim.base.persian import clean_text
from takrim.cases.conflict import Subject
from takrim.orgs.models import Unit
from takrim.web.desk_conduct import names_somebody, posts_of, subject_at

# Thanks, praise and questions name whom they like.
BLAMING = frozenset({"complaint", "criticism", "objection", "report"})
OFFICE = "office"
# The service card of complaints about officials.
CARD = "office-conduct"
NAME_LENGTH = 100


class AboutForm(forms.Form):
    """A form that asks whom it is about, where there is somebody to choose."""

    against = forms.ChoiceField(
        label=gettext_lazy("Is it about the conduct of an official, or of the office?"),
        help_text=gettext_lazy("Then it is kept from them and everybody below them; the level above answers."),
        required=False,
    )
    official = forms.CharField(
        label=gettext_lazy("Name of the official, if you know it"),
        help_text=gettext_lazy("Only those who examine the complaint read it."),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "w-medium"}),
    )

    def __init__(self, *args: Any, against: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if against:
            cast(forms.ChoiceField, self.fields["against"]).choices = list(against)
        else:
            del self.fields["against"], self.fields["official"]

    def clean_official(self) -> str:
        return clean_text(self.cleaned_data["official"])


def choices(kind: str, unit: Unit | None) -> list[tuple[str, str]]:
    """Whom it may be about, to choose from; nothing where nobody is blamed."""
    if kind not in BLAMING or unit is None:
        return []
    asked = [("", _("No, it is about the service itself")), (OFFICE, _("Yes, about this office: {office}"))]
    whole = [(code, title.format(office=unit.name)) for code, title in asked]
    posts = {post.title: str(post.pk) for post in reversed(posts_of(unit.path))}
    return [*whole, *((number, _("Yes, about: {post}").format(post=title)) for title, number in posts.items())]


def check(form: forms.Form, unit: Unit | None) -> None:
    """Blame by name is told only to those above: a text that names an officer has to say whom it is about."""
    if unit is None or not form.is_bound or "against" not in form.fields or "against" in form.errors:
        return
    if form.cleaned_data.get("against"):
        return
    if form.cleaned_data.get("official"):
        says = _("You have written a name. Choose whom the complaint is about, or take the name out.")
        form.add_error("against", ValidationError(says, code="official_without_post"))
        return
    if names_somebody(form.cleaned_data.get("text", ""), unit.path, clock.local_date(clock.now())):
        form.add_error(
            "against",
            ValidationError(
                _(
                    "You name somebody who works there. Choose whom it is about, so that it is kept from them; or "
                    "write without the name."
                ),
                code="names_somebody",
            ),
        )


def subject_of(typed: Mapping[str, Any], unit: Unit | None) -> Subject | None:
    """Whom what was typed is about, None if it is about a service. A post of another office means the office."""
    chosen = str(typed.get("against", ""))
    if not chosen or unit is None or typed.get("kind") not in BLAMING:
        return None
    post = posts_of(unit.path).filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    return subject_at(unit.path, post, str(typed.get("official", "")))


def whom(subject: Subject, unit: Unit) -> str:
    """The words for whom it is about."""
    return f"{subject.post.title} · {unit.name}" if subject.post else unit.name


def check_words(form: forms.Form, name: str, path: str) -> None:
    """Words that the office reads do not blame anybody by name: a complaint in confidence does."""
    if form.is_valid() and names_somebody(form.cleaned_data[name], path, clock.local_date(clock.now())):
        says = _(
            "You name somebody who works there, and the office reads this. Write it without the name; a complaint "
            "about the person is filed by itself and kept from them."
        )
        form.add_error(name, ValidationError(says, code="names_somebody"))
