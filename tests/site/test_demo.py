"""The demonstration: believable, invented, the same again, and true to every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Count
from django.test import override_settings
from django.test.client import RequestFactory

from takrim.base.identity import email, mobile, national_code
from takrim.cards import seed as cards
from takrim.cards.answers import helped
from takrim.cards.models import CardDraft, CardVersion, HelpCount
from takrim.cases.checking import checklist_of, ticks_of
from takrim.cases.delivery import to_telephone
from takrim.cases.models import Answer, Case, Note, Objection, Outcome, Party, SavedView, State
from takrim.cases.models_delivery import Attempt
from takrim.cases.models_judged import Call, Praise
from takrim.cases.models_templates import AnswerTemplate
from takrim.cases.objections import level_above
from takrim.cases.papers import letterhead_of
from takrim.checklists.models import Tick
from takrim.decisions.models import Decision, Link, Share
from takrim.decisions.models import State as DecisionState
from takrim.directives.models import Demand, Directive, Reading
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.evaluation.models import Finding, Watching
from takrim.evidence.models import Evidence
from takrim.indicators.follow import rebuild
from takrim.indicators.models import Owed, Tally
from takrim.journal.follow import behind
from takrim.journal.models import Entry
from takrim.journal.verify import verify
from takrim.letters.models import Letter
from takrim.orgs import seed as orgs
from takrim.orgs import stamps
from takrim.orgs.models import Holding, Person, SearchWord
from takrim.orgs.paths import ROOT
from takrim.programmes.models import Planned
from takrim.proofs.models import Action
from takrim.reports.actions import seal_of
from takrim.reports.models import Report
from takrim.reports.models import State as ReportState
from takrim.site import demo
from takrim.site.cli import main
from takrim.site.demo import load, marker
from takrim.site.demo.services import Services
from takrim.site.demo.staff import Staff
from takrim.site.demo.stage import Stage
from takrim.site.demo.steps import HOLDER, Do, Step
from takrim.surveys.models import Reply, Response

# Each test looks at the same demonstration and takes back what it changed.
# One worker has all of them, so that it is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("demonstration")]
# A Tuesday at ten o'clock in Tehran, 3 Azar 1405.
NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[load.Loaded]:
    """A small demonstration, taken back when the last test of this file has looked at it."""
    folder: Path = tmp_path_factory.mktemp("demonstration")
    with django_db_blocker.unblock(), override_settings(DATA=folder), transaction.atomic():
        stamps.forget()
        orgs.seed(NOW)
        cards.seed(NOW)
        found = load.load(small=True, now=NOW)
        assert found is not None
        yield found
        transaction.set_rollback(True)
    stamps.forget()


def test_it_has_about_a_hundred_and_fifty_cases(loaded: load.Loaded) -> None:
    assert 130 < loaded.cases < 190
    assert Case.objects.count() == loaded.cases


def test_every_state_is_found(loaded: load.Loaded) -> None:
    assert set(Case.objects.values_list("state", flat=True)) == set(State)


def test_every_kind_channel_and_outcome_is_found(loaded: load.Loaded) -> None:
    assert set(Case.objects.values_list("channel", flat=True)) == {"web", "desk", "phone", "paper", "internal"}
    assert len(set(Case.objects.values_list("kind", flat=True))) >= 6
    assert set(Answer.objects.values_list("outcome", flat=True)) == set(Outcome)


def test_nazarabad_has_something_on_every_pile(loaded: load.Loaded) -> None:
    here = Duty.objects.filter(unit_path="ir/alborz/nazarabad/", kind="final_answer").owed()
    states = set(Case.objects.filter(unit_path="ir/alborz/nazarabad/").values_list("state", flat=True))
    assert here.filter(due_at__lt=NOW).exists()
    assert here.filter(due_at__gt=NOW, due_at__lt=NOW + timedelta(days=2)).exists()
    assert here.filter(due_at__gt=NOW + timedelta(days=3)).exists()
    assert {State.AWAITING_APPROVAL, State.AWAITING_COMPLETION, State.REOPENED, State.DRAFTED} <= states


def test_there_is_something_to_judge_and_something_asked(loaded: load.Loaded) -> None:
    referrals = Duty.objects.filter(kind="referral")
    assert referrals.filter(state=DutyState.ANSWERED, judge_path="ir/alborz/nazarabad/").exists()
    assert referrals.filter(state=DutyState.OPEN).exists()
    assert referrals.filter(state=DutyState.ACCEPTED).exists()


def test_there_are_notes_marks_objections_and_files(loaded: load.Loaded) -> None:
    assert Note.objects.exists()
    assert Objection.objects.exists()
    assert Response.objects.exclude(comment="").exists()
    assert Evidence.objects.count() >= 3
    assert Case.objects.filter(original__isnull=False).exists()
    assert Party.objects.annotate(brought=Count("cases")).filter(brought__gt=1).exists()


def test_people_say_what_they_think_in_every_way(loaded: load.Loaded) -> None:
    assert set(Response.objects.values_list("way", flat=True)) == {"web", "sms", "tablet", "call"}
    assert Praise.objects.filter(officer__isnull=False).exists()
    assert Reply.objects.all().to_read().count() >= 2
    assert not Response.objects.exclude(kept_from="").filter(comment="").exists()


def test_the_sample_of_the_month_waits_for_calls(loaded: load.Loaded) -> None:
    outcomes = set(Call.objects.values_list("outcome", flat=True))
    assert {"", "answered", "declined"} <= outcomes


def test_checklists_are_gone_through_half_way_and_whole(loaded: load.Loaded) -> None:
    with_list = [case for case in Case.objects.select_related("card__card") if checklist_of(case)]
    left = {case.state for case in with_list if ticks_of(case) and len(ticks_of(case)) < 3}
    assert "drafted" in left
    assert Tick.objects.exclude(by_name="").exists()


def test_somebody_stands_in_for_somebody(loaded: load.Loaded) -> None:
    standing_in = Holding.objects.valid(NOW.date()).get(substitute_for__isnull=False)
    assert standing_in.person.username == "mina"


def test_people_have_arranged_things_for_themselves(loaded: load.Loaded) -> None:
    assert SavedView.objects.filter(person__username="reza").exists()
    assert SearchWord.objects.exists()


def test_some_provinces_take_part_and_others_do_not(loaded: load.Loaded) -> None:
    provinces = {path.split("/")[1] for path in Case.objects.values_list("unit_path", flat=True)}
    assert {"alborz", "qom", "tehran", "qazvin"} <= provinces
    assert 8 <= len(provinces) < 31


def test_no_two_texts_are_the_same(loaded: load.Loaded) -> None:
    written = Counter(Case.objects.values_list("text", flat=True))
    assert [text for text, times in written.items() if times > 1] == []


def test_nothing_is_left_unfilled(loaded: load.Loaded) -> None:
    rows = [
        *Case.objects.values_list("subject", "text", "reason"),
        *Answer.objects.values_list("text", "reason", "legal_ground", "next_step"),
        *Duty.objects.values_list("task", "answer"),
        *Note.objects.values_list("text"),
        *Objection.objects.values_list("text"),
    ]
    assert [text for row in rows for text in row if "{" in text or "}" in text or "\0" in text] == []


def test_an_answer_does_not_say_its_reason_twice(loaded: load.Loaded) -> None:
    assert [text for text, reason in Answer.objects.values_list("text", "reason") if reason in text] == []


def test_nobody_is_real(loaded: load.Loaded) -> None:
    for party in Party.objects.all():
        assert party.mobile == "" or (mobile(party.mobile) == party.mobile and party.mobile.startswith("0970"))
        assert party.email == "" or (email(party.email) == party.email and party.email.endswith(".example"))
        if party.national_code:
            # Well formed, and issued by no place.
            assert national_code(party.national_code) == party.national_code
            assert party.national_code.startswith("000")


def test_the_journal_holds(loaded: load.Loaded) -> None:
    reports = list(verify())
    assert len(reports) > 8
    assert [report for report in reports if report.broken_at is not None] == []


def test_the_journal_is_in_the_order_of_time(loaded: load.Loaded) -> None:
    rows = list(Entry.objects.order_by("chain", "seq").values_list("chain", "at", "verb"))
    # The ministry's own chain begins with the seeds of today; what it ordered since comes behind them.
    provinces = [row for row in rows if row[0] != ROOT]
    wrong = [after for before, after in pairwise(provinces) if before[0] == after[0] and before[1] > after[1]]
    assert wrong == []
    assert max(at for _chain, at, _verb in rows) <= NOW


def test_the_whole_half_year_is_told(loaded: load.Loaded) -> None:
    received = sorted(Case.objects.values_list("received_at", flat=True))
    assert received[0] < NOW - timedelta(days=150)
    assert received[-1] > NOW - timedelta(days=1)


def test_staff_work_when_their_office_is_open(loaded: load.Loaded) -> None:
    from takrim.orgs.calendars import calendar_of

    signed = [
        (answer.case.unit_path, answer.approved_at)
        for answer in Answer.objects.exclude(approved_at=None).select_related("case")
    ]
    at_work = [calendar_of(path).is_open_at(at) for path, at in signed if at is not None]
    # Who is shown in the midst of work may have stayed longer today.
    assert sum(at_work) > 0.9 * len(at_work)


def test_figures_and_letters_have_caught_up(loaded: load.Loaded) -> None:
    assert set(behind().values()) == {0}
    tallies, owed = list(Tally.objects.order_by("path", "period", "by", "value").values()), Owed.objects.count()
    rebuild()
    again = list(Tally.objects.order_by("path", "period", "by", "value").values())
    assert [{**row, "id": 0} for row in tallies] == [{**row, "id": 0} for row in again]
    assert Owed.objects.count() == owed


def test_letters_of_the_past_are_carried_to_nobody(loaded: load.Loaded) -> None:
    assert Letter.objects.filter(carrier="outbox", sent_at__lt=NOW).exists()
    assert not Letter.objects.filter(written_at__lt=NOW, sent_at=None).exists()


def test_loading_again_adds_nothing(loaded: load.Loaded) -> None:
    before = Case.objects.count(), Entry.objects.count(), Person.objects.count()
    assert load.load(small=True, now=NOW) is None
    assert load.load(seed=7, now=NOW) is None
    assert (Case.objects.count(), Entry.objects.count(), Person.objects.count()) == before


def _staff() -> Staff:
    staff = Staff()
    for holding in Holding.objects.filter(substitute_for=None).select_related("post__unit", "person").order_by("id"):
        staff.add(holding)
    return staff


def test_an_objection_is_upheld_by_somebody_fresh_whoever_signed_second(loaded: load.Loaded) -> None:
    """A denial needs a second signature; who gave it may be the one whom the story meant to decide."""
    staff = _staff()
    stage = Stage(random=Random(1), staff=staff, services=Services(), papers=(), seed=1)
    case = Case.objects.filter(state=State.ANSWERED, objections=None, unit__kind="county").order_by("-id")[0]
    answer = Answer.objects.filter(case=case).order_by("-number")[0]
    above = staff.superior(level_above(case.unit_path), "deputy")
    assert above is not None
    assert answer.delivered_at is not None
    Answer.objects.filter(pk=answer.pk).update(approved_by=above.code)
    username = next(name for name, actor in staff.actors.items() if actor is above)
    at = answer.delivered_at + timedelta(hours=1)
    stage.cases[1] = case
    stage.play(Step(at, 1, Do.OBJECT, HOLDER, {"text": "سند مرا ندیده‌اید و پاسخ کامل نیست."}))
    stage.play(Step(at + timedelta(hours=1), 1, Do.UPHOLD, username, {"why": "سند دیده نشده بود."}))
    decided = Objection.objects.get(case=case)
    assert decided.upheld
    assert decided.decided_by not in {above.code, answer.drafted_by, ""}


def _told(seed: int) -> list[Any]:
    """What the stories of a seed tell, as plain values."""
    _openings, steps = load.draw(Random(seed), _staff(), Services(), small=True, now=NOW)
    return [(step.at, step.story, step.do, step.by, {**step.data, "opening": None}) for step in steps]


def test_the_same_seed_tells_the_same_stories(loaded: load.Loaded) -> None:
    assert _told(5) == _told(5)


def test_another_seed_tells_others(loaded: load.Loaded) -> None:
    assert _told(5) != _told(6)


def test_the_sign_ins_are_printed(loaded: load.Loaded, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "nothing was added" in shown
    assert marker.PASSWORD in shown
    for username in ("sara", "mina", "reza", "hadi", "nima", "omid", "tara", "operator", "maryam", "hamid"):
        assert f"  {username} " in shown


def test_sign_ins_name_person_post_and_office(loaded: load.Loaded) -> None:
    found = {username: (name, post, unit) for username, name, post, unit in demo.signins()}
    assert found["reza"] == ("رضا کریمی", "رئیس اداره شهرستان", "ir/alborz/nazarabad/")


def test_receipts_open_cases(loaded: load.Loaded) -> None:
    states = [receipt.state for receipt in demo.receipts()]
    assert states == [State.ANSWERED, State.AWAITING_COMPLETION, State.REFERRED]


def _may_enter(username: str, password: str) -> bool:
    request = RequestFactory().post("/")
    return authenticate(request, username=username, password=password) is not None


def test_the_shared_password_opens_nothing_without_the_marker(loaded: load.Loaded, tmp_path: Path) -> None:
    assert _may_enter("sara", marker.PASSWORD)
    assert not _may_enter("sara", "another-password")
    with override_settings(DATA=tmp_path):
        assert not _may_enter("sara", marker.PASSWORD)
        assert demo.signins() == []
        assert demo.receipts() == []


def test_it_is_not_loaded_where_letters_leave_the_house(loaded: load.Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "carrier_for", lambda way: "smtp")
    with pytest.raises(load.MessagesLeave):
        load.load(small=True, now=NOW)


def test_it_is_not_loaded_among_people_of_their_own(loaded: load.Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load.has_own_life()
    monkeypatch.setattr(load, "is_loaded", lambda: False)
    assert load.has_own_life()


def test_somebody_is_to_be_telephoned_and_something_is_with_the_post(loaded: load.Loaded) -> None:
    assert to_telephone(Case.objects.filter(unit_path="ir/alborz/nazarabad/")).count() == 2
    assert Attempt.objects.waiting().filter(way="paper").exists()
    assert Attempt.objects.filter(way="sms", reached_at__isnull=False, proof="outbox").exists()


def test_directorates_keep_templates_of_answers(loaded: load.Loaded) -> None:
    assert AnswerTemplate.objects.all().of("ir/alborz/nazarabad/").count() == 4
    assert letterhead_of("ir/alborz/nazarabad/") is not None


def test_service_cards_live(loaded: load.Loaded) -> None:
    own = CardVersion.objects.filter(path="ir/alborz/")
    assert {version.card.code: version.valid_from > NOW.date() for version in own} == {
        "worker-sport": False,
        "job-centre": True,
    }
    assert CardDraft.objects.filter(path="ir/alborz/").exists()
    months = {period for (period,) in HelpCount.objects.filter(path="ir/alborz/").values_list("period").distinct()}
    assert months == {"1405-07", "1405-08", "1405-09"}
    said = helped(months, "ir/alborz/")
    assert sum(row.enough for row in said.values()) > 50
    assert any(row.filed for row in said.values())
    assert all(row.shown >= row.enough + row.not_enough for row in said.values() if row.shown)


def test_offices_plan_the_weeks_of_the_year_and_prove_them(loaded: load.Loaded) -> None:
    for province in ("ir/alborz/", "ir/qom/"):
        rows = Planned.objects.filter(unit_path__startswith=province)
        states = set(rows.values_list("duty__state", flat=True))
        assert {DutyState.ACCEPTED, DutyState.ANSWERED, DutyState.RETURNED, DutyState.OPEN} <= states
        assert rows.filter(is_open=True, starts_at__gt=NOW).exists()


def test_a_half_year_is_reported_and_the_next_begun(loaded: load.Loaded) -> None:
    signed, draft = Report.objects.order_by("pk")
    assert (signed.state, signed.period, draft.state) == (ReportState.SIGNED, "1405-h1", ReportState.DRAFT)
    assert signed.seal == seal_of(signed)
    assert signed.texts.filter(lang="fa").count() >= 3
    assert draft.texts.exists()


def test_directives_are_in_every_state_and_their_clauses_too(loaded: load.Loaded) -> None:
    assert set(Directive.objects.values_list("state", flat=True)) >= {"received", "issued", "carried_out", "superseded"}
    states = set(Demand.objects.values_list("duty__state", flat=True))
    assert states >= {DutyState.OPEN, DutyState.ANSWERED, DutyState.RETURNED, DutyState.ACCEPTED, DutyState.WITHDRAWN}
    assert Reading.objects.unread().exists()


def test_bodies_decide_and_offices_carry_it_out(loaded: load.Loaded) -> None:
    for province in ("ir/alborz/", "ir/qom/"):
        found = Decision.objects.filter(unit_path=province)
        assert found.count() >= 20
        parts = Share.objects.filter(decision__in=found)
        assert set(parts.values_list("state", flat=True)) == set(DecisionState)
        assert Link.objects.filter(decision__in=found, relation="continues").exists()
    assert Share.objects.to_do().filter(duty__due_at__lt=NOW).exists(), "something opens the next meeting"


def test_watches_have_found_what_is_unusual_in_the_last_season(loaded: load.Loaded) -> None:
    found = {(row.watch, row.unit_path): row for row in Finding.objects.all()}
    rushing, passing = "ir/alborz/eshtehard/", "ir/alborz/savojbolagh/"
    assert {("rush_at_end", rushing), ("extended_at_breach", rushing), ("late_passed_on", passing)} <= found.keys()
    assert {row.state for row in found.values()} >= {"explained", "looked_at", "new"}
    assert found["rush_at_end", rushing].period == "1405-s2"
    assert Watching.objects.get().finished_at == NOW


def test_everybody_sees_some_of_what_was_done(loaded: load.Loaded) -> None:
    assert len(Action.objects.all().public()) >= 2
