"""What is typed about a proof: what was done, what it proves, its files; and what a secretary says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.proofs.actions import Done
from takrim.proofs.actions_judge import Verdict
from takrim.proofs.models import Action, FileKind, Manner
from takrim.proofs.provable import PROVABLES
from takrim.proofs.supporting import Pair
from takrim.web.council.proofs_shown import FILE_KINDS
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.done import MANNERS
from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff.fields import FilesField, TextField

MOST_PEOPLE = 10_000_000
_PARTS = ("title", "text", "done_on", "done_until", "place", "manner", "audience", "people", "women", "men")
_NEEDED = ("title", "text", "done_on", "manner", "place", "audience")
# Of the file itself: pictures are photographs, all else is a letter.
BY_ITSELF = ""


def pair_of(value: str) -> Pair:
    kind, _colon, code = value.partition(":")
    return kind, code


class ProofForm(forms.Form):
    """A draft may lack anything: what must be there is asked for when it is sent."""

    title = TextField(label=_("What was done, in a few words"), max_length=160, required=False)
    text = TextField(
        label=_("What was done, and what came of it"),
        rows=5,
        required=False,
        help_text=_("So that a stranger sees it."),
    )
    done_on = JalaliDateField(label=_("On which day"), required=False)
    done_until = JalaliDateField(label=_("Until which day, if it took several"), required=False)
    manner = forms.ChoiceField(
        label=_("How were people reached?"), choices=list(MANNERS.items()), widget=forms.RadioSelect, required=False
    )
    place = TextField(label=_("Where"), max_length=200, required=False)
    audience = TextField(
        label=_("For whom"),
        max_length=200,
        required=False,
        help_text=_("Such as: clients, workers of a factory, staff."),
    )
    people = WholeNumber(label=_("How many people"), least=0, most=MOST_PEOPLE, required=False)
    women = WholeNumber(label=_("Of them women"), least=0, most=MOST_PEOPLE, required=False)
    men = WholeNumber(label=_("Of them men"), least=0, most=MOST_PEOPLE, required=False)
    owed = forms.MultipleChoiceField(
        label=_("What it proves of what your office owes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    papers = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("Several at once: pictures, letters, tables, PDF. The attachments get numbers."),
    )
    camera = FilesField(label=_("Take a picture now"), required=False)
    file_kind = forms.ChoiceField(
        label=_("What the new files show"),
        choices=[
            (BY_ITSELF, _("Photos as photos, other files as letters")),
            *((code, title) for code, title in FILE_KINDS.items() if code != FileKind.LINK),
        ],
        required=False,
    )
    link = TextField(
        label=_("Or the address of a page"),
        max_length=2000,
        required=False,
        widget=forms.URLInput({"class": "ltr", "inputmode": "url", "autocomplete": "off", "placeholder": "https://"}),
    )
    link_title = TextField(label=_("What is found there"), max_length=160, required=False)

    def __init__(self, *args: Any, owed: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["camera"].widget.attrs.update({"accept": "image/*", "capture": "environment", "multiple": False})
        cast(forms.ChoiceField, self.fields["owed"]).choices = list(owed)
        if not owed:
            del self.fields["owed"]
        for kind, provable in PROVABLES.items():
            choices = [(f"{kind}:{thing.code}", thing.title) for thing in provable.all_of_it()]
            if choices:
                self.fields[f"all_{kind}"] = forms.MultipleChoiceField(
                    label=str(provable.title), choices=choices, widget=forms.CheckboxSelectMultiple, required=False
                )

    def say_what_is_needed(self) -> None:
        """When it is drawn: what is needed before it can be sent is not called optional, though a draft may lack it."""
        for name in _NEEDED:
            self.fields[name].required = True

    @property
    def closed(self) -> list[forms.BoundField]:
        """The short closed lists that are offered whole, each to be folded."""
        return [self[name] for name in self.fields if name.startswith("all_")]

    @property
    def done(self) -> Done:
        given: dict[str, Any] = {name: self.cleaned_data.get(name) for name in _PARTS}
        return Done(**{**given, "manner": given["manner"] or Manner.IN_PERSON})

    @property
    def proves(self) -> list[Pair]:
        names = ["owed", *(name for name in self.fields if name.startswith("all_"))]
        return [pair_of(value) for name in names for value in self.cleaned_data.get(name) or ()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("done_on"), data.get("done_until")
        if last and not first:
            self.add_error("done_on", _("Write the first day too."))
        elif first and last and last < first:
            self.add_error("done_until", _("The last day lies before the first."))
        return data


def initial_of(action: Action, proves: Sequence[Pair]) -> dict[str, Any]:
    """The form as the proof is."""
    chosen = [f"{kind}:{code}" for kind, code in proves]
    lists = {f"all_{kind}": [one for one in chosen if pair_of(one)[0] == kind] for kind in PROVABLES}
    return {**{name: getattr(action, name) for name in _PARTS}, "owed": chosen, **lists}


class VerdictForm(forms.Form):
    """What the secretary says of one proof, or of many."""

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=[
            (Verdict.ACCEPT, _("Accept")),
            (Verdict.RETURN, _("Return to be completed")),
            (Verdict.REFUSE, _("Refuse: it proves nothing")),
        ],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=_("Reason"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("Needed when it is returned or refused: what is missing, and what would be enough."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") in {Verdict.RETURN, Verdict.REFUSE} and not data.get("reason"):
            self.add_error("reason", _("Write why: the office will read it and act on it."))
        return data


class SecondForm(forms.Form):
    """What the second person says of a proof that was drawn for them."""

    agrees = forms.ChoiceField(
        label=_("Would you accept it?"),
        choices=[("yes", _("Yes, I would")), ("no", _("No: it goes back to the queue"))],
        widget=forms.RadioSelect,
    )
    reason = TextField(label=_("Reason"), rows=3, max_length=2000, required=False, help_text=_("Needed for a no."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("agrees") == "no" and not data.get("reason"):
            self.add_error("reason", _("Write why: the office will read it and act on it."))
        return data
