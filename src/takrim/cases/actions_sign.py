"""Who signs an answer: level by level, nobody twice or a draft of their own; the last signature gives its number."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.actions_intake import told
from takrim.cases.actions_number import draw, fingerprint
from takrim.cases.events import Endorsed
from takrim.cases.models import Answer, State
from takrim.cases.moves import CaseCannotMove, CaseMovedMeanwhile, Move, NotYours, answers_for
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.rows import SOME, change


class OwnDraft(Refusal):
    code = "own_draft"
    message = _("You wrote this draft yourself. Another person must approve it.")


class HigherSignature(Refusal):
    code = "higher_signature"
    status = 403
    message = _("The next signature on this answer is that of: {post}. Leave it to them or to who stands higher.")


class SignedAlready(Refusal):
    code = "signed_already"
    message = _("You have signed this answer already. The next signature must be another person's.")


# A version that was handed in and not sent back; an older one that lies about is never approved by mistake.
HANDED_IN: dict[str, object] = {"submitted_at": SOME, "sent_back_at": None}


def change_version(answer: Answer, *, still: dict[str, object], changes: dict[str, object]) -> None:
    if not change(answer, still=still, to=changes):
        raise CaseMovedMeanwhile


def _signatures(answer: Answer, by: Actor, now: datetime) -> list[dict[str, str]]:
    one = {"by": by.code, "name": by.name, "post": by.post, "at": now.isoformat()}
    return [*answer.signatures, one | ({"for": by.substitute_for} if by.substitute_for else {})]


def endorse(answer: Answer, reached: int, *, still: dict[str, object], by: Actor, now: datetime) -> Answer:
    """One of several signatures; the case goes on waiting for the next."""
    case = answer.case
    if not answers_for(case, by):
        raise NotYours
    if case.state != State.AWAITING_APPROVAL:
        raise CaseCannotMove(state=case.state, move=Move.APPROVE)
    change_version(answer, still=still, changes={"signed": reached, "signatures": _signatures(answer, by, now)})
    event = Endorsed(**told(case), number=answer.number, signed=reached)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    return answer


def sign(answer: Answer, reached: int, *, still: dict[str, object], by: Actor, now: datetime) -> None:
    """The last signature: name, post, number and fingerprint, all at once."""
    changes: dict[str, object] = {
        "signed": reached,
        "signatures": _signatures(answer, by, now),
        "approved_at": now,
        "approved_by": by.code,
        "approved_name": by.name,
        "approved_post": by.post,
    }
    # What was signed elsewhere has its number there.
    if by.is_staff:
        drawn = draw(case=answer.case, now=now)
        changes |= {
            "register_path": drawn.unit_path,
            "register_year": drawn.year,
            "serial": drawn.serial,
            "letter_number": drawn.text,
        }
    changes["fingerprint"] = fingerprint(answer.case.code, {**vars(answer), **changes})
    change_version(answer, still=still, changes=changes)
