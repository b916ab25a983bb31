"""The steps of the case page that are about its time: let the clock stand, let it go on, give more time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.base.length import Length
from takrim.cases.moves import CaseMovedMeanwhile
from takrim.duties import actions_clocks
from takrim.duties.models import Duty
from takrim.orgs.powers import Power
from takrim.web.parts.numbers import WholeNumber
from takrim.web.staff.case_forms import StepForm
from takrim.web.staff.fields import TextField
from takrim.web.staff.matter import Matter
from takrim.web.staff.step import Data, Step


class WaitForm(StepForm):
    why = TextField(label=_("From which agency is what awaited?"), rows=3, max_length=1000)


class ExtendForm(StepForm):
    days = WholeNumber(label=_("How many working days more?"), least=1, most=60)
    why = TextField(label=_("Why, in words for the applicant"), rows=3, max_length=1000)


def _final(matter: Matter) -> Duty:
    if matter.final is None:
        raise CaseMovedMeanwhile
    return matter.final


def _owes(matter: Matter, power: Power) -> bool:
    return matter.final is not None and matter.final.owed and matter.ours and matter.actor.may(power)


def _may_wait(matter: Matter) -> bool:
    if not _owes(matter, Power.CASE_REFER) or actions_clocks.waits_for(_final(matter)):
        return False
    return actions_clocks.may_stand(_final(matter), "agency", matter.now)


def _may_go_on(matter: Matter) -> bool:
    # What the person is asked for ends the waiting itself, when it comes.
    return _owes(matter, Power.CASE_COMPLETE) and actions_clocks.waits_for(_final(matter)) == "agency"


def _may_extend(matter: Matter) -> bool:
    owes = _owes(matter, Power.CASE_APPROVE)
    return owes and any(
        clock.regime == "promise" for clock in actions_clocks.extendable(_final(matter), matter.actor, matter.now)
    )


def _wait(matter: Matter, data: Data) -> Duty:
    return actions_clocks.pause(duty=_final(matter), why="agency", reason=data["why"], by=matter.actor, now=matter.now)


def _extend(matter: Matter, data: Data) -> Duty:
    length = Length.parse(f"{data['days']} working days")
    return actions_clocks.extend(
        duty=_final(matter), regime="promise", length=length, reason=data["why"], by=matter.actor, now=matter.now
    )


TIME_STEPS: dict[str, Step] = {
    "wait": Step(
        title=_("Wait for another agency"),
        icon="clock",
        done=_("The clock of the promise stands. The three months of the law go on."),
        offered=_may_wait,
        run=_wait,
        form=WaitForm,
        rare=True,
    ),
    "go_on": Step(
        title=_("Let the clock go on"),
        icon="clock",
        done=_("The clock goes on."),
        offered=_may_go_on,
        run=lambda matter, data: actions_clocks.resume(duty=_final(matter), by=matter.actor, now=matter.now),
    ),
    "extend": Step(
        title=_("Give more time"),
        icon="clock",
        done=_("More time was given. The applicant is told why."),
        offered=_may_extend,
        run=_extend,
        form=ExtendForm,
        rare=True,
    ),
}
