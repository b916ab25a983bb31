"""What is typed on the case page, one form for each step."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from takrim.base.codes import read_code
from takrim.cases import templates_for
from takrim.orgs.units import unit_name
from takrim.web import desk_together
from takrim.web.staff import shown
from takrim.web.staff.fields import FilesField, ReadField, TextField
from takrim.web.staff.matter import Matter

Initial = dict[str, Any]


class StepForm(forms.Form):
    """A form that may look at its matter for what to offer first."""

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        options.setdefault("initial", self.first(matter))
        super().__init__(*args, **options)

    def first(self, matter: Matter) -> Initial:
        return {}


class AssignForm(StepForm):
    """Which colleague does it, and how hard it is."""

    post = forms.TypedChoiceField(label=_("Who does it?"), coerce=int)
    difficulty = forms.ChoiceField(
        label=_("How hard is it?"),
        help_text=_("Hard matters weigh more when work is shared out by load."),
        choices=list(shown.DIFFICULTIES.items()),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        super().__init__(*args, matter=matter, **options)
        choices = [(seat.post.pk, shown.seat_title(seat)) for seat in matter.offered_seats]
        cast(forms.ChoiceField, self.fields["post"]).choices = [("", _("Choose")), *choices]

    def first(self, matter: Matter) -> Initial:
        duty = matter.workload
        return {"post": duty.assignee_id, "difficulty": duty.difficulty} if duty else {}


class ReplyForm(StepForm):
    text = TextField(label=_("Reply to the office that asked"), rows=6)


class ReturnForm(StepForm):
    reason = TextField(label=_("What does the reply lack?"), rows=3)


class NoteForm(StepForm):
    text = TextField(
        label=_("Internal note"), help_text=_("Only officers read it; the applicant does not."), rows=4, max_length=4000
    )
    mentioned = forms.MultipleChoiceField(
        label=_("Name colleagues"),
        help_text=_("Each of them gets a notice in their cartable."),
        required=False,
        widget=forms.SelectMultiple({"size": 4}),
    )

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        super().__init__(*args, matter=matter, **options)
        people = desk_together.may_be_mentioned(matter.desk, matter.case, matter.now)
        field = self.fields["mentioned"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(person.pk), f"@ {person.name}") for person in people]


class AttachForm(StepForm):
    # A form's own attribute of this name gives way to the field.
    files: Any = FilesField(label=_("Files"), help_text=_("Pictures, PDF, office documents, sound or film."))
    shown = forms.BooleanField(label=_("The applicant may see them"), required=False)


class AskForm(StepForm):
    what = TextField(
        label=_("What is missing?"),
        help_text=_("The applicant gets exactly these words. The time of the office goes on."),
        rows=4,
        max_length=4000,
    )


class CompleteForm(StepForm):
    text = TextField(label=_("What the applicant has added"), rows=5)


class WordsForm(StepForm):
    """The parts of an answer."""

    outcome = forms.ChoiceField(label=_("Result"), choices=[("", _("Choose")), *shown.OUTCOMES.items()])
    begun_with = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = TextField(label=_("Answer to the applicant"), rows=8)
    reason = TextField(label=_("Reason"), help_text=_("Why the result is this, in plain words."), rows=3)
    legal_ground = TextField(label=_("Legal ground"), required=False, max_length=500)
    next_step = TextField(
        label=_("What the applicant can do next"),
        help_text=_("An answer without a next step is not handed in."),
        required=False,
        max_length=1000,
    )

    # The step that the form belongs to.
    step = "draft"

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        super().__init__(*args, matter=matter, **options)
        if matter.templates:
            # Whoever chooses a result is offered the templates for it at once.
            fetch = {"hx-get": f"/staff/cases/{matter.case.code}/?do={self.step}", "hx-target": "#begin_with"}
            self.fields["outcome"].widget.attrs |= {**fetch, "hx-swap": "outerHTML"}

    def first(self, matter: Matter) -> Initial:
        last, template = matter.latest, matter.template
        if template is not None:
            version = templates_for.newest_version(template)
            return {**templates_for.filled(template, matter.case, matter.now), "begun_with": version.pk}
        names = ("outcome", "text", "reason", "legal_ground", "next_step")
        words = {**{name: getattr(last, name) for name in names}, "begun_with": last.begun_with_id} if last else {}
        return {**words, "text": composed(matter)} if matter.from_replies else words


def composed(matter: Matter) -> str:
    """The replies to the referrals one after the other, each under the name of who wrote it."""
    lang = shown.lang()
    named = {duty_id: inquiry.partner.name for duty_id, inquiry in matter.inquiries.items()}
    return "\n\n".join(
        f"{named.get(duty.pk) or unit_name(duty.unit_path, lang)}:\n{duty.answer}" for duty in matter.replies
    )


class LetThroughForm(StepForm):
    why = TextField(
        label=_("Why is this answer right as it is?"),
        help_text=_("It is kept in the case with your name."),
        rows=3,
        max_length=500,
    )


class SendBackForm(StepForm):
    why = TextField(label=_("What must be improved?"), rows=3)


class RefuseForm(StepForm):
    reason = TextField(
        label=_("Reason, for the applicant"),
        help_text=_("Name the law, or the office that is competent."),
        rows=4,
        max_length=4000,
    )


class DuplicateForm(StepForm):
    original = ReadField(
        read_code,
        label=_("Number of the earlier case"),
        widget=forms.TextInput({"class": "ltr w-medium", "inputmode": "numeric", "autocomplete": "off"}),
    )
