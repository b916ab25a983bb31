"""The steps of the case page by which a signed answer reaches its person, each with its proof."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.cases import actions_answer, actions_delivery, actions_send, delivery
from takrim.cases.models import Answer
from takrim.cases.models_delivery import Attempt
from takrim.cases.moves import CaseMovedMeanwhile, Move
from takrim.evidence.actions import Upload, hand_in, keep
from takrim.evidence.models import Evidence
from takrim.orgs.powers import Power
from takrim.web.staff import shown
from takrim.web.staff.case_forms import Initial, StepForm
from takrim.web.staff.fields import FilesField, TextField
from takrim.web.staff.matter import Matter
from takrim.web.staff.step import Data, Step

_WENT = _(
    "The answer was sent. It counts as delivered once its arrival is proven; until then your office still owes it."
)
_SERVED = _("The answer was delivered. What your office owed is done.")
PROOF = _("In person: who took it and signed. By telephone: who was spoken to. By post: the number of the consignment.")


def way_choices(matter: Matter) -> list[tuple[str, str | Promise]]:
    """The ways that are possible for this person, the one that suits them best first."""
    return [(way, shown.WAYS[way]) for way in delivery.ways_for(matter.case)]


class DeliverForm(StepForm):
    how = forms.ChoiceField(label=_("How is it served?"), widget=forms.RadioSelect)
    proof = TextField(label=_("Proof"), help_text=PROOF, required=False, max_length=300)
    # A form's own attribute of this name gives way to the field.
    files: Any = FilesField(label=_("Picture of the signed paper"), required=False)

    def __init__(self, *args: Any, matter: Matter, **options: Any) -> None:
        super().__init__(*args, matter=matter, **options)
        choices = way_choices(matter)
        cast(forms.ChoiceField, self.fields["how"]).choices = choices
        self.initial.setdefault("how", choices[0][0])


class NotReachedForm(StepForm):
    how = forms.ChoiceField(
        label=_("How was it tried?"),
        choices=[(way, shown.WAYS[way]) for way in (delivery.PHONE, delivery.IN_PERSON, delivery.POST)],
        widget=forms.RadioSelect,
    )
    why = TextField(label=_("How did it go?"), rows=2, max_length=500)

    def first(self, matter: Matter) -> Initial:
        return {"how": delivery.PHONE}


class ArrivedForm(StepForm):
    proof = TextField(
        label=_("Proof of arrival"),
        help_text=_("The receipt of the post, or who signed for it and when."),
        max_length=300,
    )


class WhyForm(StepForm):
    why = TextField(label=_("What did the post say?"), rows=2, max_length=500)


class ImpossibleForm(StepForm):
    why = TextField(
        label=_("Why can nobody be reached?"),
        help_text=_("It is kept with your name. The answer stays ready for whoever has the receipt."),
        rows=3,
        max_length=1000,
    )


def deliver(matter: Matter, data: Data) -> object:
    """Send it, or write down how it was handed over."""
    answer, way = _signed(matter), data["how"]
    if way in {*delivery.SENT, delivery.POST}:
        return actions_send.send_out(answer=answer, way=way, proof=data["proof"], by=matter.actor, now=matter.now)
    return actions_answer.deliver(
        answer=answer,
        how=way,
        proof=data["proof"],
        paper=_paper(matter, data["uploads"]),
        by=matter.actor,
        now=matter.now,
    )


def _paper(matter: Matter, uploads: list[Upload]) -> Evidence | None:
    """The first picture is the proof; an officer's paper is not shown to the person."""
    case, found = matter.case, None
    matter.actor.require(Power.CASE_DELIVER)
    stored = [(keep(upload=upload, now=matter.now), upload.name) for upload in uploads]
    for file, name in reversed(stored):
        found = hand_in(
            subject=case.code, unit_path=case.unit_path, stored=file, name=name, by=matter.actor, now=matter.now
        )
    return found


def _signed(matter: Matter) -> Answer:
    answer = delivery.signed(matter.case)
    if answer is None:
        raise CaseMovedMeanwhile
    # The deed moves the case that the page has read, so that a colleague who was faster is noticed.
    answer.case = matter.case
    return answer


def _by_post(matter: Matter) -> Attempt:
    attempt = matter.posted
    if attempt is None:
        raise CaseMovedMeanwhile
    attempt.answer.case = matter.case
    return attempt


DELIVERY_STEPS: dict[str, Step] = {
    "deliver": Step(
        title=_("Deliver the answer"),
        icon="deliver",
        done=_SERVED,
        told=lambda result: _WENT if isinstance(result, Attempt) else _SERVED,
        offered=lambda matter: matter.may(Move.DELIVER) and matter.on_its_way is None,
        run=deliver,
        form=DeliverForm,
        of_version=True,
    ),
    "arrived": Step(
        title=_("The post has delivered it"),
        icon="check",
        done=_SERVED,
        offered=lambda matter: matter.may(Move.DELIVER) and matter.posted is not None,
        run=lambda matter, data: actions_delivery.arrived(
            attempt=_by_post(matter), proof=data["proof"], by=matter.actor, now=matter.now
        ),
        form=ArrivedForm,
        of_version=True,
    ),
    "came_back": Step(
        title=_("The post brought it back"),
        icon="reopen",
        done=_("The attempt in vain is written down. Try another way."),
        offered=lambda matter: matter.may(Move.DELIVER) and matter.posted is not None,
        run=lambda matter, data: actions_send.fail(
            attempt=_by_post(matter), why=data["why"], by=matter.actor, now=matter.now
        ),
        form=WhyForm,
        of_version=True,
    ),
    "not_reached": Step(
        title=_("The person was not reached"),
        icon="phone",
        button=_("Write the attempt down"),
        done=_("The attempt in vain is written down. Try another way."),
        offered=lambda matter: matter.may(Move.DELIVER),
        run=lambda matter, data: actions_send.not_reached(
            answer=_signed(matter), way=data["how"], why=data["why"], by=matter.actor, now=matter.now
        ),
        form=NotReachedForm,
        of_version=True,
    ),
    "impossible": Step(
        title=_("Nobody can be reached"),
        icon="refused",
        button=_("Delivery is impossible"),
        done=_("It is written down that delivery is impossible. What your office owed is done."),
        offered=lambda matter: (
            matter.may(Move.DELIVER)
            and matter.actor.may(Power.CASE_APPROVE)
            and matter.on_its_way is None
            and matter.tried_in_vain >= delivery.ENOUGH
        ),
        run=lambda matter, data: actions_delivery.prove_impossible(
            answer=_signed(matter), why=data["why"], by=matter.actor, now=matter.now
        ),
        form=ImpossibleForm,
        rare=True,
        of_version=True,
    ),
}
