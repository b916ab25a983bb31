"""`takrim fill`: what it makes cannot be told from what deeds make, and adds up."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client

from takrim.base import clock
from takrim.cards.seed import seed as seed_cards
from takrim.cases import search
from takrim.cases.actions_answer import Words, approve, deliver, draft, submit
from takrim.cases.actions_end import close
from takrim.cases.actions_intake import Place, receive, secret_of
from takrim.cases.actions_work import note, refer
from takrim.cases.models import Answer, Case, Note, Party, State
from takrim.channels.channel import Intake, Sender
from takrim.duties.actions import answer as answer_duty
from takrim.duties.actions_clocks import recompute
from takrim.duties.clocks import plain
from takrim.duties.models import Duty
from takrim.duties.replay import replay
from takrim.indicators.follow import rebuild
from takrim.indicators.models import Owed, Tally
from takrim.journal.follow import FOLLOWERS, behind
from takrim.journal.models import Entry
from takrim.journal.verify import verify
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from takrim.site.command import Say
from takrim.site.commands import fill as command
from takrim.site.filling import write
from takrim.site.filling.history import REFERRAL

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CASES = 300


@pytest.fixture
def filled(units: dict[str, Unit], monkeypatch: pytest.MonkeyPatch) -> int:
    """A few hundred cases in two transactions, made in this process: that of a test cannot be shared."""
    monkeypatch.setattr(write, "BATCH", 120)
    monkeypatch.setattr(write, "TOGETHER", 2)
    monkeypatch.setattr(write, "ahead", lambda batches: batches)
    monkeypatch.setattr(connection, "close", lambda: None)
    seed_cards(now=clock.now())
    write.fill(cases=CASES, seed=7, now=clock.now(), tell=lambda done: None)
    return CASES


def by_deeds(unit: Unit, other: Unit) -> Case:
    """A case that goes the way of the filled ones."""
    then, writer, signer = clock.now() - timedelta(days=40), system("fill"), system("fill-signer")
    sender = Sender(name="زهرا اکبری", mobile="09990000000")
    intake = Intake(channel="web", kind="complaint", key="by-deeds", text="حق بیمه واریز نشده است.", sender=sender)
    case = receive(intake=intake, place=Place(unit=unit), by=writer, now=then)
    duty = refer(case=case, to=other, task="بررسی کنید.", length=REFERRAL, by=writer, now=then)
    answer_duty(duty=duty, text="بررسی شد.", by=writer, now=then)
    note(case=case, text="یادداشت", by=writer, now=then)
    case.refresh_from_db()
    words = Words(
        outcome="upheld",
        text="پذیرفته شد.",
        reason="مدارک کامل بود.",
        next_step="نتیجه تا ده روز در حساب شما دیده می‌شود.",
    )
    answer = submit(answer=draft(case=case, words=words, by=writer, now=then), by=writer, now=then)
    deliver(answer=approve(answer=answer, by=signer, now=then), how="in_person", by=writer, now=then)
    close(case=case, by=writer, now=then + timedelta(days=15))
    return Case.objects.get(pk=case.pk)


def shape(row: Model) -> dict[str, str]:
    """The type of each value, and whether it is empty."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: type(value).__name__ + ("" if value or value == 0 else " empty") for name, value in values.items()}


def told(code: str) -> set[tuple[str, tuple[str, ...]]]:
    """What the journal tells of a case: each verb with the names of its facts."""
    return {(entry.verb, tuple(sorted(entry.facts))) for entry in Entry.objects.filter(subject=code)}


def _fullest() -> Case:
    """A filled case to which everything happened that can happen to one."""
    referred = Duty.objects.filter(kind="referral", state="accepted").values("about")
    cases = Case.objects.filter(code__in=referred, state=State.CLOSED, notes__isnull=False, card=None)
    return cases.earliest("id")


def test_a_filled_case_has_the_shape_of_one_made_by_deeds(filled: int, units: dict[str, Unit]) -> None:
    one, other = _fullest(), by_deeds(units["nazarabad"], units["karaj"])
    assert shape(one) == shape(other)
    assert told(one.code) == told(other.code)
    pairs: list[Callable[[Case], Any]] = [
        lambda case: Party.objects.get(pk=case.party_id),
        lambda case: Note.objects.get(case=case),
        lambda case: Duty.objects.get(about=case.code, kind="final_answer"),
        lambda case: Duty.objects.get(about=case.code, kind="referral"),
    ]
    for find in pairs:
        assert shape(find(one)) == shape(find(other))
    assert _without_ground(one) == _without_ground(other)
    kinds = dict(Case.objects.values_list("code", "kind"))
    assert all(duty.about_kind == kinds[duty.about] for duty in Duty.objects.all())


