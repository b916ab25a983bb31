"""A case about somebody goes to no seat of theirs, by no way; and they do not learn it from what they are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from takrim.base.clock import local_date
from takrim.base.length import Length
from takrim.cases.actions_end import mark_duplicate
from takrim.cases.actions_merge import separate
from takrim.cases.actions_notices import PRESENT, be_here
from takrim.cases.actions_route import Addressee, pass_on, refer_on, refer_to
from takrim.cases.actions_shield import keep_from
from takrim.cases.actions_transfer import hand_back, transfer
from takrim.cases.actions_work import refer, reply, return_reply
from takrim.cases.conflict import KeptFromThem, Subject
from takrim.cases.escalation import send_digests
from takrim.cases.letters._to_party import shown_code
from takrim.cases.models import Case
from takrim.cases.models_together import Presence
from takrim.cases.moves import CaseMovedMeanwhile
from takrim.cases.share_out import share_out
from takrim.duties.actions_assign import AboutThem, assign, choose_sharing, take
from takrim.duties.models import Duty, Way
from takrim.duties.moves import DutyMovedMeanwhile
from takrim.journal.models import Entry
from takrim.letters.models import Letter, Telling
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, Person, Post, Unit
from takrim.orgs.seats import actor_at
from tests.people import HIRED, NOW, Hire, MakeCase

DAY = timedelta(days=1)
THREE = Length.parse("3 working days")


def post_of(actor: Actor) -> Post:
    return Post.objects.get(pk=actor.post_id)


def stand_in(substitute: Actor, absent: Actor) -> Actor:
    """A colleague acts at somebody's post."""
    holding = Holding.objects.create(
        person_id=substitute.person_id,
        post=post_of(absent),
        since=HIRED,
        until=local_date(NOW + 9 * DAY),
        substitute_for_id=absent.person_id,
    )
    return actor_at(holding)


@pytest.fixture
def lida(hire: Hire) -> Actor:
    return hire("lida", "لیدا صفایی", "deputy", "alborz")


@pytest.fixture
def about_reza(case: Case, reza: Actor, nima: Actor) -> Case:
    """Zahra complains about Reza, who heads Nazarabad: the directorate answers."""
    keep_from(case=case, subject=Subject(path=reza.unit_path, post=post_of(reza)), by=nima, now=NOW)
    return case


@pytest.fixture
def reza_elsewhere(about_reza: Case, hire: Hire) -> Actor:
    """Later he becomes deputy in Karaj, an office that the case is not kept from."""
    return hire("reza", "رضا کریمی", "deputy", "karaj")


