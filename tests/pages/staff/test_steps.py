"""Steps on the case page: each press is one deed; a refusal keeps what was typed and shows the latest state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.cases.actions_answer import Words, approve, draft, submit
from takrim.cases.actions_intake import ask_completion
from takrim.cases.actions_work import refer, reply
from takrim.cases.models import Answer, Case, Note, State
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.evidence.models import Evidence
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import MakeCase, SignIn

WORDS = {
    "outcome": "upheld",
    "text": "حق بیمه وصول شد.",
    "reason": "بازرسی شد.",
    "legal_ground": "",
    "next_step": "واریز تا یک هفته.",
}
SPOKEN = Words(
    outcome="upheld", text="حق بیمه وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)
PDF = b"%PDF-1.4 a contract of work"


def send(client: Client, case: Case, step: str, **data: Any) -> Any:
    return client.post(f"/staff/cases/{case.code}/{step}/", data)


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_from_the_first_look_to_the_delivered_answer(
    case: Case, as_mina: Client, as_reza: Client, as_sara: Client, as_hadi: Client
) -> None:
    assert send(as_mina, case, "refer", to="کرج", task="سابقه بیمه", days="۳").status_code == 302
    duty = Duty.objects.get(kind="referral")
    assert (duty.length, state(case)) == ("3 working days", State.REFERRED)
    send(as_hadi, case, "reply", duty=duty.pk, text="سابقه دارد.")
    assert state(case) == State.UNDER_REVIEW
    send(as_reza, case, "accept_reply", duty=duty.pk)
    assert Duty.objects.get(pk=duty.pk).state == DutyState.ACCEPTED
    send(as_mina, case, "draft", version="0", **WORDS)
    assert state(case) == State.DRAFTED
    send(as_mina, case, "submit", version="1")
    send(as_reza, case, "send_back", version="1", why="مستند بیاورید.")
    send(as_mina, case, "draft", version="1", hand_in="1", **{**WORDS, "legal_ground": "ماده ۱۴۸"})
    assert state(case) == State.AWAITING_APPROVAL
    send(as_reza, case, "approve", version="2")
    response = as_sara.post(f"/staff/cases/{case.code}/deliver/", {"version": "2", "how": "in_person"}, follow=True)
    assert state(case) == State.ANSWERED
    assert "پاسخ ابلاغ شد" in response.content.decode()
    send(as_reza, case, "close")
    assert state(case) == State.CLOSED
    assert not Duty.objects.owed().exists()


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("refer", {"to": "", "task": "سابقه", "days": "5"}, "to"),
        ("refer", {"to": "ناکجا", "task": "سابقه بیمه", "days": "5"}, "to"),
        ("refer", {"to": "اداره", "task": "سابقه بیمه", "days": "5"}, "to"),
        ("refer", {"to": "کرج", "task": "سابقه بیمه", "days": "0"}, "days"),
        ("refer", {"to": "کرج", "task": "سابقه بیمه", "days": "پنج"}, "days"),
        ("note", {"text": " "}, "text"),
        ("note", {"text": "آ" * 4001}, "text"),
        ("ask", {"what": ""}, "what"),
        ("draft", {**WORDS, "outcome": "nonsense"}, "outcome"),
        ("draft", {**WORDS, "text": ""}, "text"),
        ("draft", {**WORDS, "text": "آ" * 1_000_000}, "text"),
        ("duplicate", {"original": "05123456789"}, "original"),
        ("attach", {}, "files"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_is_kept(
    step: str, data: dict[str, str], field: str, case: Case, as_mina: Client
) -> None:
    response = send(as_mina, case, step, **data)
    assert response.status_code == 422
    assert field in response.context["opened"].form.errors
    for value in data.values():
        assert value.strip()[:500] in response.content.decode()
    assert state(case) == State.REGISTERED
    assert not Entry.objects.exclude(verb__in=["case.received", "duty.opened"]).exists()


@pytest.mark.parametrize(
    ("actor", "step", "data"),
    [
        ("mina", "approve", {"version": "1"}),
        ("mina", "refuse", {"reason": "چون"}),
        ("mina", "at_once", {"version": "0", "how": "phone", **WORDS}),
        ("sara", "draft", {"version": "0", **WORDS}),
        ("hadi_asked", "draft", {"version": "0", **WORDS}),
        ("hadi_asked", "refuse", {"reason": "چون"}),
    ],
)
def test_a_step_without_its_power_is_refused_with_its_sentence(
    actor: str,
    step: str,
    data: dict[str, str],
    case: Case,
    units: dict[str, Unit],
    mina: Actor,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
    now: datetime,
) -> None:
    who = request.getfixturevalue(actor.removesuffix("_asked"))
    if actor.endswith("_asked"):
        refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    if step == "approve":
        submit(answer=draft(case=case, words=SPOKEN, by=mina, now=now), by=mina, now=now)
    before = state(case)
    response = send(sign_in(who), case, step, **data)
    assert response.status_code == 403
    assert response.context["opened"].form.non_field_errors()
    assert state(case) == before


@pytest.mark.parametrize("step", ["note", "refer", "draft", "refuse", "attach", "approve", "deliver"])
def test_a_stranger_takes_no_step(step: str, case: Case, as_omid: Client) -> None:
    assert send(as_omid, case, step, text="سلام", version="0").status_code == 404
    assert not Note.objects.exists()


def test_an_unknown_step_is_not_found(case: Case, as_mina: Client) -> None:
    assert send(as_mina, case, "fly").status_code == 404


def test_two_officers_write_at_once_and_the_second_is_told(case: Case, as_mina: Client, as_nima: Client) -> None:
    send(as_mina, case, "draft", version="0", **WORDS)
    response = send(as_nima, case, "draft", version="0", **{**WORDS, "text": "متن دیگر"})
    assert response.status_code == 409
    shown = response.content.decode()
    assert "همکاری زودتر" in shown or "زودتر" in shown
    assert "متن دیگر" in shown, "what was typed is kept"
    assert 'name="version" value="1"' in shown, "pressed again, it goes on from the latest"
    assert Answer.objects.get().text == WORDS["text"]
    assert send(as_nima, case, "draft", version="1", **{**WORDS, "text": "متن دیگر"}).status_code == 302


def test_two_heads_approve_at_once_and_the_second_sees_the_new_state(
    case: Case, mina: Actor, as_reza: Client, as_nima: Client, now: datetime
) -> None:
    submit(answer=draft(case=case, words=SPOKEN, by=mina, now=now), by=mina, now=now)
    assert send(as_reza, case, "approve", version="1").status_code == 302
    response = send(as_nima, case, "approve", version="1")
    assert response.status_code == 409
    assert response.context["case"].state == State.APPROVED
    assert response.context["first"].key == "deliver"


def test_an_answer_is_given_at_once(case: Case, as_reza: Client, reza: Actor) -> None:
    response = send(as_reza, case, "at_once", version="0", how="in_person", **WORDS)
    assert response.status_code == 302
    assert (state(case), Answer.objects.get().approved_by) == (State.ANSWERED, reza.code)


def test_answered_by_two_at_once_is_answered_once(case: Case, as_reza: Client, as_nima: Client) -> None:
    send(as_reza, case, "at_once", version="0", how="in_person", **WORDS)
    response = send(as_nima, case, "at_once", version="0", how="phone", **WORDS)
    assert response.status_code == 409
    assert Answer.objects.count() == 1
    assert Entry.objects.filter(verb="case.answered").count() == 1


def test_pressed_twice_a_deed_is_done_once(
    case: Case, mina: Actor, reza: Actor, as_reza: Client, now: datetime
) -> None:
    approve(answer=submit(answer=draft(case=case, words=SPOKEN, by=mina, now=now), by=mina, now=now), by=reza, now=now)
    assert send(as_reza, case, "deliver", version="1", how="in_person").status_code == 302
    assert send(as_reza, case, "deliver", version="1", how="in_person").status_code == 409
    assert Entry.objects.filter(verb="case.answered").count() == 1


def test_a_case_is_completed_refused_and_joined(
    make_case: MakeCase, mina: Actor, as_mina: Client, as_reza: Client, now: datetime
) -> None:
    first, second, third = make_case(), make_case(), make_case()
    ask_completion(case=first, what="قرارداد", by=mina, now=now)
    send(as_mina, first, "complete", text="قرارداد شفاهی بود.")
    assert "قرارداد شفاهی بود." in Case.objects.get(pk=first.pk).text
    send(as_reza, second, "refuse", reason="در صلاحیت دادگاه است.")
    assert Case.objects.get(pk=second.pk).reason == "در صلاحیت دادگاه است."
    send(as_mina, third, "duplicate", original=first.code)
    assert Case.objects.get(pk=third.pk).original == first


def test_a_case_is_joined_only_to_one_that_is_known_here(make_case: MakeCase, as_mina: Client) -> None:
    ours, theirs = make_case(), make_case(unit="kahak")
    response = send(as_mina, ours, "duplicate", original=theirs.code)
    assert response.status_code == 422
    assert theirs.code in response.content.decode()
    assert send(as_mina, ours, "duplicate", original=ours.code).status_code == 422
    assert state(ours) == State.REGISTERED


def test_files_are_attached_all_or_none(case: Case, as_mina: Client) -> None:
    good = SimpleUploadedFile("قرارداد.pdf", PDF)
    bad = SimpleUploadedFile("عکس.jpg", b"MZ\x90\x00 this program cannot be run in DOS mode")
    response = send(as_mina, case, "attach", files=[good, bad])
    assert response.status_code == 422
    assert "عکس.jpg" in response.content.decode()
    assert not Evidence.objects.exists()
    good.seek(0)
    assert send(as_mina, case, "attach", files=[good], shown="on").status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.name, evidence.shown_to_party, evidence.from_party) == ("قرارداد.pdf", True, False)


def test_a_working_paper_stays_inside(case: Case, as_mina: Client) -> None:
    send(as_mina, case, "attach", files=[SimpleUploadedFile("a.pdf", PDF)])
    assert not Evidence.objects.get().shown_to_party


def test_too_many_files_are_told(case: Case, as_mina: Client, settings: Any) -> None:
    settings.UPLOAD_FILES = 2
    files = [SimpleUploadedFile(f"{number}.pdf", PDF + bytes([number])) for number in range(4)]
    response = send(as_mina, case, "attach", files=files)
    assert response.status_code == 422
    assert not Evidence.objects.exists()


def test_a_reply_is_sent_back_with_what_it_lacks(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, as_reza: Client, as_hadi: Client, now: datetime
) -> None:
    duty = refer(case=case, to=units["karaj"], task="سابقه", length=None, by=mina, now=now)
    reply(case=case, duty=duty, text="دارد.", by=hadi, now=now)
    assert send(as_reza, case, "return_reply", duty=duty.pk, reason="").status_code == 422
    assert send(as_reza, case, "return_reply", duty=duty.pk, reason="ماه‌ها را بنویسید.").status_code == 302
    assert Duty.objects.get(pk=duty.pk).state == DutyState.RETURNED
    assert send(as_hadi, case, "accept_reply", duty=duty.pk).status_code in {403, 409}


@pytest.mark.parametrize("duty", ["", "0", "x"])
def test_a_step_about_a_referral_names_it(duty: str, case: Case, as_mina: Client) -> None:
    assert send(as_mina, case, "reply", duty=duty, text="سلام").status_code == 404


def test_control_characters_and_overrides_are_left_out(case: Case, as_mina: Client) -> None:
    send(as_mina, case, "note", text="a\x00b\u202ec\u0007 😊")
    assert Note.objects.get().text == "abc 😊"


def test_a_draft_that_is_handed_in_says_so_and_a_denial_needs_its_law(case: Case, as_mina: Client) -> None:
    address = f"/staff/cases/{case.code}/draft/"
    denied = {**WORDS, "outcome": "denied"}
    refused = as_mina.post(address, {"version": "0", "hand_in": "1", **denied})
    assert refused.status_code == 422
    assert "درخواست تنها با مستند قانونی رد می‌شود" in refused.content.decode()
    kept = as_mina.post(address, {"version": "0", **denied}, follow=True)
    assert "پیش‌نویس ذخیره شد" in kept.content.decode()
    ground = {**denied, "legal_ground": "ماده ۱۴۸ قانون کار"}
    handed = as_mina.post(address, {"version": "1", "hand_in": "1", **ground}, follow=True)
    assert "پیش‌نویس برای تأیید فرستاده شد" in handed.content.decode()
    assert state(case) == State.AWAITING_APPROVAL
