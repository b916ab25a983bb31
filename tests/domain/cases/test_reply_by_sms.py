"""A survey answered by SMS: for the newest unanswered survey of that telephone, once, and a stranger learns nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from takrim.cases.actions_replies import take_reply, waiting_survey
from takrim.cases.models import Case
from takrim.channels.channel import Sender
from takrim.journal.follow import catch_up
from takrim.letters.carry import carry_waiting
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.surveys import actions_replies as kept
from takrim.surveys.models import Reply, Response
from takrim.surveys.questionnaire import questionnaire
from tests.matters import answered, judged
from tests.people import NOW, MakeCase

pytestmark = pytest.mark.django_db
MOBILE = "09121234567"
ASKED = NOW + timedelta(days=1, hours=1)
LATER = NOW + timedelta(days=2)


@pytest.fixture
def asked(case: Case) -> Case:
    """Zahra's case, answered; the SMS that asks has been sent."""
    answered(case, NOW)
    return sent(case)


def sent(case: Case) -> Case:
    catch_up("letters")
    carry_waiting(ASKED)
    return case


def reply(text: str, *, sender: str = MOBILE, ref: str = "m1") -> Reply | None:
    return take_reply(ref=ref, sender=sender, text=text, by=system("sms"), now=LATER)


def backs() -> list[Letter]:
    """What went back."""
    return list(
        Letter.objects.filter(kind__in=("survey_unclear", "survey_bad", "survey_good", "survey_thanks")).order_by("id")
    )


@pytest.mark.parametrize("sender", [MOBILE, "+989121234567", "989121234567", "00989121234567", "۰۹۱۲۱۲۳۴۵۶۷"])
def test_a_number_is_an_answer(asked: Case, sender: str) -> None:
    reply("۴", sender=sender)
    response = Response.objects.get()
    assert (response.subject, response.occasion, response.way) == (asked.code, 1, "sms")
    assert response.scores == {questionnaire().overall: 4}
    assert response.at == LATER


def test_what_was_taken_keeps_neither_number_nor_words(asked: Case) -> None:
    reply("۴")
    taken = Reply.objects.get()
    assert (taken.sender, taken.text, taken.mark, taken.subject) == ("", "", 4, asked.code)


def test_the_sms_that_asks_wants_a_number(asked: Case) -> None:
    asking = Letter.objects.get(kind="survey")
    assert "عددی از ۱ (بد) تا ۵ (خوب)" in asking.body


def test_the_same_message_handed_in_again_counts_once(asked: Case) -> None:
    assert reply("۴") is not None
    assert reply("۴") is None
    assert reply("۱") is None
    assert (Response.objects.count(), Reply.objects.count(), len(backs())) == (1, 1, 1)


def test_it_belongs_to_the_newest_survey_that_is_not_answered(asked: Case, make_case: MakeCase) -> None:
    newer = sent(answered(make_case(), NOW + timedelta(minutes=5)))
    reply("۵")
    reply("۲", ref="m2")
    reply("۳", ref="m3")
    assert dict(Response.objects.values_list("subject", "overall")) == {newer.code: 5, asked.code: 2}
    left = Reply.objects.get(ref="m3")
    assert (left.subject, left.mark, left.sender) == ("", 3, MOBILE)


def test_what_was_judged_on_the_web_is_not_judged_again(asked: Case) -> None:
    judged(asked, 5, LATER)
    reply("۱")
    assert Response.objects.get().overall == 5
    assert backs() == []


def test_a_survey_that_was_not_sent_yet_is_not_answered(case: Case) -> None:
    answered(case, NOW)
    catch_up("letters")
    reply("۵")
    assert Response.objects.count() == 0


def test_an_old_survey_is_over(asked: Case) -> None:
    late = NOW + timedelta(days=questionnaire().open_days, minutes=1)
    assert waiting_survey(MOBILE, late - timedelta(minutes=2)) is not None
    assert waiting_survey(MOBILE, late) is None


@pytest.mark.parametrize("text", ["۵", "چه پرونده‌ای؟"])
@pytest.mark.parametrize("sender", ["09350000000", "1000", "BANK", "+15551234567"])
def test_a_stranger_gets_nothing_back(asked: Case, sender: str, text: str) -> None:
    reply(text, sender=sender)
    assert Response.objects.count() == 0
    assert backs() == []
    assert Reply.objects.get().subject == ""


def test_what_is_not_understood_is_asked_about_once(asked: Case) -> None:
    for number, text in enumerate(("چی؟", "کدام پرونده؟", "۷")):
        reply(text, ref=f"m{number}")
    back = backs()[0]
    assert (len(backs()), back.kind, back.to) == (1, "survey_unclear", MOBILE)
    assert asked.code[:4] not in back.body
    assert Reply.objects.all().to_read().count() == 3
    reply("۳", ref="m9")
    assert Response.objects.get().overall == 3


def test_a_bad_mark_gets_the_objection_with_one_touch(asked: Case) -> None:
    reply("۱")
    back = backs()[0]
    assert back.kind == "survey_bad"
    assert "⟦link⟧" in back.body
    assert "/survey/" not in back.body


@pytest.mark.parametrize(("mark", "kind"), [("۵", "survey_good"), ("۴", "survey_good"), ("۳", "survey_thanks")])
def test_a_mark_is_thanked_for(asked: Case, mark: str, kind: str) -> None:
    reply(mark)
    assert [letter.kind for letter in backs()] == [kind]


def test_a_mark_of_somebody_whose_time_to_object_is_over_is_only_thanked_for(asked: Case) -> None:
    late = NOW + timedelta(days=13)
    take_reply(ref="m1", sender=MOBILE, text="۱", by=system("sms"), now=late)
    assert [letter.kind for letter in backs()] == ["survey_thanks"]


def test_another_person_with_the_telephone_of_nobody_is_not_asked(make_case: MakeCase) -> None:
    answered(make_case(sender=Sender(name="بی‌تلفن")), NOW)
    catch_up("letters")
    assert waiting_survey("", NOW) is None


def test_only_the_system_hands_messages_in(asked: Case, mina: Actor) -> None:
    with pytest.raises(NotAllowed):
        take_reply(ref="m1", sender=MOBILE, text="۵", by=mina, now=LATER)
    with pytest.raises(NotAllowed):
        kept.put_away(reply_id=1, by=mina, now=LATER)


def test_a_reply_is_put_away_and_old_ones_are_forgotten(asked: Case, kian: Actor) -> None:
    reply("چی؟")
    row = Reply.objects.get()
    assert kept.put_away(reply_id=row.pk, by=kian, now=LATER)
    assert not kept.put_away(reply_id=row.pk, by=kian, now=LATER)
    assert not Reply.objects.all().to_read().exists()
    assert kept.forget_replies(before=LATER, by=kian, now=LATER) == 0
    assert kept.forget_replies(before=LATER + timedelta(seconds=1), by=kian, now=LATER) == 1
