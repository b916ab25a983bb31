"""The steps of the case page: when each is offered, what it asks, which deed it does."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases import (
    actions_answer,
    actions_end,
    actions_intake,
    actions_merge,
    actions_notices,
    actions_work,
    reads,
)
from takrim.cases.actions_answer import Words
from takrim.cases.models import Answer, Case, State
from takrim.cases.moves import CaseMovedMeanwhile, Move
from takrim.duties import actions_assign
from takrim.duties.models import Duty
from takrim.evidence.actions import Upload, hand_in, keep
from takrim.orgs.powers import Power
from takrim.web.staff import case_forms as forms
from takrim.web.staff.answer_forms import AtOnceForm
from takrim.web.staff.matter import Matter
from takrim.web.staff.step import Data, Step
from takrim.web.staff.steps_delivery import DELIVERY_STEPS
from takrim.web.staff.steps_objection import OBJECTION_STEPS
from takrim.web.staff.steps_rights import RIGHTS_STEPS
from takrim.web.staff.steps_route import ROUTE_STEPS
from takrim.web.staff.steps_time import TIME_STEPS


class UnknownOriginal(Refusal):
    code = "unknown_original"
    status = 422
    message = _("No case with this number is known to your office. Check the number.")


def _version(matter: Matter) -> Answer:
    answer = reads.ANSWERS.first(case_id=matter.case.pk)
    if answer is None:
        raise CaseMovedMeanwhile
    # The deed moves the case that the page has read, so that a colleague who was faster is noticed.
    answer.case = matter.case
    return answer


def _words(data: Data) -> Words:
    names = ("outcome", "text", "reason", "legal_ground", "next_step", "begun_with")
    return Words(**{name: data[name] for name in names})


def _assign(matter: Matter, data: Data) -> Duty:
    duty = _workload(matter)
    post = next((seat.post for seat in matter.seats if seat.post.pk == data["post"]), None)
    if post is None:
        raise actions_assign.NotOfThisOffice
    return actions_assign.assign(
        duty=duty,
        post=post,
        difficulty=data["difficulty"],
        kind=matter.case.kind,
        by=matter.actor,
        now=matter.now,
    )


def _take(matter: Matter, data: Data) -> Duty:
    return actions_assign.take(duty=_workload(matter), kind=matter.case.kind, by=matter.actor, now=matter.now)


def _workload(matter: Matter) -> Duty:
    if matter.workload is None:
        raise CaseMovedMeanwhile
    return matter.workload


def _may_take(matter: Matter) -> bool:
    duty, actor = matter.workload, matter.actor
    if duty is None or duty.assignee_id is not None or actor.may(Power.DUTY_ASSIGN):
        return False
    return duty.unit_path == actor.unit_path and actor.may(Power.DUTY_ANSWER)


def _attach(matter: Matter, data: Data) -> None:
    matter.actor.require(Power.CASE_NOTE)
    uploads: list[Upload] = data["uploads"]
    # All are stored before one is told of: a file that is refused leaves none of them half handed in.
    stored = [(keep(upload=upload, now=matter.now), upload.name) for upload in uploads]
    for file, name in stored:
        hand_in(
            subject=matter.case.code,
            unit_path=matter.case.unit_path,
            stored=file,
            name=name,
            by=matter.actor,
            now=matter.now,
            shown_to_party=data["shown"],
        )


def _duplicate(matter: Matter, data: Data) -> Case:
    original = matter.desk.cases().filter(code=data["original"]).first()
    if original is None:
        raise UnknownOriginal
    return actions_end.mark_duplicate(case=matter.case, original=original, by=matter.actor, now=matter.now)


def _draft(matter: Matter, data: Data) -> Answer:
    deed = actions_answer.draft_and_submit if data.get("hand_in") else actions_answer.draft
    return deed(case=matter.case, words=_words(data), by=matter.actor, now=matter.now)


def _drafted(result: object) -> str | Promise:
    if isinstance(result, Answer) and result.submitted_at is not None:
        return _("The draft was handed in for approval.")
    return _("The draft was saved.")


def _given(result: object) -> str | Promise:
    if isinstance(result, Answer) and result.delivered_at is None:
        return _("The answer is signed and has its number. It counts as delivered once its arrival is proven.")
    return _("The answer was given. What your office owed is done.")


def _may_draft(matter: Matter) -> bool:
    return matter.may(Move.DRAFT) and not matter.objected_to_us


STEPS: dict[str, Step] = {
    "submit": Step(
        title=_("Hand in for approval"),
        icon="approve",
        done=_("The draft was handed in for approval."),
        offered=lambda matter: matter.may(Move.SUBMIT),
        run=lambda matter, data: actions_answer.submit(answer=_version(matter), by=matter.actor, now=matter.now),
        of_version=True,
    ),
    **OBJECTION_STEPS,
    "let_through": Step(
        title=_("Hand in despite the check"),
        icon="approve",
        done=_("The draft was handed in on your word. Your reason is kept with it."),
        offered=lambda matter: matter.may(Move.SUBMIT) and matter.actor.may(Power.CASE_APPROVE),
        run=lambda matter, data: actions_answer.let_through(
            answer=_version(matter), why=data["why"], by=matter.actor, now=matter.now
        ),
        form=forms.LetThroughForm,
        rare=True,
        of_version=True,
    ),
    "approve": Step(
        title=_("Approve"),
        icon="approve",
        done=_("You signed the answer. With the last signature it has its number and can be delivered."),
        offered=lambda matter: matter.may(Move.APPROVE) and not matter.wrote_it and matter.signs_next,
        run=lambda matter, data: actions_answer.approve(answer=_version(matter), by=matter.actor, now=matter.now),
        of_version=True,
    ),
    **DELIVERY_STEPS,
    "send_back": Step(
        title=_("Send the draft back"),
        icon="reopen",
        done=_("The draft was sent back."),
        offered=lambda matter: matter.may(Move.SEND_BACK) and not matter.went_out,
        run=lambda matter, data: actions_answer.send_back(
            answer=_version(matter), why=data["why"], by=matter.actor, now=matter.now
        ),
        form=forms.SendBackForm,
        of_version=True,
    ),
    "draft": Step(
        title=_("Write the answer"),
        icon="draft",
        button=_("Save the draft"),
        done=_("The draft was saved."),
        told=_drafted,
        offered=_may_draft,
        run=_draft,
        form=forms.WordsForm,
        of_version=True,
    ),
    **ROUTE_STEPS,
    **TIME_STEPS,
    **RIGHTS_STEPS,
    "complete": Step(
        title=_("Add what was missing"),
        icon="plus",
        button=_("Add"),
        done=_("What was missing was added."),
        offered=lambda matter: matter.may(Move.COMPLETE),
        run=lambda matter, data: actions_intake.complete(
            case=matter.case, text=data["text"], by=matter.actor, now=matter.now
        ),
        form=forms.CompleteForm,
    ),
    "note": Step(
        title=_("Write a note"),
        icon="note",
        button=_("Keep the note"),
        done=_("The note was written."),
        offered=lambda matter: matter.actor.may(Power.CASE_NOTE),
        run=lambda matter, data: actions_notices.note_to(
            case=matter.case,
            text=data["text"],
            mentioned=[int(person) for person in data["mentioned"]],
            by=matter.actor,
            now=matter.now,
        ),
        form=forms.NoteForm,
    ),
    "attach": Step(
        title=_("Attach files"),
        icon="attach",
        done=_("The files were attached."),
        offered=lambda matter: matter.actor.may(Power.CASE_NOTE),
        run=_attach,
        form=forms.AttachForm,
        rare=True,
    ),
    "ask": Step(
        title=_("Ask for completion"),
        icon="help",
        done=_("The applicant is asked to complete the case."),
        offered=lambda matter: matter.may(Move.ASK),
        run=lambda matter, data: actions_intake.ask_completion(
            case=matter.case, what=data["what"], by=matter.actor, now=matter.now
        ),
        form=forms.AskForm,
    ),
    "at_once": Step(
        title=_("Answer at once"),
        icon="fast",
        button=_("Approve and deliver now"),
        done=_("The answer was given. What your office owed is done."),
        told=_given,
        # While an objection waits for its decision nothing can be answered.
        offered=lambda matter: _may_draft(matter) and matter.undecided is None and matter.actor.may(Power.CASE_APPROVE),
        run=lambda matter, data: actions_answer.answer_at_once(
            case=matter.case,
            words=_words(data),
            how=data["how"],
            by=matter.actor,
            now=matter.now,
            anyway=data["anyway"],
            proof=data["proof"],
        ),
        form=AtOnceForm,
        of_version=True,
    ),
    "take": Step(
        title=_("Take it myself"),
        icon="person",
        done=_("It is yours now: it stands under “My work”."),
        offered=_may_take,
        run=_take,
    ),
    "assign": Step(
        title=_("Give to a colleague"),
        icon="people",
        button=_("Give"),
        done=_("The colleague has it now."),
        offered=lambda matter: matter.workload is not None and matter.actor.may(Power.DUTY_ASSIGN),
        run=_assign,
        form=forms.AssignForm,
        rare=True,
    ),
    "close": Step(
        title=_("Close the case"),
        icon="archive",
        done=_("The case was closed."),
        offered=lambda matter: matter.may(Move.CLOSE),
        run=lambda matter, data: actions_end.close(case=matter.case, by=matter.actor, now=matter.now),
        rare=True,
    ),
    "duplicate": Step(
        title=_("Mark as a duplicate"),
        icon="duplicate",
        done=_("The case was joined to the earlier one."),
        offered=lambda matter: matter.may(Move.MARK_DUPLICATE),
        run=_duplicate,
        form=forms.DuplicateForm,
        rare=True,
    ),
    "separate": Step(
        title=_("Not a repetition: separate it"),
        icon="reopen",
        done=_("The case is by itself again. Its answer is owed by the date promised at first."),
        offered=lambda matter: matter.may(Move.SEPARATE),
        run=lambda matter, data: actions_merge.separate(case=matter.case, by=matter.actor, now=matter.now),
        rare=True,
    ),
    "refuse": Step(
        title=_("Refuse with a reason"),
        icon="refused",
        done=_("The case was refused and the reason kept for the applicant."),
        offered=lambda matter: matter.may(Move.REFUSE),
        run=lambda matter, data: actions_end.refuse(
            case=matter.case, reason=data["reason"], by=matter.actor, now=matter.now
        ),
        form=forms.RefuseForm,
        rare=True,
    ),
    "reply": Step(
        title=_("Reply to the referral"),
        icon="reply",
        button=_("Send the reply"),
        done=_("The reply was sent to the office that asked."),
        offered=lambda matter: any(matter.owed_by_us(duty) for duty in matter.referrals),
        run=lambda matter, data: actions_work.reply(
            case=matter.case, duty=data["duty"], text=data["text"], by=matter.actor, now=matter.now
        ),
        form=forms.ReplyForm,
        of_duty=True,
    ),
    "accept_reply": Step(
        title=_("Accept the reply"),
        icon="check",
        done=_("The reply was accepted."),
        offered=lambda matter: any(matter.judged_by_us(duty) for duty in matter.referrals),
        run=lambda matter, data: actions_work.accept_reply(
            case=matter.case, duty=data["duty"], by=matter.actor, now=matter.now
        ),
        of_duty=True,
    ),
    "return_reply": Step(
        title=_("Send the reply back"),
        icon="reopen",
        done=_("The reply was sent back."),
        offered=lambda matter: any(matter.judged_by_us(duty) for duty in matter.referrals),
        run=lambda matter, data: actions_work.return_reply(
            case=matter.case, duty=data["duty"], reason=data["reason"], by=matter.actor, now=matter.now
        ),
        form=forms.ReturnForm,
        of_duty=True,
    ),
}

# In each state the step that most often comes next.
_NEXT = {
    State.DRAFTED: "submit",
    State.AWAITING_APPROVAL: "approve",
    State.APPROVED: "deliver",
    State.AWAITING_COMPLETION: "complete",
    State.ANSWERED: "close",
    State.TRANSFERRED: "take_over",
}


def likely(matter: Matter, offered: list[str]) -> str:
    """The step that the page puts first."""
    wanted = _NEXT.get(State(matter.case.state), "draft")
    return wanted if wanted in offered else next(iter(offered), "")
