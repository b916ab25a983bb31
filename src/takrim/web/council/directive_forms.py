"""Forms of directives: what stands on the paper, a clause, a relation, a plan, a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _

from takrim.base.length import Length
from takrim.directives.actions import Terms, To, Words
from takrim.directives.actions_work import Step
from takrim.directives.models import ClauseKind, Directive, Source, Whom
from takrim.orgs.models import Unit
from takrim.orgs.units import house_of
from takrim.web import desk_directives
from takrim.web.council import directive_shown
from takrim.web.desk import Desk
from takrim.web.parts.dates import JalaliDateField
from takrim.web.staff.fields import FilesField, ReadField, TextField
from takrim.web.staff.shown import seat_title

LONGEST = 100_000
STEPS = 5


class WordsForm(forms.Form):
    """The paper: incoming or of the house itself."""

    source = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=list(directive_shown.SOURCES.items()),
        widget=forms.RadioSelect,
        initial=Source.INCOMING,
    )
    issuer = TextField(
        label=_("Issued by"),
        required=False,
        help_text=_("The body that signed it. Of an internal directive it is your own house."),
    )
    number = TextField(label=_("Number"), max_length=60)
    dated = JalaliDateField(label=_("Date"))
    subject = TextField(label=_("Subject"), max_length=300)
    text = TextField(
        label=_("Full text"),
        rows=14,
        max_length=LONGEST,
        required=False,
        help_text=_("It is searched and compared. An incoming one can be taken in without it and completed later."),
    )
    files: Any = FilesField(
        label=_("Files"), required=False, help_text=_("The letter itself as PDF or picture, and what came with it.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("source") == Source.INCOMING and not data.get("issuer"):
            self.add_error("issuer", plain("Write which body issued it."))
        if data.get("source") == Source.INTERNAL and not data.get("text"):
            self.add_error("text", plain("Write the text of the directive."))
        return data

    def words(self, house: str) -> Words:
        """`house`: its name stands as the issuer of an internal one."""
        data = {name: self.cleaned_data[name] for name in ("source", "number", "dated", "issuer", "subject", "text")}
        return Words(**{**data, "issuer": data["issuer"] or house})


class ChangeForm(WordsForm):
    """The words of one that was registered before."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = TextField(
        label=_("Why do its words change?"),
        required=False,
        max_length=500,
        help_text=_("Needed after it was issued: every head is asked to read the new version."),
    )


