"""An organisation from outside carries a decision out: its member reports, the secretary confirms, nobody else can."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.cases.models_partners import Partner
from takrim.councils import doers
from takrim.councils.actions_members import Outsider, Seat, seat_outsider
from takrim.councils.models import Body, Membership, Role
from takrim.councils.source import SOURCES, Asking
from takrim.decisions.actions_confirm import confirm, send_back
from takrim.decisions.actions_do import report, take_up
from takrim.decisions.actions_write import DoesNotSitThere, Owner, Wording, add_part, issue, until
from takrim.decisions.adoption import owners_of
from takrim.decisions.events import PartAdded
from takrim.decisions.letters import outside_part
from takrim.decisions.models import Decision, Share, State
from takrim.decisions.moves import DecisionCannotMove
from takrim.decisions.provables.decision import PLUGIN as PROVABLE
from takrim.decisions.queries import Narrow, matrix, narrowed
from takrim.duties.actions import NotYourDuty
from takrim.journal.models import Entry
from takrim.letters.kind import Draft
from takrim.orgs.actor import Actor, NotAllowed, member
from takrim.orgs.models import Unit
from tests.deciding import DUE, Decide, part

DONE = "سهم این ماه پرداخت شد."


def bank_of(name: str, now: datetime) -> Partner:
    return Partner.objects.create(unit_path="ir/alborz/", name=name, email="bank@example.ir", since=now)


def sent_by(bank: Partner, body: Body, name: str, by: Actor, now: datetime) -> Membership:
    who = Outsider(name=name, email=f"{bank.pk}.{body.pk}@bank.example.ir")
    seat = Seat(role=Role.MEMBER, title="معاون اعتبارات", since=now.date())
    return seat_outsider(body=body, organisation=bank, who=who, seat=seat, by=by, now=now)


def acting(seat: Membership) -> Actor:
    assert seat.person is not None and seat.organisation is not None
    return member(seat.person.pk, seat.person.name, seat.organisation.name)


@pytest.fixture
def bank(now: datetime) -> Partner:
    return bank_of("بانک نمونه", now)


@pytest.fixture
def seat_of_hamid(committee: Body, bank: Partner, leila: Actor, now: datetime) -> Membership:
    return sent_by(bank, committee, "حمید رحمانی", leila, now)


@pytest.fixture
def hamid(seat_of_hamid: Membership) -> Actor:
    return acting(seat_of_hamid)


@pytest.fixture
def owed(committee: Body, bank: Partner, hamid: Actor, leila: Actor, units: dict[str, Unit], now: datetime) -> Share:
    """The bank owes it; the office of the committee sees to it."""
    owner = Owner(unit=units["alborz"], organisation=bank)
    wording = Wording(text="وام کارگاه‌های خرد پرداخت شود.", decided_on=now.date(), owners=[owner], term=until(DUE))
    return part(issue(body=committee, wording=wording, by=leila, now=now))


def test_its_member_reports_and_the_secretary_confirms(owed: Share, hamid: Actor, leila: Actor, now: datetime) -> None:
    take_up(share=owed, by=hamid, now=now)
    report(share=owed, text=DONE, by=hamid, now=now)
    with pytest.raises(NotAllowed):
        confirm(share=part(owed.decision), by=hamid, now=now)
    confirm(share=part(owed.decision), by=leila, now=now)
    assert Decision.objects.get().state == State.FULFILLED


def test_the_chair_leads_the_office_and_has_no_hand_in_it(
    owed: Share, hamid: Actor, nima: Actor, now: datetime
) -> None:
    report(share=owed, text=DONE, by=hamid, now=now)
    confirm(share=part(owed.decision), by=nima, now=now)
    assert part(owed.decision).state == State.FULFILLED


def test_who_sits_there_for_another_organisation_does_not_report(
    owed: Share, committee: Body, leila: Actor, now: datetime
) -> None:
    rival = acting(sent_by(bank_of("بانک دیگر", now), committee, "زهره کریمی", leila, now))
    with pytest.raises(NotYourDuty):
        report(share=owed, text=DONE, by=rival, now=now)


def test_its_member_reports_on_nothing_that_an_office_owes(share: Share, hamid: Actor, now: datetime) -> None:
    with pytest.raises(NotYourDuty):
        report(share=share, text=DONE, by=hamid, now=now)


def test_once_the_term_is_over_nobody_speaks_for_it(
    owed: Share, seat_of_hamid: Membership, hamid: Actor, now: datetime
) -> None:
    Membership.objects.filter(pk=seat_of_hamid.pk).update(since=DUE.replace(year=2025), until=DUE.replace(year=2025))
    with pytest.raises(NotYourDuty):
        report(share=owed, text=DONE, by=hamid, now=now)
    assert part(owed.decision).state == State.ISSUED


def test_a_report_that_was_sent_back_is_written_again(owed: Share, hamid: Actor, leila: Actor, now: datetime) -> None:
    report(share=owed, text=DONE, by=hamid, now=now)
    send_back(share=part(owed.decision), why="سند پرداخت پیوست نیست.", by=leila, now=now)
    report(share=part(owed.decision), text="سند پیوست شد.", by=hamid, now=now)
    with pytest.raises(DecisionCannotMove):
        report(share=part(owed.decision), text=DONE, by=hamid, now=now)


def test_minutes_name_it_and_bind_only_who_sits_there(
    committee: Body, bank: Partner, hamid: Actor, now: datetime
) -> None:
    stranger = bank_of("بانک بیرون", now)
    assert doers.organisations(committee, now.date()) == {doers.outside(bank.pk): "بانک نمونه"}
    named = ["ir/alborz/karaj/", doers.outside(bank.pk), doers.outside(stranger.pk), "outside:x", ""]
    assert [(one.unit.path, one.organisation) for one in owners_of(committee, named)] == [
        ("ir/alborz/karaj/", None),
        ("ir/alborz/", bank),
    ]
    assert doers.names(named[:2])[1] == "بانک نمونه"


def test_the_office_that_sees_to_it_owes_no_proof_for_it(owed: Share, nima: Actor) -> None:
    assert PROVABLE.owed_by(nima) == []


def test_its_member_is_written_to(owed: Share, share: Share, hamid: Actor, leila: Actor, now: datetime) -> None:
    report(share=owed, text=DONE, by=hamid, now=now)
    send_back(share=part(owed.decision), why="سند پیوست نیست.", by=leila, now=now)

    def written(verb: str) -> list[Draft]:
        return list(outside_part.PLUGIN.compose(list(Entry.objects.filter(verb=verb).order_by("pk"))))

    [issued] = written("decision.issued")
    assert issued.address.to.endswith("@bank.example.ir")
    assert owed.decision.text in issued.body and f"/council/decisions/{owed.decision.code}/" in issued.body
    assert len(written("decision.returned")) == 1


def test_it_is_found_by_its_name(owed: Share, bank: Partner) -> None:
    assert Decision.objects.filter(words__contains=" نمونه ").count() == 1


def test_another_part_may_be_for_an_organisation_that_sits_in_the_body(
    share: Share, bank: Partner, hamid: Actor, leila: Actor, now: datetime
) -> None:
    unit, stranger = share.decision.body.unit, bank_of("بانک بیرون", now)
    with pytest.raises(DoesNotSitThere):
        add_part(decision=share.decision, owner=Owner(unit=unit, organisation=stranger), by=leila, now=now)
    asked = Owner(unit=unit, organisation=bank, task="سهم تسهیلات را اعلام کند")
    added = add_part(decision=share.decision, owner=asked, by=leila, now=now)
    assert (added.organisation, added.unit_path, added.state) == (bank, unit.path, State.ISSUED)
    share.decision.refresh_from_db()
    assert "نمونه" in share.decision.words
    entries = list(Entry.objects.filter(verb=PartAdded.verb))
    (draft,) = outside_part.PLUGIN.compose(entries)
    assert draft.address.to.endswith("@bank.example.ir")
    assert "سهم تسهیلات را اعلام کند" in draft.body


def test_the_matrix_counts_what_is_done_outside_apart_from_the_office_of_the_body(
    owed: Share, bank: Partner, hamid: Actor, leila: Actor, decide: Decide, committee: Body, now: datetime
) -> None:
    mine, bank_there = (committee.unit_path, committee.pk), doers.outside(bank.pk)
    decide("alborz")
    for path in (committee.unit_path, ""):
        sums = {one.outside: one for one in matrix([committee.pk], path, now) if one[:2] == mine}
        assert sums[bank_there][2:6] == (1, 0, 1, 0)
        assert sums[bank_there].name == "بانک نمونه"
        assert sums[""][2:6] == (1, 0, 1, 0)
    report(share=owed, text=DONE, by=hamid, now=now)
    confirm(share=part(owed.decision), by=leila, now=now)
    sums = {one.outside: one for one in matrix([committee.pk], committee.unit_path, now) if one[:2] == mine}
    assert sums[bank_there][2:6] == (1, 1, 0, 0)
    assert sums[""][2:6] == (1, 0, 1, 0)


def test_who_is_late_is_named_on_the_agenda(owed: Share, committee: Body, now: datetime) -> None:
    asking = Asking(body=committee.pk, unit_path=committee.unit_path, meeting=0, at=now + timedelta(days=60))
    (risen,) = SOURCES["overdue_decisions"].find(asking, now)
    assert risen.note.fa.startswith("بانک نمونه تا ")


def test_an_office_that_only_sees_to_others_has_no_row_in_the_matrix(
    owed: Share, committee: Body, now: datetime
) -> None:
    sums = matrix([committee.pk], committee.unit_path, now)
    assert not any(one.unit_path == committee.unit_path and not one.outside for one in sums)


def test_the_register_is_narrowed_to_an_organisation_or_to_offices(owed: Share, bank: Partner, now: datetime) -> None:
    def found(unit: str) -> list[Decision]:
        return list(narrowed(Decision.objects.all(), Narrow(unit=unit), now))

    assert found(doers.outside(bank.pk)) == [owed.decision]
    assert found(owed.unit_path) == [], "the office of the body sees to it, and does nothing itself"
