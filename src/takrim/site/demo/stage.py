"""Lets the steps happen, each by its real deed with its own actor and moment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from random import Random
from typing import Any

from takrim.base.workdays import Length
from takrim.cases import (
    actions_answer,
    actions_end,
    actions_intake,
    actions_objection,
    actions_send,
    actions_transfer,
    actions_work,
    signing,
)
from takrim.cases.actions_checklist import may_tick, tick
from takrim.cases.actions_rights import name_rights
from takrim.cases.checking import checklist_of
from takrim.cases.delivery import IN_PERSON, PHONE, POST, SENT, attempts_of
from takrim.cases.gate import TooEmpty
from takrim.cases.models import Answer, Case
from takrim.cases.objections import level_above
from takrim.cases.rights import suggested
from takrim.channels.channel import Intake
from takrim.duties.actions_clocks import extend, extendable
from takrim.duties.models import Duty
from takrim.evidence.actions import Upload, hand_in, keep
from takrim.evidence.models import StoredFile
from takrim.orgs.actor import Actor, holder, system
from takrim.orgs.models import Unit
from takrim.site.demo.papers import draw_paper
from takrim.site.demo.services import Services
from takrim.site.demo.staff import Staff
from takrim.site.demo.steps import CLOSER, HOLDER, Do, Opening, Step
from takrim.site.demo.voices import Marked, speak

# Why a head lets an answer through that is like an earlier one of the same clerk.
_SAME_MATTER = "موضوع و نتیجه با پرونده پیشین یکی است و همین متن درست است."

# How much more time is given at once.
_MORE_TIME = Length.parse("5 working_days")

# What proves a delivery, by its way.
_PROOFS = {
    "sms": "outbox",
    "email": "outbox",
    "paper": "مرسوله {number}، امضای گیرنده",
    "in_person": "متقاضی دریافت و امضا کرد",
    "phone": "با خود متقاضی گفت‌وگو شد",
}

_IN_VAIN = {
    Do.COME_BACK: "به فرستنده برگشت: گیرنده از نشانی رفته است.",
    Do.VISIT: "در نشانی ثبت‌شده کسی نبود؛ همسایه گفت هفته آینده برمی‌گردد.",
    Do.PHONE: "دو بار تماس گرفته شد؛ کسی پاسخ نداد.",
}


def _consignment(step: Step) -> int:
    return 21_047_600_200_000 + 37 * step.story


# Of these the rights of citizens are named when they are taken up.
_ABOUT_RIGHTS = frozenset({"complaint", "objection"})


class Stage:
    """The cases as they stand while the steps go by."""

    def __init__(
        self, *, random: Random, staff: Staff, services: Services, papers: Sequence[Mapping[str, Any]], seed: int
    ) -> None:
        self.random, self.services, self.papers, self.seed = random, services, papers, seed
        self.actors: dict[str, Actor] = {**staff.actors, HOLDER: holder(), CLOSER: system(CLOSER)}
        self.units = {unit.path: unit for unit in Unit.objects.all()}
        self.staff = staff
        self.played = 0
        self.cases: dict[int, Case] = {}
        self.asked: dict[tuple[int, int], Duty] = {}
        self.drafts: dict[int, Answer] = {}
        self.files: dict[int, StoredFile] = {}
        self.deeds: dict[Do, Callable[[Case, Step, Actor], object]] = {
            Do.REVIEW: self._review,
            Do.NOTE: self._note,
            Do.ASK: self._ask,
            Do.COMPLETE: self._complete,
            Do.REFER: self._refer,
            Do.REPLY: self._reply,
            Do.RETURN: self._return,
            Do.ACCEPT: self._accept,
            Do.DRAFT: self._draft,
            Do.SUBMIT: self._submit,
            Do.SEND_BACK: self._send_back,
            Do.APPROVE: self._approve,
            Do.SEND: self._send,
            Do.COME_BACK: self._come_back,
            Do.VISIT: self._in_vain,
            Do.PHONE: self._in_vain,
            Do.DELIVER: self._deliver,
            Do.AT_ONCE: self._at_once,
            Do.JUDGE: self._judge,
            Do.OBJECT: self._object,
            Do.UPHOLD: self._uphold,
            Do.CLOSE: self._close,
            Do.REFUSE: self._refuse,
            Do.DUPLICATE: self._duplicate,
            Do.WITHDRAW: self._withdraw,
            Do.EXTEND: self._extend,
            Do.TRANSFER: self._transfer,
            Do.TAKE_OVER: self._take_over,
        }

    def play(self, step: Step) -> None:
        """Let one step happen."""
        by = self.actors[step.by]
        self.played += 1
        if step.do is Do.RECEIVE:
            self.cases[step.story] = self._receive(step, by)
        else:
            self.deeds[step.do](self.cases[step.story], step, by)

    def _receive(self, step: Step, by: Actor) -> Case:
        opening: Opening = step.data["opening"]
        intake = Intake(
            channel=opening.voice.channel,
            kind=opening.voice.kind,
            key=f"demonstration:{self.seed}:{step.story}",
            text=step.data["text"],
            subject=step.data["subject"],
            sender=opening.sender,
        )
        card = self.services.at(opening.voice.card.card, step.at) if opening.with_card else None
        place = actions_intake.Place(unit=self.units[opening.path], card=card)
        case = actions_intake.receive(intake=intake, place=place, by=by, now=step.at)
        self._attach(case, step, by)
        return case

    def _attach(self, case: Case, step: Step, by: Actor) -> None:
        number: int | None = step.data.get("paper")
        if number is None:
            return
        paper, now = self.papers[number], step.at
        if number not in self.files:
            upload = Upload(paper["name"], [draw_paper(self.random, paper)])
            self.files[number] = keep(upload=upload, now=now)
        stored = self.files[number]
        hand_in(
            subject=case.code, unit_path=case.unit_path, stored=stored, name=paper["name"], by=by, now=now,
            shown_to_party=True,
        )  # fmt: skip

    def _review(self, case: Case, step: Step, by: Actor) -> None:
        actions_work.take_up(case=case, by=by, now=step.at)
        if case.kind in _ABOUT_RIGHTS:
            card = case.card.card.code if case.card else ""
            name_rights(case=case, chosen=suggested(case.kind, card), by=by, now=step.at)

    def _note(self, case: Case, step: Step, by: Actor) -> None:
        actions_work.note(case=case, text=step.data["text"], by=by, now=step.at)

    def _ask(self, case: Case, step: Step, by: Actor) -> None:
        actions_intake.ask_completion(case=case, what=step.data["what"], by=by, now=step.at)

    def _complete(self, case: Case, step: Step, by: Actor) -> None:
        actions_intake.complete(case=case, text=step.data["text"], by=by, now=step.at)
        self._attach(case, step, by)

    def _refer(self, case: Case, step: Step, by: Actor) -> None:
        data = step.data
        self.asked[step.story, data["n"]] = actions_work.refer(
            case=case,
            to=self.units[data["path"]],
            task=data["task"],
            length=Length.parse(data["length"]),
            by=by,
            now=step.at,
        )

    def _reply(self, case: Case, step: Step, by: Actor) -> None:
        duty = self.asked[step.story, step.data["n"]]
        actions_work.reply(case=case, duty=duty, text=step.data["text"], by=by, now=step.at)
        # The reply takes the case up again, by its own row.
        case.refresh_from_db(fields=["state"])

    def _return(self, case: Case, step: Step, by: Actor) -> None:
        duty = self.asked[step.story, step.data["n"]]
        actions_work.return_reply(case=case, duty=duty, reason=step.data["reason"], by=by, now=step.at)

    def _accept(self, case: Case, step: Step, by: Actor) -> None:
        duty = self.asked[step.story, step.data["n"]]
        actions_work.accept_reply(case=case, duty=duty, by=by, now=step.at)

    def _draft(self, case: Case, step: Step, by: Actor) -> None:
        self._check(case, by, step, "some")
        self.drafts[step.story] = actions_answer.draft(case=case, words=step.data["words"], by=by, now=step.at)

    def _submit(self, case: Case, step: Step, by: Actor) -> None:
        answer = self.drafts[step.story]
        self._check(case, by, step, "all")
        try:
            actions_answer.submit(answer=answer, by=by, now=step.at)
        except TooEmpty:
            head = self.staff.superior(case.unit_path, "head") or self.actors[CLOSER]
            case.refresh_from_db(fields=["state"])
            actions_answer.let_through(answer=answer, why=_SAME_MATTER, by=head, now=step.at)

    def _check(self, case: Case, by: Actor, step: Step, how: str) -> None:
        """Go through the case's checklist: its beginning with the first draft, all of it before handing in."""
        checklist = checklist_of(case)
        if checklist is None or not may_tick(case, by):
            return
        items = [item.code for item in checklist.items if item.required or step.story % 2]
        tick(case=case, items=items if how == "all" else items[:2], by=by, now=step.at)

    def _send_back(self, case: Case, step: Step, by: Actor) -> None:
        actions_answer.send_back(answer=self.drafts[step.story], why=step.data["why"], by=by, now=step.at)

    def _approve(self, case: Case, step: Step, by: Actor) -> None:
        answer = self.drafts[step.story]
        hands = _hands(case)
        actions_answer.approve(answer=answer, by=self._fresh(case, by, hands), now=step.at)
        for level in signing.levels(case.kind, answer.outcome)[answer.signed :]:
            above = self.staff.superior(case.unit_path, level, but=hands) or self.actors[CLOSER]
            actions_answer.approve(answer=answer, by=above, now=step.at)

    def _deliver(self, case: Case, step: Step, by: Actor) -> None:
        how = step.data["how"]
        if how in SENT:
            # What was sent was delivered by its carrier's word: in the demonstration by that of the outbox.
            by = self.actors[CLOSER]
        proof = _PROOFS.get(how, "").format(number=_consignment(step))
        actions_answer.deliver(answer=self.drafts[step.story], how=how, proof=proof, by=by, now=step.at)

    def _send(self, case: Case, step: Step, by: Actor) -> None:
        actions_send.send_out(
            answer=self.drafts[step.story], way=POST, proof=f"مرسوله {_consignment(step)}", by=by, now=step.at
        )

    def _come_back(self, case: Case, step: Step, by: Actor) -> None:
        answer = self.drafts[step.story]
        attempt = attempts_of(answer).waiting().get()
        attempt.answer = answer
        actions_send.fail(attempt=attempt, why=_IN_VAIN[step.do], by=by, now=step.at)

    def _in_vain(self, case: Case, step: Step, by: Actor) -> None:
        way = PHONE if step.do is Do.PHONE else IN_PERSON
        answer = self.drafts[step.story]
        actions_send.not_reached(answer=answer, way=way, why=_IN_VAIN[step.do], by=by, now=step.at)

    def _at_once(self, case: Case, step: Step, by: Actor) -> None:
        words, how = step.data["words"], step.data["how"]
        level = signing.levels(case.kind, words.outcome)[-1]
        if not signing.reached((level,), 0, by):
            by = self.staff.superior(case.unit_path, level) or self.actors[CLOSER]
        self._check(case, by, step, "all")
        # Said on the spot, whatever way the person had named.
        spoken = PHONE if how in {*SENT, POST} else how
        actions_answer.answer_at_once(case=case, words=words, how=spoken, by=by, now=step.at, anyway=_SAME_MATTER)

    def _judge(self, case: Case, step: Step, by: Actor) -> None:
        data = step.data
        answer = Answer.objects.get(case=case, number=data["occasion"])
        # The row at hand: later steps go on with it.
        answer.case = case
        speak(answer, Marked(step.story, data["marks"], data["comment"]), by=by, now=step.at)

    def _object(self, case: Case, step: Step, by: Actor) -> None:
        actions_end.object_to(case=case, text=step.data["text"], by=by, now=step.at)

    def _uphold(self, case: Case, step: Step, by: Actor) -> None:
        fresh = self._fresh(case, by, _hands(case))
        actions_objection.uphold(case=case, why=step.data["why"], by=fresh, now=step.at)

    def _fresh(self, case: Case, by: Actor, hands: Collection[str]) -> Actor:
        """`by`, or where a second signature under the first answer was theirs, somebody else of the level above."""
        if by.code not in hands:
            return by
        return self.staff.superior(level_above(case.unit_path), signing.RANKS[0], but=hands) or self.actors[CLOSER]

    def _close(self, case: Case, step: Step, by: Actor) -> None:
        actions_end.close(case=case, by=by, now=step.at)

    def _refuse(self, case: Case, step: Step, by: Actor) -> None:
        actions_end.refuse(case=case, reason=step.data["reason"], by=by, now=step.at)

    def _duplicate(self, case: Case, step: Step, by: Actor) -> None:
        original = self.cases[step.data["original"]]
        actions_end.mark_duplicate(case=case, original=original, by=by, now=step.at)

    def _withdraw(self, case: Case, step: Step, by: Actor) -> None:
        actions_end.withdraw(case=case, reason=step.data["reason"], by=by, now=step.at)

    def _extend(self, case: Case, step: Step, by: Actor) -> None:
        duty = actions_intake.final_duty(case)
        clocks = extendable(duty, by, step.at) if duty else []
        if duty and clocks:
            data = {"regime": clocks[0].regime, "length": _MORE_TIME, "reason": step.data["reason"]}
            extend(duty=duty, by=by, now=step.at, **data)

    def _transfer(self, case: Case, step: Step, by: Actor) -> None:
        to = self.units[step.data["path"]]
        actions_transfer.transfer(case=case, to=to, reason=step.data["reason"], by=by, now=step.at)

    def _take_over(self, case: Case, step: Step, by: Actor) -> None:
        actions_transfer.take_over(case=case, by=by, now=step.at)


def _hands(case: Case) -> set[str]:
    """Codes of all who wrote or signed an answer that was objected to."""
    if not case.reopened:
        return set()
    answers = [objection.answer for objection in case.objections.select_related("answer")]
    return {code for answer in answers for code in (answer.drafted_by, answer.approved_by)}
