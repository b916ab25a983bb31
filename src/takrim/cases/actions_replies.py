"""An SMS that answers a survey: it belongs to the newest survey of that telephone that nobody has answered yet."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from takrim.base import words
from takrim.base.identity import BadMobile, mobile
from takrim.base.persian import clean_text
from takrim.cases.judging import GOOD_MARK, judge, objection_offered
from takrim.cases.models import Answer
from takrim.letters.kind import Address, Draft, Said, mark
from takrim.letters.models import Letter, Way
from takrim.letters.write import write
from takrim.orgs.actor import Actor, holder
from takrim.orgs.powers import Power
from takrim.surveys.actions import SurveyDone
from takrim.surveys.models import Reply, Response
from takrim.surveys.questionnaire import questionnaire
from takrim.surveys.replies import LONGEST, meant

# The kinds of letters: the one that asks, and what goes back; cases/letters/ has their files.
SURVEY, UNCLEAR, BAD, GOOD, THANKS = "survey", "survey_unclear", "survey_bad", "survey_good", "survey_thanks"
TITLE = Said(fa="نظرسنجی تکریم", en="Survey of Takrim")
# None of them names a case: whoever holds the telephone need not be who brought the matter.
UNCLEAR_BODY = Said(
    fa="تکریم: پیام شما را درنیافتیم. لطفاً تنها یک عدد بفرستید: از ۱ (خیلی بد) تا ۵ (خیلی خوب). سپاسگزاریم.",
    en="Takrim: we did not understand your message. Please send one number only: from 1 (very bad) to 5 (very good). "
    "Thank you.",
)
BAD_BODY = Said(
    fa="تکریم: نظر شما ثبت شد. اگر پاسخ را نمی‌پذیرید، تا {last_day} با این پیوند اعتراض کنید:\n{link}",
    en="Takrim: your opinion is recorded. If you do not accept the answer, object until {last_day} by this link:\n"
    "{link}",
)
GOOD_BODY = Said(
    fa="تکریم: سپاسگزاریم، نظر شما ثبت شد. اگر کارمندی کارش را بسیار خوب انجام داد، بگویید:\n{link}",
    en="Takrim: thank you, your opinion is recorded. If an officer did especially well, tell us:\n{link}",
)
THANKS_BODY = Said(fa="تکریم: نظر شما ثبت شد. سپاسگزاریم.", en="Takrim: your opinion is recorded. Thank you.")
BODIES = {UNCLEAR: UNCLEAR_BODY, BAD: BAD_BODY, GOOD: GOOD_BODY, THANKS: THANKS_BODY}
# More than one telephone has; the newest that is not answered is among them.
_MOST_LOOKED_AT = 20


def replies_are_taken() -> bool:
    """Whether an SMS may ask for a number: a key for replies is set, or letters are only laid out to be read."""
    return bool(settings.SMS_REPLY_SECRET) or not settings.SMS_TEMPLATE


def take_reply(*, ref: str, sender: str, text: str, by: Actor, now: datetime) -> Reply | None:
    """Take an SMS that came in. None when one with this number of the provider's was taken before."""
    by.require(Power.OPERATE)
    if Reply.objects.filter(ref=ref).exists():
        return None
    try:
        return _take(ref, sender, clean_text(text)[:LONGEST], by=by, now=now)
    except IntegrityError:
        # The provider sent it twice at once.
        return None


@transaction.atomic
def _take(ref: str, sender: str, text: str, *, by: Actor, now: datetime) -> Reply:
    number, found = _number(sender), meant(text)
    reply = Reply(ref=ref, sender=number or sender[:40], text=text, at=now, mark=found.mark if found else None)
    answer = waiting_survey(number, now) if number else None
    if answer is not None:
        reply.subject, reply.occasion = answer.case.code, answer.number
        if found is None:
            _write_back(UNCLEAR, answer, now)
        elif _judged(answer, found.mark, found.comment, now):
            reply.sender = reply.text = ""
        else:
            reply.subject, reply.occasion = "", None
    reply.save(force_insert=True)
    return reply


def _number(sender: str) -> str:
    try:
        return mobile(sender)
    except BadMobile:
        return ""


def waiting_survey(number: str, now: datetime) -> Answer | None:
    """The answer that the newest unanswered survey sent to this mobile asks about."""
    since = now - questionnaire().open_for
    sent = Letter.objects.filter(kind=SURVEY, way=Way.SMS, to=number, sent_at__lte=now, written_at__gt=since)
    asked = list(sent.order_by("-sent_at", "-id").values_list("subject", "written_at")[:_MOST_LOOKED_AT])
    codes = {code for code, _at in asked}
    # A letter is as old as the delivery that caused it.
    rows = Answer.objects.filter(case__code__in=codes, case__party__mobile=number, delivered_at__gt=since)
    answers = {(row.case.code, row.delivered_at): row for row in rows.select_related("case__card__card", "case__party")}
    judged = set(Response.objects.filter(subject__in=codes).values_list("subject", "occasion"))
    found = (answers[one] for one in asked if one in answers)
    return next((answer for answer in found if (answer.case.code, answer.number) not in judged), None)


def _judged(answer: Answer, given: int, comment: str, now: datetime) -> bool:
    """Keep the mark and thank for it; False where another way was faster by a moment."""
    scores, by = {questionnaire().overall: given}, holder(answer.case.party_id)
    try:
        judge(answer=answer, scores=scores, comment=comment, way="sms", by=by, now=now)
    except SurveyDone:
        return False
    write_after(answer, given, now)
    return True


def write_after(answer: Answer, given: int, now: datetime) -> None:
    """The SMS after a mark: thanks, the objection with one touch, or whom to praise. Part of the deed that keeps it."""
    good = GOOD if given >= GOOD_MARK else THANKS
    _write_back(BAD if objection_offered(answer, given, now) else good, answer, now)


def _write_back(kind: str, answer: Answer, now: datetime) -> None:
    """One SMS back, once for each survey, to the number in our own papers."""
    case = answer.case
    if case.party is None:
        return
    until = objection_offered(answer, 1, now)
    facts = {"link": mark("link"), "last_day": words.date(until, case.lang) if until else ""}
    draft = Draft(
        address=Address(way=Way.SMS, to=case.party.mobile, lang=case.lang),
        subject=case.code,
        occasion=str(answer.number),
        unit_path=case.unit_path,
        title=TITLE.in_(case.lang, {}),
        body=BODIES[kind].in_(case.lang, facts),
        at=now,
    )
    write(kind, [draft])