class ClauseForm(forms.Form):
    """What is demanded, how often, by when, of whom."""

    text = TextField(label=_("What has to be done"), rows=4, max_length=5000)
    proof = TextField(
        label=_("How it is proven"),
        required=False,
        max_length=500,
        help_text=_("For example a picture of the board, minutes, a table of numbers."),
    )
    kind = forms.ChoiceField(
        label=_("How often"), choices=list(directive_shown.KINDS.items()), widget=forms.RadioSelect
    )
    due_on = JalaliDateField(
        label=_("By the day"),
        required=False,
        help_text=_("Year/month/day, such as 1405/09/02. For what is done once or holds from then on."),
    )
    length = ReadField(
        lambda typed: str(Length.parse(typed)),
        label=_("Or so long after it is issued"),
        required=False,
        max_length=40,
        help_text=_("Such as: 10 working days, 30 calendar days."),
    )
    every = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[("", _("For what is done in every period")), *directive_shown.EVERY.items()],
    )
    days_after = forms.IntegerField(
        label=_("Days after the end of the period"),
        required=False,
        min_value=0,
        max_value=60,
        initial=0,
        help_text=_("0: it is due by the end of the period itself."),
    )
    until = JalaliDateField(label=_("Until"), required=False, help_text=_("Empty: until the directive ends."))
    counties = forms.BooleanField(label=_("All county offices"), required=False)
    directorates = forms.BooleanField(label=_("All directorates-general"), required=False)
    provinces = forms.MultipleChoiceField(
        label=_("All offices of these provinces"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The directorate-general with all that is below it; each province sees its own."),
    )
    units = forms.MultipleChoiceField(label=_("These offices"), required=False, widget=forms.CheckboxSelectMultiple)
    posts = forms.TypedMultipleChoiceField(
        label=_("These posts"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The post owes it itself, beside its office."),
    )

    def __init__(self, *args: Any, desk: Desk, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.house = house_of(desk.actor.unit_path)
        self.offices = {unit.path: unit for unit in desk_directives.addressable(desk, now)}
        national = desk_directives.house_is_root(desk)
        offered = [unit for unit in self.offices.values() if _offered(unit, national)]
        cast(forms.MultipleChoiceField, self.fields["units"]).choices = [(u.path, u.short) for u in offered]
        provinces = [unit for unit in self.offices.values() if unit.kind == "directorate"]
        cast(forms.MultipleChoiceField, self.fields["provinces"]).choices = [(u.path, u.short) for u in provinces]
        seats = [seat for seat in desk_directives.posts(desk, now) if seat.post.role in _REPORTING]
        cast(forms.ChoiceField, self.fields["posts"]).choices = [
            (seat.post.pk, f"{seat.post.unit.short}: {seat_title(seat)}") for seat in seats
        ]
        self.of_posts = {seat.post.pk: seat.post for seat in seats}
        if not national:
            del self.fields["directorates"]
        if not seats:
            del self.fields["posts"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(
            data.get(name) for name in ("counties", "directorates", "provinces", "units", "posts")
        ):
            raise ValidationError(plain("Choose at least one office or post that has to carry the clause out."))
        return data

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        periodic = data["kind"] == ClauseKind.PERIODIC
        return Terms(
            text=data["text"],
            proof=data["proof"],
            kind=data["kind"],
            every=data["every"] if periodic else "",
            days_after=(data["days_after"] or 0) if periodic else 0,
            until=data["until"] if periodic else None,
            due_on=None if periodic else data["due_on"],
            length="" if periodic else data["length"],
        )

    @property
    def whom(self) -> list[To]:
        return list(self._whom())

    def _whom(self) -> Iterator[To]:
        data, root = self.cleaned_data, self.offices[self.house]
        if data.get("counties"):
            yield To(Whom.COUNTIES, root)
        if data.get("directorates"):
            yield To(Whom.DIRECTORATES, root)
        for path in data["provinces"]:
            yield To(Whom.PROVINCE, self.offices[path])
        for path in data["units"]:
            yield To(Whom.UNIT, self.offices[path])
        for number in data.get("posts", ()):
            post = self.of_posts[number]
            yield To(Whom.POST, post.unit, post)


_REPORTING = ("head", "deputy", "expert", "director_general", "secretary")


def _offered(unit: Unit, national: bool) -> bool:
    """The ministry chooses directorates and its own departments; a province all below it."""
    if not national:
        return True
    return unit.kind == "directorate" or unit.path.count("/") == 2


class RelationForm(forms.Form):
    """What it does to an earlier directive."""

    how = forms.ChoiceField(label=_("What it does"), choices=list(directive_shown.HOWS.items()))
    older = forms.TypedChoiceField(label=_("Earlier directive"), coerce=int)

    def __init__(self, *args: Any, older: list[Directive], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["older"]).choices = [
            (one.pk, f"{one.number} · {one.subject}") for one in older
        ]


class WhyForm(forms.Form):
    """A reason that others read."""

    why = TextField(label=_("Reason"), rows=3, max_length=2000)


class PlanForm(forms.Form):
    """How the office will carry it out: words, and up to a few steps with day and person."""

    text = TextField(label=_("What will be done"), rows=4, max_length=5000)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Several forms stand on one page.
        self.auto_id = "plan_%s"
        for nth in range(1, STEPS + 1):
            self.fields[f"step_{nth}"] = TextField(label=_("Step"), required=False, max_length=300)
            self.fields[f"day_{nth}"] = JalaliDateField(label=_("Until"), required=False, help_text="")
            self.fields[f"who_{nth}"] = TextField(label=_("Responsible"), required=False, max_length=120)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{nth}"] for name in ("step", "day", "who")] for nth in range(1, STEPS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for nth in range(1, STEPS + 1):
            if f"day_{nth}" not in data:
                continue
            given = [bool(data.get(f"{name}_{nth}")) for name in ("step", "day", "who")]
            if any(given) and not all(given):
                self.add_error(f"step_{nth}", plain("A step needs its words, its day and who is responsible."))
        if not self.errors and not self.steps:
            raise ValidationError(plain("Write at least one step with its day and who is responsible."))
        return data

    @property
    def steps(self) -> list[Step]:
        data = self.cleaned_data
        numbers = [nth for nth in range(1, STEPS + 1) if data.get(f"step_{nth}")]
        return [
            Step(text=data[f"step_{nth}"], due_on=cast(date, data[f"day_{nth}"]), responsible=data[f"who_{nth}"])
            for nth in numbers
            if data.get(f"day_{nth}")
        ]


class ReportForm(forms.Form):
    """What was done, with its proof."""

    text = TextField(label=_("What was done, when and where"), rows=5, max_length=10_000)
    files: Any = FilesField(
        label=_("Files that prove it"),
        required=False,
        help_text=_("Letters, minutes, pictures, tables: several at once."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.auto_id = "report_%s"


class ListForm(forms.Form):
    """What the list of directives shows."""

    q = TextField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False)
    source = forms.ChoiceField(
        label=_("Where from"), required=False, choices=[("", _("All")), *directive_shown.SOURCES.items()]
    )

    def __init__(self, *args: Any, drafts: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        states = [state for state in directive_shown.STATES if drafts or state not in {"received", "registered"}]
        named = [(state, directive_shown.state_word(state)) for state in states]
        cast(forms.ChoiceField, self.fields["state"]).choices = [("", _("All")), *named]

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for and can be; the rest as if it had not been asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
