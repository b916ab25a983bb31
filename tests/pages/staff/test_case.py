"""The case page: what it shows, to whom, at what cost; that a look is written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cards.models import CardVersion
from takrim.cases.actions_answer import Words, answer_at_once, draft, submit
from takrim.cases.actions_end import mark_duplicate, object_to, refuse
from takrim.cases.actions_intake import ask_completion
from takrim.cases.actions_work import note, refer, reply
from takrim.cases.models import Case
from takrim.channels.channel import Sender
from takrim.duties.actions import accept
from takrim.evidence.actions import Upload, attach
from takrim.journal.models import Look
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power
from tests.people import SENDER, TEXT, Hire, MakeCase, SignIn

WORDS = Words(
    outcome="upheld", text="حق بیمه وصول شد.", reason="بازرسی شد.", legal_ground="ماده ۱۴۸", next_step="مراجعه به شعبه"
)


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(f"/staff/cases/{case.code}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_case_is_told_with_its_person_its_office_and_its_story(
    case: Case, mina: Actor, as_mina: Client, now: datetime
) -> None:
    note(case=case, text="تلفنی پیگیری شد.", by=mina, now=now)
    shown = page(as_mina, case)
    for words in (TEXT, SENDER.name, SENDER.email, "نظرآباد", "شکایت", "تلفنی پیگیری شد.", "مینا رضایی", "۱۵ روز کاری"):
        assert words in shown, words


def test_a_look_at_personal_data_is_written_down(case: Case, mina: Actor, as_mina: Client) -> None:
    page(as_mina, case)
    page(as_mina, case)
    assert list(Look.objects.values_list("actor", "subject", "page")) == [(mina.code, case.code, "case")] * 2


def test_fetching_a_form_is_no_second_look(case: Case, as_mina: Client) -> None:
    response = as_mina.get(f"/staff/cases/{case.code}/?do=note", headers={"HX-Request": "true", "HX-Target": "work"})
    assert response.content.decode().strip().startswith('<section id="work"')
    assert SENDER.name not in response.content.decode()
    assert not Look.objects.exists()


@pytest.mark.parametrize("stranger", ["omid", "hadi"])
def test_a_stranger_is_told_that_there_is_nothing(
    stranger: str, case: Case, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    client = sign_in(request.getfixturevalue(stranger))
    assert client.get(f"/staff/cases/{case.code}/").status_code == 404
    assert client.get(f"/staff/cases/{case.code}/?do=note").status_code == 404
    assert not Look.objects.exists()


def test_files_are_listed_and_open_only_within_scope(
    case: Case, zahra: Actor, as_mina: Client, as_omid: Client, now: datetime
) -> None:
    upload = Upload("قرارداد.txt", [b"%PDF-1.4 a contract"])
    evidence = attach(subject=case.code, unit_path=case.unit_path, upload=upload, by=zahra, now=now)
    assert f"/staff/files/{evidence.pk}/" in page(as_mina, case)
    handed = as_mina.get(f"/staff/files/{evidence.pk}/")
    assert handed.getvalue() == b"%PDF-1.4 a contract"
    assert as_omid.get(f"/staff/files/{evidence.pk}/").status_code == 404


def test_earlier_cases_of_the_person_are_shown_as_far_as_one_sees(make_case: MakeCase, as_mina: Client) -> None:
    make_case(text="پرونده پیشین نظرآباد")
    make_case(text="پرونده کهک", unit="kahak")
    shown = page(as_mina, make_case(text="پرونده امروز"))
    assert "پرونده پیشین نظرآباد" in shown
    assert "پرونده کهک" not in shown


def test_a_case_of_nobody_says_so(make_case: MakeCase, as_mina: Client) -> None:
    assert "خود را معرفی نکرده" in page(as_mina, make_case(kind="report", sender=Sender()))


def test_hostile_words_stay_words(make_case: MakeCase, as_mina: Client) -> None:
    shown = page(as_mina, make_case(text="<script>alert(1)</script> {{ 7|add:7 }}"))
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;" in shown
    assert "{{ 7|add:7 }}" in shown


def test_what_was_asked_and_why_it_ended_is_shown(
    make_case: MakeCase, mina: Actor, reza: Actor, as_mina: Client, now: datetime
) -> None:
    first, second, third = make_case(), make_case(), make_case()
    ask_completion(case=first, what="تصویر قرارداد را بفرستید.", by=mina, now=now)
    refuse(case=second, reason="در صلاحیت دادگاه است.", by=reza, now=now)
    mark_duplicate(case=third, original=first, by=mina, now=now)
    assert "تصویر قرارداد را بفرستید." in page(as_mina, first)
    assert "در صلاحیت دادگاه است." in page(as_mina, second)
    assert f"/staff/cases/{first.code}/" in page(as_mina, third)


def test_an_objection_stands_beside_the_answer(
    case: Case, reza: Actor, zahra: Actor, as_reza: Client, as_nima: Client, now: datetime
) -> None:
    answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=now)
    object_to(case=case, text="خرداد هنوز مانده است.", by=zahra, now=now)
    shown = page(as_reza, case)
    for words in ("خرداد هنوز مانده است.", "ماده ۱۴۸", "مراجعه به شعبه", "تلفنی", "همکار دیگری پاسخ می‌دهد"):
        assert words in shown, words
    assert "?do=draft" not in shown, "another officer answers"
    assert "?do=draft" in page(as_nima, case)


DESK = {"refer", "inquire", "transfer", "note", "attach", "ask", "duplicate", "wait", "rights"}
EXPERT = DESK | {"draft"}


@pytest.mark.parametrize(
    ("actor", "offered"),
    [
        ("mina", EXPERT | {"take"}),
        ("reza", EXPERT | {"at_once", "refuse", "assign", "extend"}),
        ("sara", DESK),
    ],
)
def test_only_steps_of_the_post_are_offered(
    actor: str, offered: set[str], case: Case, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    response = sign_in(request.getfixturevalue(actor)).get(f"/staff/cases/{case.code}/")
    context = response.context
    keys = {offer.key for offer in [context["first"], *context["offers"], *context["rare"]] if offer}
    assert keys == offered


def test_what_is_done_rarely_waits_behind_one_word(case: Case, as_reza: Client) -> None:
    context = as_reza.get(f"/staff/cases/{case.code}/").context
    beside = {offer.key for offer in [context["first"], *context["offers"]]}
    assert beside == {"draft", "refer", "note", "ask", "at_once"}
    assert {"inquire", "attach", "assign"} <= {offer.key for offer in context["rare"]}


def test_steps_follow_the_state(case: Case, mina: Actor, as_mina: Client, as_reza: Client, now: datetime) -> None:
    submit(answer=draft(case=case, words=WORDS, by=mina, now=now), by=mina, now=now)
    head = as_reza.get(f"/staff/cases/{case.code}/").context
    expert = as_mina.get(f"/staff/cases/{case.code}/").context
    assert (head["first"].key, expert["first"].key) == ("approve", "note")
    assert not expert["own_draft"] or "همکار دیگری است" in page(as_mina, case)


def test_who_wrote_the_draft_is_not_offered_to_approve_it(
    case: Case, reza: Actor, as_reza: Client, now: datetime
) -> None:
    submit(answer=draft(case=case, words=WORDS, by=reza, now=now), by=reza, now=now)
    shown = page(as_reza, case)
    assert f"/staff/cases/{case.code}/approve/" not in shown
    assert "خود شما نوشته‌اید" in shown


def test_an_office_that_was_asked_replies_and_notes_but_answers_not(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, as_hadi: Client, as_reza: Client, now: datetime
) -> None:
    duty = refer(case=case, to=units["karaj"], task="سابقه بیمه را بفرستید.", length=None, by=mina, now=now)
    shown = page(as_hadi, case)
    assert f"?do=reply&amp;duty={duty.pk}" in shown
    assert "?do=draft" not in shown
    assert "?do=note" in shown
    assert "سابقه بیمه را بفرستید." in page(as_hadi, case, f"?do=reply&duty={duty.pk}")
    reply(case=case, duty=duty, text="سابقه دارد.", by=hadi, now=now)
    judging = page(as_reza, case)
    assert "accept_reply" in judging
    assert "accept_reply" not in page(as_hadi, case)


@pytest.mark.parametrize("query", ["?do=nonsense", "?do=approve", "?do=reply", "?do=submit"])
def test_a_step_that_is_not_possible_opens_nothing(query: str, case: Case, as_mina: Client) -> None:
    assert as_mina.get(f"/staff/cases/{case.code}/{query}").context["opened"] is None


def test_a_reply_to_an_unknown_referral_is_not_found(
    case: Case, units: dict[str, Unit], mina: Actor, as_hadi: Client, now: datetime
) -> None:
    refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    assert as_hadi.get(f"/staff/cases/{case.code}/?do=reply&duty=0").status_code == 404


@pytest.mark.parametrize("step", ["draft", "refer", "note", "attach", "ask", "at_once", "refuse", "duplicate"])
def test_every_form_opens_with_the_page(step: str, case: Case, as_reza: Client) -> None:
    assert f'action="/staff/cases/{case.code}/{step}/"' in page(as_reza, case, f"?do={step}")


@dataclass
class Story:
    """A case to which much has happened, as often as one likes."""

    case: Case
    karaj: Unit
    mina: Actor
    hadi: Actor
    now: datetime

    def go_on(self, times: int) -> Case:
        for number in range(times):
            self.case.refresh_from_db()
            note(case=self.case, text=f"یادداشت {number}", by=self.mina, now=self.now)
            duty = refer(case=self.case, to=self.karaj, task="", length=None, by=self.mina, now=self.now)
            reply(case=self.case, duty=duty, text="سابقه دارد.", by=self.hadi, now=self.now)
            accept(duty=duty, by=self.mina, now=self.now, power=Power.CASE_DRAFT)
            upload = Upload("a.txt", [f"file {self.case.pk} {number}".encode()])
            attach(subject=self.case.code, unit_path=self.case.unit_path, upload=upload, by=self.mina, now=self.now)
            self.case.refresh_from_db()
            draft(case=self.case, words=WORDS, by=self.mina, now=self.now)
        return self.case


def test_the_number_of_queries_stays_small_however_long_the_story(
    make_case: MakeCase,
    card: CardVersion,
    units: dict[str, Unit],
    mina: Actor,
    hadi: Actor,
    reza: Actor,
    zahra: Actor,
    as_reza: Client,
    now: datetime,
) -> None:
    def queries(times: int) -> int:
        case = make_case(card=card)
        words = replace(WORDS, text=f"وصول شد: {case.code}")
        answer_at_once(case=case, words=words, how="phone", by=reza, now=now)
        object_to(case=case, text="نه", by=zahra, now=now)
        Story(case, units["karaj"], mina, hadi, now).go_on(times)
        with CaptureQueriesContext(connection) as captured:
            page(as_reza, case)
        return len(captured)

    page(as_reza, make_case())
    short, long = queries(1), queries(6)
    assert short == long <= 3 + 10


def test_a_short_story_costs_few_queries(case: Case, as_mina: Client) -> None:
    as_mina.get(f"/staff/cases/{case.code}/")
    with CaptureQueriesContext(connection) as captured:
        page(as_mina, case)
    assert len(captured) <= 3 + 8


def test_the_page_speaks_english_too(case: Case, as_mina: Client, hire: Hire) -> None:
    as_mina.cookies["language"] = "en"
    shown = page(as_mina, case)
    assert "Who owes the answer" in shown
    assert 'dir="ltr"' in shown


def test_the_time_of_the_law_stands_beside_the_promise(case: Case, as_mina: Client) -> None:
    page = as_mina.get(f"/staff/cases/{case.code}/").content.decode()
    assert "مهلت وعده‌داده‌شده" in page
    assert "مهلت قانونی سه‌ماهه" in page
    assert "تبصره ۴ ماده ۱۶" in page
