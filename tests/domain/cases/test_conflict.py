"""A case about an official or an office: kept from them and those below, answered by the level above."""

from __future__ import annotations

import pytest

from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.cases import queries, reads, search
from takrim.cases.actions_shield import keep_from
from takrim.cases.actions_work import note, refer
from takrim.cases.conflict import KeptFromThem, NobodyAbove, Shields, Subject, may_receive
from takrim.cases.models import Case
from takrim.cases.moves import NotYours
from takrim.cases.queries import Narrow
from takrim.cases.share_out import share_out
from takrim.duties.actions_assign import AboutThem, assign, choose_sharing
from takrim.duties.models import Duty, Shield, Way
from takrim.indicators.figures import figures
from takrim.indicators.follow import rebuild
from takrim.indicators.increments import Count
from takrim.orgs.actor import Actor, holder
from takrim.orgs.models import Holding, Person, Post, Unit
from takrim.orgs.seats import actor_at
from tests.people import HIRED, NOW, Hire, MakeCase


def post_of(actor: Actor) -> Post:
    return Holding.objects.filter(person_id=actor.person_id).select_related("post").earliest("id").post


def about(actor: Actor, said: str = "") -> Subject:
    return Subject(path=actor.unit_path, post=post_of(actor), said=said)


def sees(actor: Actor, case: Case) -> list[str]:
    """Every way in which a domain reader gives a case away; empty for whom it is kept from."""
    unit = Unit.objects.get(path=actor.unit_path)
    duties = Duty.objects.all()
    ways = {
        "list": Case.objects.all().seen_by(actor).filter(pk=case.pk).exists(),
        "page": reads.case_seen_by(actor, case.code) is not None,
        "duties": duties.seen_by(actor).filter(about=case.code).exists(),
        "asked": duties.asked_by(actor).filter(about=case.code).exists(),
        "cartable": any(duty.about == case.code for duty in queries.first_due(unit.pk, by=actor)),
        "documents": case.pk in {pk for _doc, pk in search.find(case.code, unit_id=unit.pk, by=actor, limit=9)},
        "others": bool(reads.others_of_party(Case(pk=0, party_id=case.party_id), actor)),
    }
    found = queries.find(
        case.code,
        lambda: Case.objects.all().seen_by(actor),
        unit_id=unit.pk,
        by=actor,
        narrow=Narrow(),
        limit=9,
        before=None,
    )
    return [way for way, open_ in {**ways, "search": bool(found.heads)}.items() if open_]


def test_a_case_about_an_office_head_is_his_no_longer_and_of_nobody_below(
    case: Case, reza: Actor, mina: Actor, nima: Actor, sara: Actor
) -> None:
    assert {"list", "page", "duties", "cartable", "search", "others"} <= set(sees(reza, case))
    keep_from(case=case, subject=about(reza), by=nima, now=NOW)
    assert case.shielded and case.unit_path == "ir/alborz/"
    assert sees(reza, case) == sees(mina, case) == []
    for above in (nima, sara):
        assert {"list", "page", "duties", "cartable", "search"} <= set(sees(above, case))


def test_the_date_stays_when_the_case_goes_up(case: Case, nima: Actor) -> None:
    duty = Duty.objects.get(about=case.code)
    keep_from(case=case, subject=Subject(path="ir/alborz/nazarabad/"), by=nima, now=NOW)
    moved = Duty.objects.get(about=case.code)
    assert (moved.pk, moved.due_at, moved.length) == (duty.pk, duty.due_at, duty.length)
    assert moved.unit_path == "ir/alborz/"


def test_whoever_sits_in_two_offices_finds_it_from_neither(case: Case, hire: Hire, reza: Actor, nima: Actor) -> None:
    second = hire("reza", "رضا کریمی", "deputy", "alborz")
    assert "list" in sees(second, case)
    keep_from(case=case, subject=Subject(path="ir/alborz/nazarabad/", post=post_of(reza)), by=nima, now=NOW)
    # He is deputy of the directorate as well, so the directorate cannot answer either.
    assert case.unit_path == "ir/"
    assert sees(second, case) == sees(reza, case) == []


def test_who_rises_later_still_does_not_find_it(case: Case, units: dict[str, Unit], reza: Actor, nima: Actor) -> None:
    keep_from(case=case, subject=about(reza), by=nima, now=NOW)
    post = Post.objects.create(unit=units["alborz"], role="director_general", title_fa="مدیرکل", title_en="Director")
    person = Person.objects.get(pk=reza.person_id)
    risen = actor_at(Holding.objects.create(person=person, post=post, since=HIRED))
    assert sees(risen, case) == []
    assert "list" in sees(nima, case)


