"""What an office says of itself in a round: values with their proof, handed in by the last day for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.duties.actions import fulfil
from takrim.duties.models import Duty
from takrim.evaluation import round_events as events
from takrim.evaluation.actions_rounds import SELF_ASSESSMENT
from takrim.evaluation.amounts import typed
from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_values import Column, Value, ValueProof
from takrim.evaluation.round_changes import Said, write
from takrim.evaluation.round_measures import check, plan_of, rows_of
from takrim.evaluation.round_people import require_declares
from takrim.evidence.actions import hand_in as hand_in_file
from takrim.evidence.models import Evidence, StoredFile
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.proofs.models import Action
from takrim.proofs.models import State as ProofState


class DeclaringIsOver(Refusal):
    code = "declaring_is_over"
    message = _("Self-assessment of this round is over, or has not begun; nothing can be declared now.")


class AlreadyHandedIn(Refusal):
    code = "already_handed_in"
    message = _("The self-assessment was handed in and stands as it is.")


class NotYetProven(Refusal):
    code = "not_yet_proven"
    status = 422
    message = _("These values need proof, a file or an accepted action: {titles}.")


class ProofNotAccepted(Refusal):
    code = "proof_not_accepted"
    status = 422
    message = _("Only an accepted proof of your own office can be named here.")


def _require_open(entrant: Entrant, by: Actor, now: datetime) -> None:
    require_declares(entrant, by)
    if not entrant.round.can_declare(local_date(now)):
        raise DeclaringIsOver
    if entrant.declared_at is not None:
        raise AlreadyHandedIn


@transaction.atomic
def declare(*, entrant: Entrant, said: Sequence[Said], by: Actor, now: datetime) -> None:
    """Keep what the office says, as it was typed; each may be changed until it is handed in. Raises BadAmount."""
    _require_open(entrant, by, now)
    rows = {row.code: row for row in rows_of(plan_of(entrant.round.plan))}
    clean = []
    for one in said:
        found = typed(one.text)
        check(rows[one.indicator], found, get_language() or "fa")
        clean.append(Said(indicator=one.indicator, text=str(found) if found else "", why=one.why.strip()))
    new = write(entrant, Column.DECLARED, clean, by=by, now=now)
    if new:
        event = events.Declared(unit=entrant.unit_path, round=entrant.round.code, values=new)
        record(event, on=entrant.subject, unit_path=entrant.unit_path, by=by, at=now)


@transaction.atomic
def attach(*, value: Value, stored: StoredFile, name: str, by: Actor, now: datetime) -> Evidence:
    """A file that proves what was declared."""
    _require_open(value.entrant, by, now)
    return hand_in_file(
        subject=value.subject, unit_path=value.entrant.unit_path, stored=stored, name=name, by=by, now=now
    )


@transaction.atomic
def name_proof(*, value: Value, action: Action, by: Actor, now: datetime) -> None:
    """An action that was proven and accepted proves this as well."""
    _require_open(value.entrant, by, now)
    if action.state != ProofState.ACCEPTED or action.unit_path != value.entrant.unit_path:
        raise ProofNotAccepted
    ValueProof.objects.bulk_create([ValueProof(value=value, action=action)], ignore_conflicts=True)


@transaction.atomic
def leave_proof(*, value: Value, action: Action, by: Actor, now: datetime) -> None:
    """It was named by mistake."""
    _require_open(value.entrant, by, now)
    ValueProof.objects.filter(value=value, action=action).delete()


def unproven(entrant: Entrant) -> list[str]:
    """Codes of what was declared, needs proof and has none. Three queries."""
    asked = {row.code for row in rows_of(plan_of(entrant.round.plan)) if row.proof}
    values = {
        value.subject: value
        for value in Value.objects.filter(entrant=entrant, indicator__in=asked).exclude(declared="")
    }
    # What is not claimed needs no proof.
    claimed = {subject: value for subject, value in values.items() if value.declared != "0"}
    proven = set(Evidence.objects.filter(subject__in=claimed).values_list("subject", flat=True))
    named = set(ValueProof.objects.filter(value__in=claimed.values()).values_list("value_id", flat=True))
    return [value.indicator for subject, value in claimed.items() if subject not in proven and value.pk not in named]


@transaction.atomic
def hand_in(*, entrant: Entrant, note: str, by: Actor, now: datetime) -> Entrant:
    """The self-assessment is complete: from now on it belongs to the assessor."""
    _require_open(entrant, by, now)
    missing = unproven(entrant)
    if missing:
        lang = get_language() or "fa"
        titles = {row.code: row.title(lang) for row in rows_of(plan_of(entrant.round.plan))}
        raise NotYetProven(titles="؛ ".join(titles[code] for code in missing))
    done = {"declared_at": now, "declared_by": by.code, "declared_name": by.name, "note": note.strip()}
    if not change(entrant, still={"declared_at": None}, to=done):
        raise AlreadyHandedIn
    owed = Duty.objects.owed().filter(kind=SELF_ASSESSMENT, about=entrant.subject)
    for duty in owed.order_by("id"):
        fulfil(duty=duty, by=by, now=now, power=Power.ROUND_DECLARE)
    event = events.HandedIn(unit=entrant.unit_path, round=entrant.round.code)
    record(event, on=entrant.subject, unit_path=entrant.unit_path, by=by, at=now)
    return entrant