def _without_ground(case: Case) -> dict[str, str]:
    """The shape of its answer, but for what an answer may have or lack."""
    kinds = shape(Answer.objects.get(case=case))
    return {name: kind for name, kind in kinds.items() if name not in {"legal_ground", "next_step"}}


def test_the_journal_gives_the_clocks_of_filled_duties_again(filled: int) -> None:
    for duty in Duty.objects.order_by("-id")[:60]:
        assert plain(replay(duty), duty.opened_at) == duty.clocks
        assert not duty.owed or not recompute(duty=duty, by=system("test"), now=clock.now()), "and its moments"


def test_moments_are_stored_as_django_stores_them(filled: int) -> None:
    duty = Duty.objects.filter(due_at__isnull=False).earliest("id")
    assert Duty.objects.filter(pk=duty.pk, due_at=duty.due_at, opened_at=duty.opened_at).exists()
    entry = Entry.objects.earliest("id")
    assert Entry.objects.filter(pk=entry.pk, at=entry.at).exists()


def test_the_journal_of_filled_cases_holds(filled: int) -> None:
    assert all(result.broken_at is None for result in verify())
    assert Entry.objects.filter(verb="case.received").count() == filled
    assert set(behind()) == set(FOLLOWERS)
    assert not any(behind().values())


def test_figures_are_those_that_the_journal_gives(filled: int) -> None:
    def figures() -> tuple[list[Any], list[Any]]:
        tallies = Tally.objects.order_by("path", "period", "by", "value")
        owed = Owed.objects.order_by("path", "grain", "slot")
        columns = [field.name for field in Tally._meta.fields if field.name != "id"]
        return list(tallies.values_list(*columns)), list(owed.values_list("path", "grain", "slot", "n"))

    before = figures()
    assert before[0]
    rebuild()
    assert figures() == before


def test_filled_cases_are_found_by_the_offices_they_concern(filled: int) -> None:
    duty = Duty.objects.filter(kind="referral").earliest("id")
    case = Case.objects.get(code=duty.about)
    for unit_id in (duty.unit_id, case.unit_id):
        assert case.pk in {case_id for _doc, case_id in search.find(case.code, unit_id=unit_id, limit=5)}
    word = case.subject.split()[0]
    assert search.find(word, unit_id=case.unit_id, limit=5)


def test_filled_texts_say_where_they_stand_like_those_of_deeds(filled: int, on_postgresql: bool) -> None:
    if not on_postgresql:
        pytest.skip("FTS5 needs no stretches")
    case = Case.objects.latest("id")
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=["گواهی"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, tsvector_to_array(words) FROM cases_searchdoc WHERE case_id = %s", [case.pk])
        documents = cursor.fetchall()
    assert len(documents) >= 2
    for number, words in documents:
        ours = {word for word in words if word.startswith("zz")}
        scopes = {word for word in ours if word.removeprefix("zzu").isdecimal()}
        assert scopes
        assert ours == {*scopes, *search.placed(scopes, number)}


def test_filled_cases_open_for_staff_and_for_their_holders(
    filled: int, reza: Actor, sign_in: Callable[[Actor], Client], client: Client
) -> None:
    case = Case.objects.filter(unit_path=reza.unit_path).latest("id")
    page = sign_in(reza).get(f"/staff/cases/{case.code}/")
    assert page.status_code == 200
    assert case.subject in page.content.decode()
    client.post("/track/", {"code": case.code, "secret": secret_of(case)})
    assert client.get(f"/track/{case.code}/").status_code == 200


def test_another_seed_adds_more_and_shares_stay_as_they_were(filled: int) -> None:
    write.fill(cases=60, seed=8, now=clock.now(), tell=lambda done: None)
    assert Case.objects.count() == filled + 60
    assert all(result.broken_at is None for result in verify())
    states = set(Case.objects.values_list("state", flat=True))
    assert {State.REGISTERED, State.CLOSED, State.ANSWERED} <= states
    assert 0.15 < Duty.objects.filter(kind="referral").count() / (filled + 60) < 0.4


def test_a_number_below_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(Namespace(cases=0, seed=1), Say("en")) == 2
    assert "at least 1" in capsys.readouterr().err
