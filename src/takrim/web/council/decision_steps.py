"""The steps of the page of a decision: when each is offered, what it asks, which deed it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.length import Length, LengthUnit
from takrim.decisions import actions_confirm, actions_do, actions_links, actions_write
from takrim.decisions.actions_write import Owner, until
from takrim.decisions.adoption import owners_of
from takrim.decisions.links import Target
from takrim.decisions.models import Decision, Report, Share
from takrim.decisions.moves import Move, can
from takrim.duties import actions_assign
from takrim.duties.actions import Term
from takrim.evidence.actions import Upload, keep
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.presence import Seat
from takrim.web.council import decision_forms as forms

Data = dict[str, Any]


@dataclass
class Followed:
    """A decision on a desk: its parts, whether the person keeps its body, and in which parts they had a hand.

    `represented` are the parts of an organisation from outside for which the person sits in the body.
    """

    decision: Decision
    parts: list[Share]
    actor: Actor
    now: datetime
    keeper: bool
    own: set[int]
    represented: set[int] = field(default_factory=set)
    seats: dict[int, list[Seat]] = field(default_factory=dict)

    def works_here(self, share: Share) -> bool:
        """Whether the person works in the office that owes it, or above it."""
        return bool(self.actor.unit_path) and is_under(share.unit_path, self.actor.unit_path)

    def ours(self, share: Share) -> bool:
        """Whether the person may report on it."""
        return share.pk in self.represented or self.works_here(share)

    def judges(self, share: Share) -> bool:
        return self.keeper and share.pk not in self.own


@dataclass(frozen=True, kw_only=True)
class Step:
    """`offered` says whether the page shows it for a part, `run` does the deed; without a `form` one press does it."""

    title: str | Promise
    icon: str
    done: str | Promise
    offered: Callable[[Followed, Share], bool]
    run: Callable[[Followed, Share, Data], object]
    form: type[forms.StepForm] | None = None
    main: bool = False


def _report(followed: Followed, share: Share, data: Data) -> Report:
    """All files are stored before the report is written: one that is refused leaves nothing half handed in."""
    uploads: Sequence[Upload] = data["uploads"]
    files = [(keep(upload=upload, now=followed.now), upload.name) for upload in uploads]
    return actions_do.report(share=share, text=data["text"], files=files, by=followed.actor, now=followed.now)


def _assign(followed: Followed, share: Share, data: Data) -> object:
    seats = followed.seats.get(share.unit_id, [])
    post: Post | None = next((seat.post for seat in seats if seat.post.pk == data["post"]), None)
    if post is None:
        raise actions_assign.NotOfThisOffice
    return actions_assign.assign(
        duty=share.duty,
        post=post,
        difficulty=share.duty.difficulty,
        kind=actions_write.KIND,
        by=followed.actor,
        now=followed.now,
    )


def _may_assign(followed: Followed, share: Share) -> bool:
    return (
        can(share, Move.REPORT)
        and followed.works_here(share)
        and followed.actor.may(Power.DUTY_ASSIGN)
        and bool(followed.seats.get(share.unit_id))
    )


def _deed(deed: Callable[..., object], *names: str) -> Callable[[Followed, Share, Data], object]:
    """A deed that takes what was typed under its own names."""

    def run(followed: Followed, share: Share, data: Data) -> object:
        typed = {name: data[name] for name in names}
        return deed(share=share, **typed, by=followed.actor, now=followed.now)

    return run


def _does(move: Move) -> Callable[[Followed, Share], bool]:
    return lambda followed, share: can(share, move) and followed.ours(share) and followed.actor.may(Power.DUTY_ANSWER)


def _judges(move: Move) -> Callable[[Followed, Share], bool]:
    return lambda followed, share: can(share, move) and followed.judges(share)


def _keeps(move: Move) -> Callable[[Followed, Share], bool]:
    return lambda followed, share: can(share, move) and followed.keeper


STEPS: dict[str, Step] = {
    "take-up": Step(
        title=_("We have taken it in hand"),
        icon="hourglass",
        done=_("It was noted that your office is at work on it."),
        offered=_does(Move.TAKE_UP),
        run=_deed(actions_do.take_up),
    ),
    "report": Step(
        title=_("Report what was done"),
        icon="send",
        done=_("The report was sent to the secretary of the body, who confirms it."),
        offered=_does(Move.REPORT),
        run=_report,
        form=forms.ReportForm,
        main=True,
    ),
    "assign": Step(
        title=_("Give it to a colleague"),
        icon="people",
        done=_("The colleague has it now."),
        offered=_may_assign,
        run=_assign,
        form=forms.AssignForm,
    ),
    "confirm": Step(
        title=_("Confirm: fulfilled"),
        icon="approve",
        done=_("It was confirmed."),
        offered=_judges(Move.CONFIRM),
        run=_deed(actions_confirm.confirm),
        main=True,
    ),
    "return": Step(
        title=_("Send the report back"),
        icon="reopen",
        done=_("The report was sent back, with a time of its own."),
        offered=_judges(Move.RETURN),
        run=_deed(actions_confirm.send_back, "why"),
        form=forms.WhyForm,
    ),
    "partly": Step(
        title=_("Confirm: partly fulfilled"),
        icon="approve",
        done=_("It was confirmed as partly fulfilled."),
        offered=_judges(Move.CONFIRM_PARTLY),
        run=_deed(actions_confirm.confirm_partly, "why"),
        form=forms.WhyForm,
    ),
    "refuse": Step(
        title=_("Not fulfilled"),
        icon="refused",
        done=_("It was noted that it was not fulfilled."),
        offered=_judges(Move.REFUSE),
        run=_deed(actions_confirm.refuse, "why"),
        form=forms.WhyForm,
    ),
    "postpone": Step(
        title=_("Set another last day"),
        icon="calendar",
        done=_("The last day was changed. The reason stands beside how the date was counted."),
        offered=_keeps(Move.REPORT),
        run=lambda followed, share, data: actions_confirm.postpone(
            share=share, until=_moment(data["due"]), why=data["why"], by=followed.actor, now=followed.now
        ),
        form=forms.PostponeForm,
    ),
    "stop": Step(
        title=_("Stop it"),
        icon="pause",
        done=_("It was stopped."),
        offered=_keeps(Move.STOP),
        run=_deed(actions_confirm.stop, "why"),
        form=forms.WhyForm,
    ),
    "cancel": Step(
        title=_("Cancel it"),
        icon="withdraw",
        done=_("It was cancelled."),
        offered=_keeps(Move.CANCEL),
        run=_deed(actions_confirm.cancel, "why"),
        form=forms.WhyForm,
    ),
    "go-on": Step(
        title=_("Let it go on"),
        icon="reopen",
        done=_("It is owed again, by the new date."),
        offered=_keeps(Move.GO_ON),
        run=lambda followed, share, data: actions_confirm.go_on(
            share=share, term=until(data["due"]), by=followed.actor, now=followed.now
        ),
        form=forms.GoOnForm,
    ),
}


def _moment(day: date) -> datetime:
    moment = until(day).fixed
    assert moment is not None  # a day has an end
    return moment


def term_of(data: Data) -> Term | None:
    """The time that was typed: a last day, a number of working days, or nothing."""
    if data.get("due"):
        return until(data["due"])
    if data.get("days"):
        return Term(Length(data["days"], LengthUnit.WORKING_DAYS))
    return None


def add_part(followed: Followed, data: Data) -> Share:
    """An office does it, or an organisation from outside to which the office of the body sees."""
    body, term = followed.decision.body, term_of(data)
    if data["unit"]:
        owner = Owner(unit=data["unit"], task=data["task"], term=term)
    else:
        (asked,) = owners_of(body, [data["outside"]])
        owner = Owner(unit=asked.unit, organisation=asked.organisation, task=data["task"], term=term)
    return actions_write.add_part(decision=followed.decision, owner=owner, by=followed.actor, now=followed.now)


def open_case(followed: Followed, data: Data) -> object:
    return actions_links.open_case(
        decision=followed.decision,
        unit=data["unit"],
        kind=data["kind"],
        subject=data["subject"],
        text=data["text"],
        by=followed.actor,
        now=followed.now,
    )


def link(followed: Followed, data: Data) -> object:
    thing, relation, _words = forms.WHAT[data["what"]]
    target = Target(thing, data["code"], relation)
    return actions_links.link(decision=followed.decision, target=target, by=followed.actor, now=followed.now)


def name_rights(followed: Followed, data: Data) -> object:
    return actions_links.name_rights(
        decision=followed.decision, chosen=data["rights"], by=followed.actor, now=followed.now
    )
