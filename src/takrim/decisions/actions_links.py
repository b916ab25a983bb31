"""What a decision is about is noted, and cases are opened from it."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from takrim.base.clock import local_date
from takrim.cases.actions_intake import Place, receive
from takrim.cases.models import Case
from takrim.channels.channel import Intake
from takrim.decisions.doers import require_keeper
from takrim.decisions.events import CaseDone, CaseOpened, Linked, Unlinked
from takrim.decisions.links import Target, Thing, check
from takrim.decisions.models import OPEN_STATES, Decision, Link, Relation
from takrim.decisions.moves import DecisionCannotMove, DecisionMovedMeanwhile
from takrim.decisions.order import hold
from takrim.decisions.settling import settle
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit


def _named(kind: str, code: str) -> str:
    """The thing as the journal calls it; a directive that is kept here is called so already."""
    return code if code.startswith(f"{kind}:") else f"{kind}:{code}"


@transaction.atomic
def link(*, decision: Decision, target: Target, by: Actor, now: datetime) -> Link:
    """The decision is about this. Linked twice it is linked once, with the relation said last."""
    require_keeper(decision.body_id, by, local_date(now))
    check(decision, target)
    made, _new = Link.objects.update_or_create(
        decision=decision,
        kind=target.kind,
        code=target.code,
        defaults={"relation": target.relation, "at": now, "by": by.code},
    )
    event = Linked(
        body=decision.body_id,
        unit=decision.unit_path,
        to=_named(target.kind, target.code),
        relation=target.relation,
    )
    record(event, on=decision.subject, unit_path=decision.unit_path, by=by, at=now)
    return made


@transaction.atomic
def unlink(*, link: Link, by: Actor, now: datetime) -> None:
    """It was linked by mistake. A case that was opened from the decision stays with it."""
    decision = link.decision
    require_keeper(decision.body_id, by, local_date(now))
    gone, _rows = Link.objects.filter(pk=link.pk).exclude(relation=Relation.OPENED).delete()
    if not gone:
        raise DecisionMovedMeanwhile
    event = Unlinked(body=decision.body_id, unit=decision.unit_path, to=_named(link.kind, link.code))
    record(event, on=decision.subject, unit_path=decision.unit_path, by=by, at=now)


@transaction.atomic
def name_rights(*, decision: Decision, chosen: Collection[str], by: Actor, now: datetime) -> None:
    """These rights of citizens, and no others, are concerned."""
    named = {one.code: one for one in Link.objects.filter(decision=decision, kind=Thing.RIGHT)}
    for code in sorted(set(chosen) - named.keys()):
        link(decision=decision, target=Target(Thing.RIGHT, code), by=by, now=now)
    for code in sorted(named.keys() - set(chosen)):
        unlink(link=named[code], by=by, now=now)


@transaction.atomic
def open_case(*, decision: Decision, unit: Unit, kind: str, subject: str, text: str, by: Actor, now: datetime) -> Case:
    """A case comes of the decision: `unit` owes its answer, and the decision is fulfilled when that is given."""
    require_keeper(decision.body_id, by, local_date(now))
    hold(decision, unit.path)
    if decision.state not in OPEN_STATES:
        raise DecisionCannotMove(state=decision.state, move="case")
    intake = Intake(
        channel="internal", kind=kind, key=f"{decision.subject}:{secrets.token_hex(8)}", text=text, subject=subject
    )
    case = receive(intake=intake, place=Place(unit=unit), by=by, now=now)
    Link.objects.create(
        decision=decision, kind=Thing.CASE, code=case.code, relation=Relation.OPENED, at=now, by=by.code
    )
    event = CaseOpened(body=decision.body_id, unit=decision.unit_path, case=case.code)
    record(event, on=decision.subject, unit_path=decision.unit_path, by=by, at=now)
    settle(decision, by=by, now=now)
    return case


@transaction.atomic
def case_done(*, link: Link, by: Actor, now: datetime) -> None:
    """A case that the decision had opened owes nothing more."""
    decision = link.decision
    hold(decision)
    if Link.objects.filter(pk=link.pk, done_at=None).update(done_at=now) != 1:
        return
    event = CaseDone(body=decision.body_id, unit=decision.unit_path, case=link.code)
    record(event, on=decision.subject, unit_path=decision.unit_path, by=by, at=now)
    settle(decision, by=by, now=now)
