"""A case as its page needs it: each part is read once, and only if the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404

from takrim.base import clock
from takrim.cases import delivery, reads, signing, templates_for
from takrim.cases.actions_rights import RightsNamed
from takrim.cases.conflict import Shields
from takrim.cases.events import Inquired, Noted
from takrim.cases.models import Answer, Case, Note, Objection, State
from takrim.cases.models_delivery import Attempt
from takrim.cases.models_partners import Inquiry
from takrim.cases.models_rights import rights_of
from takrim.cases.models_templates import AnswerTemplate
from takrim.cases.moves import Move, answers_for, possible
from takrim.cases.objections import may_decide
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.evidence.actions import Attached
from takrim.evidence.models import Evidence
from takrim.journal.tell import Line, timeline
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import ROLES, Power
from takrim.orgs.presence import Seat
from takrim.web.desk import Desk


@dataclass
class Matter:
    """One case on one desk at one moment."""

    desk: Desk
    case: Case
    now: datetime
    # Whether a new draft begins with the replies to the referrals.
    from_replies: bool = False
    # The template that a new draft begins with, by its number as the address names it.
    begins_with: str = ""

    @property
    def actor(self) -> Actor:
        return self.desk.actor

    @cached_property
    def duties(self) -> list[Duty]:
        """All that is or was owed about it, oldest first."""
        return reads.DUTIES(code=self.case.code)

    @cached_property
    def final(self) -> Duty | None:
        """The answer owed now, or the last one that was."""
        return next((duty for duty in reversed(self.duties) if duty.kind == "final_answer"), None)

    @cached_property
    def referrals(self) -> list[Duty]:
        """What was asked of others: offices, bodies outside, the office that a case was transferred to."""
        return [duty for duty in self.duties if duty.kind in {"referral", "inquiry", "transfer"}]

    @cached_property
    def replies(self) -> list[Duty]:
        """Replies of offices and bodies outside that an answer can be made of."""
        return [duty for duty in self.referrals if duty.answered_at and duty.answer and duty.kind != "transfer"]

    @cached_property
    def inquiries(self) -> dict[int, Inquiry]:
        """What was asked of bodies outside, by the duty."""
        if Inquired.verb not in self.happened:
            return {}
        found = self.case.inquiries.select_related("partner", "duty")
        return {inquiry.duty_id: inquiry for inquiry in found}

    @cached_property
    def transferred_away(self) -> bool:
        """Whether our office has given the case to the one that owes the answer."""
        ours = [duty for duty in self.duties if duty.kind == "transfer" and duty.state != DutyState.WITHDRAWN]
        return not self.ours and any(is_under(duty.judge_path, self.actor.unit_path) for duty in ours)

    @cached_property
    def answers(self) -> list[Answer]:
        """All versions of the answer, newest first."""
        return reads.ANSWERS(case_id=self.case.pk)

    @property
    def latest(self) -> Answer | None:
        return self.answers[0] if self.answers else None

    @cached_property
    def templates(self) -> list[AnswerTemplate]:
        """Templates that fit an answer to it."""
        return templates_for.offered(self.case)

    @property
    def template(self) -> AnswerTemplate | None:
        """The one that a new draft begins with."""
        if not self.begins_with:
            return None
        return next((one for one in self.templates if str(one.pk) == self.begins_with), None)

    @cached_property
    def attempts(self) -> list[Attempt]:
        """How it was tried to deliver the answers, newest first. No query before one was signed."""
        return delivery.ATTEMPTS(case_id=self.case.pk) if any(one.approved_at for one in self.answers) else []

    @property
    def on_its_way(self) -> Attempt | None:
        """The attempt of which nobody has said yet how it went."""
        return next((one for one in self.attempts if one.reached_at is None and one.failed_at is None), None)

    @property
    def posted(self) -> Attempt | None:
        """What the post has and an officer must say about."""
        waiting = self.on_its_way
        return waiting if waiting is not None and waiting.way == delivery.POST else None

    @property
    def went_out(self) -> bool:
        """Whether the newest version was signed and tried to deliver: it is not taken back any more."""
        latest = self.latest
        return latest is not None and any(one.answer_id == latest.pk for one in self.attempts)

    @property
    def tried_in_vain(self) -> int:
        """How often the newest version was tried in vain."""
        latest = self.latest
        return sum(one.failed_at is not None for one in self.attempts if latest and one.answer_id == latest.pk)

    @cached_property
    def notes(self) -> list[Note]:
        return reads.NOTES(case_id=self.case.pk) if Noted.verb in self.happened else []

    @cached_property
    def rights(self) -> list[str] | None:
        """The rights of citizens that somebody has named; None while nobody has."""
        return rights_of(self.case) if RightsNamed.verb in self.happened else None

    @cached_property
    def objections(self) -> list[Objection]:
        return list(self.case.objections.order_by("id")) if self.case.reopened else []

    @property
    def undecided(self) -> Objection | None:
        """The objection that waits for a decision."""
        return next((objection for objection in self.objections if objection.decided_at is None), None)

    @property
    def decides(self) -> bool:
        """Whether the person at this desk may decide on that objection."""
        waiting = self.undecided
        answer = next((one for one in self.answers if waiting and one.pk == waiting.answer_id), None)
        return answer is not None and self.ours and may_decide(self.case, answer, self.actor)

    @cached_property
    def files(self) -> list[Evidence]:
        return reads.FILES(code=self.case.code) if Attached.verb in self.happened else []

    @cached_property
    def lines(self) -> list[Line]:
        """The journal, newest first."""
        return timeline(self.case.code)[::-1]

    @cached_property
    def happened(self) -> frozenset[str]:
        """Everything that happens is in the journal: what is not there need not be looked for."""
        return frozenset(line.verb for line in self.lines)

    @cached_property
    def earlier(self) -> list[dict[str, Any]]:
        """Other cases of the same person, as far as this desk reaches."""
        return self.desk.others_of_party(self.case)

    @cached_property
    def ours(self) -> bool:
        """Whether our office (or one below it) owes the final answer."""
        return answers_for(self.case, self.actor)

    @cached_property
    def workload(self) -> Duty | None:
        """What our office still owes here, to be given to a colleague: its own part before that of those below."""
        owed = [duty for duty in self.duties if duty.owed and duty.answered_at is None]
        ours = [duty for duty in owed if is_under(duty.unit_path, self.actor.unit_path)]
        return min(ours, key=lambda duty: (duty.unit_path != self.actor.unit_path, duty.pk), default=None)

    @cached_property
    def seats(self) -> list[Seat]:
        """The colleagues who can do it."""
        duty = self.workload
        if duty is None:
            return []
        seats = self.desk.colleagues_at(duty.unit_id, clock.local_date(self.now))
        return [seat for seat in seats if Power.DUTY_ANSWER in ROLES.get(seat.post.role, frozenset())]

    @cached_property
    def shields(self) -> Shields:
        """From whom it is kept. No query for a case that is about nobody."""
        return Shields.of([self.case.code]) if self.case.shielded else Shields({})

    @property
    def offered_seats(self) -> list[Seat]:
        """The colleagues to whom it may be given: neither they nor who stands in for them are whom it is about."""
        return [seat for seat in self.seats if not any(self._kept_from(seat, person) for person in seat.people)]

    def kept_from_office(self, path: str) -> bool:
        """Whether it may not go to an office."""
        return self.shields.keep(self.case.code, path, 0)

    def _kept_from(self, seat: Seat, person: int) -> bool:
        return self.shields.keep(self.case.code, seat.post.unit.path, person)

    @cached_property
    def assigned(self) -> Seat | None:
        """Who in our office has it."""
        given = self.workload.assignee_id if self.workload else None
        return next((seat for seat in self.seats if seat.post.pk == given), None) if given else None

    @property
    def may_refer(self) -> bool:
        """Whether we may say whom the case is about."""
        return self.ours and self.actor.may(Power.CASE_REFER)

    def may(self, step: Move) -> bool:
        return possible(self.case, step, self.actor)

    def owed_by_us(self, duty: Duty) -> bool:
        """A referral that our office still has to reply to."""
        open_still = duty.kind == "referral" and duty.state in {DutyState.OPEN, DutyState.RETURNED}
        return open_still and is_under(duty.unit_path, self.actor.unit_path) and self.actor.may(Power.DUTY_ANSWER)

    def judged_by_us(self, duty: Duty) -> bool:
        """A reply that our office asked for and has to judge."""
        asked = is_under(duty.judge_path or self.case.unit_path, self.actor.unit_path)
        return duty.state == DutyState.ANSWERED and asked and self.actor.may(Power.DUTY_JUDGE)

    @property
    def wrote_it(self) -> bool:
        """Whether the person at this desk wrote the newest version, which another must approve."""
        return self.latest is not None and self.latest.drafted_by == self.actor.code

    @property
    def awaited_level(self) -> str:
        """The role whose signature the newest version waits for; "" when it waits for none."""
        latest = self.latest
        if latest is None or latest.approved_at or latest.sent_back_at or not latest.submitted_at:
            return ""
        needed = signing.levels(self.case.kind, latest.outcome)
        return needed[latest.signed] if latest.signed < len(needed) else ""

    @property
    def signs_next(self) -> bool:
        """Whether the next signature is that of the person at this desk."""
        latest = self.latest
        if latest is None or not self.awaited_level:
            return False
        needed = signing.levels(self.case.kind, latest.outcome)
        return signing.reached(needed, latest.signed, self.actor) > latest.signed and self.actor.code not in {
            signature["by"] for signature in latest.signatures
        }

    @property
    def objected_to_us(self) -> bool:
        """Whether the applicant objected to an answer of the person at this desk: another answers now."""
        mine = {answer.pk for answer in self.answers if answer.drafted_by == self.actor.code}
        return any(objection.answer_id in mine for objection in self.objections)

    @property
    def ended_without_answer(self) -> bool:
        return self.case.state in {State.REFUSED, State.DUPLICATE, State.WITHDRAWN}


def open_matter(desk: Desk, code: str, now: datetime) -> Matter:
    """The case with this code if it can be reached from the desk; a 404 otherwise."""
    case = desk.case(code)
    if case is None:
        raise Http404
    return Matter(desk, case, now)
