"""What the cartable can be narrowed down to, read from its address; wrong values narrow nothing."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from takrim.base import clock
from takrim.cases.models import OPEN_STATES, State
from takrim.cases.queries import Narrow
from takrim.orgs.stamps import Kept
from takrim.web.parts import fields
from takrim.web.staff import shown

NARROWING = ("kind", "channel", "card", "state", "time")


def _choice(label: Any, everything: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", everything)])


def drawn_fields(form: FiltersForm) -> SafeString:
    """The fields as the page shows them; with nothing chosen, as nearly always, they are drawn once a day."""
    if form.chosen:
        return _draw(form)
    return _UNCHOSEN.get(shown.lang(), clock.local_date(clock.now()))


class FiltersForm(forms.Form):
    """Only the narrowing fields are drawn; tab, scope, words and place travel along."""

    kind = _choice(_("Kind of message"), _("All kinds"))
    channel = _choice(_("Channel"), _("All channels"))
    card = _choice(_("Service"), _("All services"))
    state = _choice(_("State"), _("All states"))
    time = _choice(_("Due date"), _("All dates"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        # With nothing chosen nobody looks at the choices: the fields are drawn already.
        self.chosen = any(data.get(name) for name in NARROWING)
        if self.chosen:
            self.fill()

    def fill(self) -> None:
        """What can be chosen."""
        for name, choices in (
            ("kind", shown.kind_choices()),
            ("channel", shown.channel_choices()),
            ("card", shown.card_choices()),
            ("state", shown.state_choices([*OPEN_STATES, State.ANSWERED])),
            ("time", shown.TIMES),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*cast(shown.Choices, field.choices), *choices]

    def narrow(self) -> Narrow:
        if not self.chosen:
            return Narrow()
        self.is_valid()
        return Narrow(**{name: self.cleaned_data.get(name, "") for name in NARROWING})

    @classmethod
    def kept(cls, query: str) -> FiltersForm:
        """The form as a saved view has kept it."""
        return cls(QueryDict(query))

    @staticmethod
    def query_of(data: QueryDict) -> str:
        """The part of an address that a saved view keeps: filters, tab and scope, not words or a place."""
        return urlencode({name: data[name] for name in ("tab", "scope", *NARROWING) if data.get(name)})


def _draw(form: FiltersForm) -> SafeString:
    return SafeString("".join(fields.render(bound) for bound in form))


def _unchosen() -> SafeString:
    form = FiltersForm(QueryDict())
    form.fill()
    return _draw(form)


_UNCHOSEN: Kept[SafeString] = Kept("cards", lambda _lang, _day: _unchosen())
