"""The forms of the agenda."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.councils.actions_agenda import LONGEST, SHORTEST, ItemWords
from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff.fields import FilesField, TextField


class ItemForm(forms.Form):
    """What an item says, and how long it takes."""

    title = TextField(label=_("Topic"), max_length=300)
    text = TextField(
        label=_("Explanation"),
        help_text=_("What should be decided, and what one must know for it."),
        rows=3,
        required=False,
    )
    length = WholeNumber(label=_("Length in minutes"), least=SHORTEST, most=LONGEST, initial=15)

    @property
    def words(self) -> ItemWords:
        return ItemWords(**{name: self.cleaned_data[name] for name in ("title", "text", "length")})


class ProposalForm(ItemForm):
    """An item with its papers."""

    papers = FilesField(label=_("Papers"), required=False)


class WhyForm(forms.Form):
    """A reason that others read."""

    why = TextField(label=_("Why?"), rows=2, max_length=500)
