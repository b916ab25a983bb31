"""The forms of minutes that are read: comments, the reason for issuing, errata."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.councils.actions_errata import Correction
from takrim.web.staff.fields import TextField


class CommentForm(forms.Form):
    """What somebody would have otherwise."""

    item = forms.ChoiceField(label=_("About which item"), required=False)
    text = TextField(label=_("Comment"), rows=3, max_length=4000)

    def __init__(self, *args: Any, items: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("The whole")), *((str(number), title) for number, title in items)]
        cast(forms.ChoiceField, self.fields["item"]).choices = choices


class IssueForm(forms.Form):
    """Why the minutes are issued although somebody has not signed."""

    anyway = TextField(label=_("Why are they issued without these signatures?"), required=False, max_length=500)


class ErratumForm(forms.Form):
    """What is corrected."""

    wrong = TextField(label=_("What stands there"), rows=2, max_length=4000)
    right = TextField(label=_("What should stand there"), rows=2, max_length=4000)
    why = TextField(label=_("Reason"), max_length=500)

    @property
    def correction(self) -> Correction:
        return Correction(**self.cleaned_data)