Way_ = Callable[[Case, Addressee, Duty, Actor], object]
WAYS: dict[str, Way_] = {
    "refer": lambda case, to, duty, by: refer(
        case=case, to=to.unit, post=to.post, task="بررسی", length=THREE, by=by, now=NOW
    ),
    "several": lambda case, to, duty, by: refer_to(case=case, to=[to], task="بررسی", length=THREE, by=by, now=NOW),
    "onward": lambda case, to, duty, by: refer_on(
        case=case, duty=duty, to=to, task="بررسی", length=THREE, by=by, now=NOW
    ),
    "passed": lambda case, to, duty, by: pass_on(case=case, duty=duty, to=to, task="بررسی", by=by, now=NOW),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_referred_neither_to_their_seat_nor_to_one_where_they_stand_in(
    way: str, about_reza: Case, reza_elsewhere: Actor, hire: Hire, units: dict[str, Unit], reza: Actor, nima: Actor
) -> None:
    duty = refer(case=about_reza, to=units["qom"], task="بررسی", length=None, by=nima, now=NOW)
    by = hire("omid", "امید حسینی", "head", "qom") if way in {"onward", "passed"} else nima
    head = hire("hoda", "هدی نیکو", "head", "karaj")

    def ask(role: str) -> object:
        return WAYS[way](about_reza, Addressee(units["karaj"], role), duty, by)

    with pytest.raises(KeptFromThem):
        ask("deputy")
    stand_in(reza, head)
    with pytest.raises(KeptFromThem):
        ask("head")
    Holding.objects.filter(substitute_for_id=head.person_id).update(until=HIRED + DAY)
    ask("head")
    assert Duty.objects.filter(about=about_reza.code, unit=units["karaj"], assignee_id=head.post_id).count() == 1


def test_it_is_not_given_to_a_colleague_for_whom_they_stand_in(
    about_reza: Case, lida: Actor, reza: Actor, nima: Actor
) -> None:
    stand_in(reza, lida)
    duty = Duty.objects.get(about=about_reza.code)
    with pytest.raises(AboutThem):
        assign(duty=duty, post=post_of(lida), difficulty="normal", kind=about_reza.kind, by=nima, now=NOW)
    choose_sharing(unit=about_reza.unit, way=Way.IN_TURN, weights={}, shares={}, by=nima, now=NOW)
    assert share_out(NOW) == 0


def test_nor_to_a_colleague_who_stands_in_for_them(
    about_reza: Case, hire: Hire, lida: Actor, reza: Actor, nima: Actor
) -> None:
    second = hire("reza", "رضا کریمی", "expert", "alborz")
    acting = stand_in(lida, second)
    duty = Duty.objects.get(about=about_reza.code)
    with pytest.raises(AboutThem):
        assign(duty=duty, post=post_of(second), difficulty="normal", kind=about_reza.kind, by=nima, now=NOW)
    with pytest.raises(AboutThem):
        take(duty=duty, kind=about_reza.kind, by=acting, now=NOW)
    choose_sharing(unit=about_reza.unit, way=Way.IN_TURN, weights={}, shares={}, by=nima, now=NOW)
    assert share_out(NOW) == 0, "in turn it would come to the seat as well"


def test_what_lay_with_them_lies_with_nobody_once_it_is_about_them(
    case: Case, lida: Actor, reza: Actor, nima: Actor, units: dict[str, Unit]
) -> None:
    duty = refer(case=case, to=units["alborz"], task="بررسی", length=None, by=reza, now=NOW, post=post_of(lida))
    stand_in(reza, lida)
    keep_from(case=case, subject=Subject(path=reza.unit_path, post=post_of(reza)), by=nima, now=NOW)
    duty.refresh_from_db()
    assert (duty.assignee, duty.assigned_at, duty.settled_at) == (None, None, None)
    assert Entry.objects.filter(subject=case.code, verb="duty.taken_away").count() == 1


def test_a_case_is_not_handed_back_to_whom_it_has_been_found_to_be_about(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, nima: Actor, hire: Hire
) -> None:
    refers = hire("hoda", "هدی نیکو", "head", "karaj")
    transfer(case=case, to=units["karaj"], reason="کارگاه در کرج است", by=mina, now=NOW)
    keep_from(case=case, subject=Subject(path="ir/alborz/nazarabad/"), by=refers, now=NOW)
    with pytest.raises(KeptFromThem):
        hand_back(case=case, reason="نه، در نظرآباد است", by=refers, now=NOW)


def test_a_reply_sent_back_does_not_lie_with_a_seat_that_has_come_to_them(
    about_reza: Case, hire: Hire, reza: Actor, nima: Actor, units: dict[str, Unit]
) -> None:
    head = hire("hoda", "هدی نیکو", "head", "karaj")
    duty = refer(case=about_reza, to=units["karaj"], task="", length=THREE, by=nima, now=NOW, post=post_of(head))
    answered = reply(case=about_reza, duty=duty, text="دارد", by=head, now=NOW)
    returned = return_reply(case=about_reza, duty=answered, reason="مدرک", by=nima, now=NOW)
    assert returned.assignee_id == head.post_id
    answered = reply(case=about_reza, duty=returned, text="دارد", by=head, now=NOW)
    stand_in(reza, head)
    returned = return_reply(case=about_reza, duty=answered, reason="مدرک", by=nima, now=NOW)
    assert (returned.assignee_id, returned.state) == (None, "returned")


def test_a_case_taken_back_does_not_lie_with_them_again(
    case: Case, make_case: MakeCase, lida: Actor, reza: Actor, nima: Actor
) -> None:
    joined = make_case(unit="alborz")
    duty = Duty.objects.get(about=joined.code)
    assign(duty=duty, post=post_of(lida), difficulty="normal", kind=joined.kind, by=nima, now=NOW)
    mark_duplicate(case=joined, original=case, by=nima, now=NOW)
    keep_from(case=joined, subject=Subject(path=reza.unit_path, post=post_of(reza)), by=nima, now=NOW)
    stand_in(reza, lida)
    assert separate(case=joined, by=nima, now=NOW + DAY).assignee_id is None


# --- what they are told ---


def test_who_had_the_page_open_is_told_no_more_than_that_it_has_changed(
    case: Case, reza: Actor, nima: Actor, units: dict[str, Unit]
) -> None:
    read = Case.objects.get(pk=case.pk)
    duty = Duty.objects.get(about=case.code)
    keep_from(case=case, subject=Subject(path=reza.unit_path, post=post_of(reza)), by=nima, now=NOW)
    deeds: list[Callable[[], object]] = [
        lambda: refer(case=read, to=units["karaj"], task="بررسی", length=None, by=reza, now=NOW),
        lambda: transfer(case=read, to=units["karaj"], reason="نه", by=reza, now=NOW),
        lambda: take(duty=duty, kind=case.kind, by=reza, now=NOW),
        lambda: assign(duty=duty, post=post_of(reza), difficulty="normal", kind=case.kind, by=reza, now=NOW),
    ]
    for deed in deeds:
        with pytest.raises((CaseMovedMeanwhile, DutyMovedMeanwhile)):
            deed()
    assert Duty.objects.filter(about=case.code).count() == 1


def test_who_is_deputy_above_learns_nothing_from_referring_it(
    case: Case, hire: Hire, reza: Actor, nima: Actor, units: dict[str, Unit]
) -> None:
    keep_from(case=case, subject=Subject(path=reza.unit_path, post=post_of(reza)), by=nima, now=NOW)
    risen = hire("reza", "رضا کریمی", "deputy", "alborz")
    with pytest.raises(CaseMovedMeanwhile):
        refer(case=case, to=units["nazarabad"], task="بررسی", length=None, by=risen, now=NOW)
    with pytest.raises(CaseMovedMeanwhile):
        refer(case=Case.objects.get(pk=case.pk), to=units["karaj"], task="بررسی", length=None, by=risen, now=NOW)
    assert Duty.objects.filter(about=case.code).count() == 1


def test_presence_neither_names_nor_shows_whom_it_is_about_from_that_moment_on(
    case: Case, mina: Actor, reza: Actor, nima: Actor
) -> None:
    for by in (reza, mina):
        be_here(case=case, by=by, now=NOW)
    keep_from(case=case, subject=Subject(path=reza.unit_path, post=post_of(reza)), by=nima, now=NOW)
    soon = NOW + PRESENT / 2
    assert be_here(case=case, by=nima, now=soon) == []
    assert be_here(case=case, by=reza, now=soon) == []
    assert Presence.objects.get(person_id=reza.person_id).seen_at == NOW


def test_presence_names_colleagues_above_as_before(case: Case, lida: Actor, reza: Actor, nima: Actor) -> None:
    keep_from(case=case, subject=Subject(path=reza.unit_path, post=post_of(reza)), by=nima, now=NOW)
    be_here(case=case, by=lida, now=NOW)
    assert [row.person_id for row in be_here(case=case, by=nima, now=NOW)] == [lida.person_id]


def test_the_digest_of_the_morning_leaves_out_what_has_become_about_its_reader(
    case: Case, make_case: MakeCase, reza: Actor, nima: Actor
) -> None:
    other = make_case()
    person = Person.objects.get(pk=reza.person_id)
    Person.objects.filter(pk=person.pk).update(email="reza@example.ir")
    for about in (case, other):
        duty = Duty.objects.get(about=about.code)
        Telling.objects.create(person=person, duty_id=duty.pk, rung="promise 50%", urgent=False, at=NOW)
    keep_from(case=case, subject=Subject(path=reza.unit_path), by=nima, now=NOW)
    assert send_digests(NOW + DAY) == 1
    text = " ".join(f"{letter.title} {letter.body}" for letter in Letter.objects.filter(to="reza@example.ir"))
    assert shown_code(other.code, "fa") in text
    assert shown_code(case.code, "fa") not in text