def test_it_is_not_referred_to_them_nor_to_anybody_below(
    case: Case, units: dict[str, Unit], reza: Actor, nima: Actor
) -> None:
    refer(case=case, to=units["karaj"], task="بررسی", length=None, by=nima, now=NOW)
    keep_from(case=case, subject=about(reza), by=nima, now=NOW)
    with pytest.raises(KeptFromThem):
        refer(case=case, to=units["nazarabad"], task="بررسی", length=None, by=nima, now=NOW)
    assert may_receive(case, "ir/alborz/karaj/")
    assert not may_receive(case, "ir/alborz/nazarabad/")
    assert not may_receive(case, "ir/alborz/", reza.person)


def test_what_was_asked_of_them_is_withdrawn(case: Case, units: dict[str, Unit], hadi: Actor, nima: Actor) -> None:
    duty = refer(case=case, to=units["karaj"], task="بررسی", length=None, by=nima, now=NOW)
    keep_from(case=case, subject=Subject(path="ir/alborz/karaj/"), by=nima, now=NOW)
    duty.refresh_from_db()
    assert duty.state == "withdrawn"
    assert case.unit_path == "ir/alborz/nazarabad/"
    assert sees(hadi, case) == []


def test_above_a_directorate_stands_the_inspection_centre(make_case: MakeCase, units: dict[str, Unit]) -> None:
    centre = Unit.objects.create(
        path="ir/inspection-centre/", kind="department", name_fa="مرکز بازرسی", name_en="Inspection Centre"
    )
    case = make_case(unit="alborz")
    keep_from(case=case, subject=Subject(path="ir/alborz/"), by=holder(), now=NOW)
    assert case.unit_id == centre.pk


def test_above_the_ministry_stands_nobody(make_case: MakeCase) -> None:
    case = make_case(unit="ministry")
    with pytest.raises(NobodyAbove):
        keep_from(case=case, subject=Subject(path="ir/"), by=holder(), now=NOW)


def test_an_office_that_was_only_asked_does_not_name_the_subject(case: Case, omid: Actor) -> None:
    with pytest.raises(NotYours):
        keep_from(case=case, subject=Subject(path="ir/qom/"), by=omid, now=NOW)
    assert not case.shielded


def test_figures_are_as_if_the_case_had_come_to_the_level_above(case: Case, make_case: MakeCase, nima: Actor) -> None:
    make_case()
    rebuild()
    month = Period.containing(local_date(NOW), PeriodKind.MONTH)
    before = figures(["ir/alborz/nazarabad/", "ir/alborz/"], month, NOW)
    keep_from(case=case, subject=Subject(path="ir/alborz/nazarabad/"), by=nima, now=NOW)
    rebuild()
    after = figures(["ir/alborz/nazarabad/", "ir/alborz/"], month, NOW)
    assert [before[path][Count.RECEIVED] for path in before] == [2, 2]
    assert [after[path][Count.RECEIVED] for path in after] == [1, 2]
    assert [after[path].standing.open for path in after] == [1, 2]


def test_a_digest_leaves_out_what_is_about_its_reader(case: Case, reza: Actor, nima: Actor) -> None:
    keep_from(case=case, subject=about(reza), by=nima, now=NOW)
    shields = Shields.of([case.code])
    assert shields.keep(case.code, "ir/alborz/nazarabad/", 0)
    assert shields.keep(case.code, "ir/alborz/", reza.person)
    assert not shields.keep(case.code, "ir/alborz/", nima.person)


def test_notes_written_afterwards_are_found_above_only(case: Case, mina: Actor, nima: Actor) -> None:
    keep_from(case=case, subject=Subject(path="ir/alborz/nazarabad/"), by=nima, now=NOW)
    note(case=case, text="بازجویی", by=nima, now=NOW)
    offices = {actor: Unit.objects.get(path=actor.unit_path).pk for actor in (mina, nima)}
    assert search.find("بازجویی", unit_id=offices[nima], by=nima, limit=5)
    assert not search.find("بازجویی", unit_id=offices[mina], by=mina, limit=5)


def test_work_is_not_shared_out_to_whom_it_is_about(case: Case, hire: Hire, reza: Actor, nima: Actor) -> None:
    second, lida = hire("reza", "رضا کریمی", "expert", "alborz"), hire("lida", "لیدا صفایی", "expert", "alborz")
    keep_from(case=case, subject=Subject(path="ir/alborz/nazarabad/"), by=nima, now=NOW)
    Shield.objects.update(person_id=reza.person_id)
    choose_sharing(unit=case.unit, way=Way.IN_TURN, weights={}, shares={}, by=nima, now=NOW)
    duty = Duty.objects.get(about=case.code)
    with pytest.raises(AboutThem):
        post = Post.objects.get(pk=second.post_id)
        assign(duty=duty, post=post, difficulty=duty.difficulty, kind=case.kind, by=nima, now=NOW)
    assert share_out(NOW) == 1
    duty.refresh_from_db()
    assert duty.assignee_id == lida.post_id
