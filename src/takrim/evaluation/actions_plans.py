"""Plans are begun, changed while nobody uses them, made ready, followed by a next version, and taken out of use."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.moves import scope_of
from takrim.evaluation.plan_check import keys_missing, problems
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.scoring import keys
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.reading import toml
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change

# A plan of some hundred rows; more was not written by anybody.
LONGEST: Final = 200_000
_CODE: Final = "plan"


class PlanReasonUnsaid(Refusal):
    code = "plan_reason_unsaid"
    status = 422
    message = _("Write what is changed and why: whoever is compared by the plan reads it.")


class PlanTooLong(Refusal):
    code = "plan_too_long"
    status = 422
    message = _("The plan is longer than any plan can be.")


class PlanHasProblems(Refusal):
    """`found`: what keeps it from being used."""

    code = "plan_has_problems"
    status = 422
    message = _("The plan cannot be made ready yet: see what is wrong with it.")

    def __init__(self, found: Sequence[Problem]) -> None:
        self.found = tuple(found)
        super().__init__()

    def __reduce__(self) -> tuple[object, ...]:
        return PlanHasProblems, (self.found,)


class PlanInUse(Refusal):
    code = "plan_in_use"
    message = _("A round uses this version, so it stays as it is. Begin a new version and change that.")


class PlanNoDraft(Refusal):
    code = "plan_no_draft"
    message = _("Only a draft can be changed. Begin a new version and change that.")


class PlanDraftThere(Refusal):
    code = "plan_draft_there"
    message = _("Version {number} of this plan is being drafted. Change that one.")


class PlanChangedMeanwhile(Refusal):
    code = "plan_changed_meanwhile"
    message = _("A colleague has changed this plan meanwhile. Look at it as it is now and make your changes again.")


@dataclass(frozen=True, kw_only=True)
class PlanEvent(Event):
    """`hash` is the SHA-256 of the plan's text."""

    verb: ClassVar[str] = "plan"
    sentence: ClassVar[str | Promise] = ""
    unit: str
    plan: str
    version: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class PlanBegun(PlanEvent):
    verb = "plan.begun"
    sentence = _("Version {version} of the plan was begun.")


@dataclass(frozen=True, kw_only=True)
class PlanChanged(PlanEvent):
    verb = "plan.changed"
    sentence = _("The plan was changed.")


@dataclass(frozen=True, kw_only=True)
class PlanReadied(PlanEvent):
    verb = "plan.readied"
    sentence = _("The plan is ready: rounds may use it.")


@dataclass(frozen=True, kw_only=True)
class PlanRetired(PlanEvent):
    verb = "plan.retired"
    sentence = _("The plan was taken out of use.")


def require_may_edit(by: Actor, path: str) -> None:
    """Raise NotAllowed unless plans of this office and those below are the actor's to write."""
    scope = scope_of(by)
    if not scope or not is_under(path, scope):
        raise NotAllowed(power=Power.ROUND_RUN)


def _said(why: str) -> str:
    if not why.strip():
        raise PlanReasonUnsaid
    return why.strip()


def _fields(text: str) -> dict[str, Any]:
    """What a version keeps of its text. Raises BadPlan where it is no TOML, or has no title."""
    if len(text) > LONGEST:
        raise PlanTooLong
    content = toml(text)
    titles = keys.titles(content, "title")
    if titles is None or keys_missing(content, "title"):
        raise BadPlan(_("The plan has no title in Persian and English."))
    of = content.get("of", "")
    found = {"title_fa": titles["fa"].strip(), "title_en": titles["en"].strip()}
    return {**found, "of": of if isinstance(of, str) else "", "text": text}


@transaction.atomic
def begin_plan(*, text: str, why: str, path: str, by: Actor, now: datetime, like: str = _CODE) -> PlanVersion:
    """A new plan as a draft; `like` is the code of the plan it was copied from. Raises BadPlan."""
    require_may_edit(by, path)
    fields = {**_fields(text), "why": _said(why), "path": path}
    for number in range(1, 10_000):
        code = like if number == 1 else f"{like}-{number}"
        made = _add(code, 1, fields, by=by, now=now)
        if made is not None:
            return made
    raise PlanChangedMeanwhile


def _add(code: str, number: int, fields: dict[str, Any], *, by: Actor, now: datetime) -> PlanVersion | None:
    """A new version, or None where its number is taken."""
    row = PlanVersion(code=code, number=number, at=now, changed_at=now, by=by.code, by_name=by.name, **fields)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    _tell(PlanBegun, row, by=by, now=now)
    return row


def _tell(event: type[PlanEvent], version: PlanVersion, *, by: Actor, now: datetime) -> None:
    digest = hashlib.sha256(version.text.encode()).hexdigest()
    told = event(unit=version.path, plan=version.code, version=version.number, hash=digest)
    record(told, on=version.subject, unit_path=version.path, by=by, at=now)


@transaction.atomic
def change_plan(*, version: PlanVersion, text: str, why: str, seen: datetime, by: Actor, now: datetime) -> None:
    """Change a draft; `seen` is when what the writer saw was last changed. Mistakes may stay in a draft."""
    require_may_edit(by, version.path)
    _still_draft(version)
    fields = {**_fields(text), "why": _said(why)}
    still = {"state": PlanState.DRAFT, "changed_at": seen}
    if not change(version, still=still, to={**fields, "changed_at": now}):
        raise PlanChangedMeanwhile
    _tell(PlanChanged, version, by=by, now=now)


def _still_draft(version: PlanVersion) -> None:
    if version.rounds.exists():
        raise PlanInUse
    if version.state != PlanState.DRAFT:
        raise PlanNoDraft


@transaction.atomic
def next_version(*, version: PlanVersion, why: str, by: Actor, now: datetime) -> PlanVersion:
    """The next version of a plan as a draft, to begin with the same as this one."""
    require_may_edit(by, version.path)
    said = _said(why)
    # One at a time: two drafts of one plan would part and never meet again.
    rows = list(PlanVersion.objects.select_for_update().filter(code=version.code).order_by("number"))
    for row in rows:
        if row.state == PlanState.DRAFT:
            raise PlanDraftThere(number=row.number)
    fields = {**_fields(version.text), "why": said, "path": version.path}
    made = _add(version.code, rows[-1].number + 1, fields, by=by, now=now)
    if made is None:
        raise PlanChangedMeanwhile
    return made


@transaction.atomic
def make_ready(*, version: PlanVersion, seen: datetime, by: Actor, now: datetime) -> None:
    """Rounds may use it from now on, and it changes no more. Raises PlanHasProblems."""
    require_may_edit(by, version.path)
    _still_draft(version)
    grave = [one for one in problems(toml(version.text)) if one.grave]
    if grave:
        raise PlanHasProblems(grave)
    still = {"state": PlanState.DRAFT, "changed_at": seen}
    if not change(version, still=still, to={"state": PlanState.READY, "changed_at": now}):
        raise PlanChangedMeanwhile
    _tell(PlanReadied, version, by=by, now=now)


@transaction.atomic
def retire_plan(*, version: PlanVersion, by: Actor, now: datetime) -> None:
    """No new round may use it; those that do keep it."""
    require_may_edit(by, version.path)
    if not change(version, still={"state": version.state}, to={"state": PlanState.RETIRED, "changed_at": now}):
        raise PlanChangedMeanwhile
    _tell(PlanRetired, version, by=by, now=now)
