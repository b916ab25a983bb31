"""An office writes down what it did, attaches files and sends it; it changes nothing that lies with the secretary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from takrim.evidence.actions import Upload
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.proofs.actions import (
    BadAddress,
    BadNumbers,
    CannotChange,
    Done,
    NotComplete,
    NotYet,
    NotYourProof,
    TooManyFiles,
    UnknownThing,
    add_files,
    add_link,
    begin,
    change_file,
    keep,
    missing,
    remove_file,
    send,
    withdraw_proof,
)
from takrim.proofs.models import Action, State
from takrim.proofs.moves import ProofMovedMeanwhile
from takrim.proofs.queries import Support, actions_for, support_of
from takrim.proofs.supporting import supported
from tests.proving import DONE, Accounts, given, photo

LATER = timedelta(hours=1)


def test_one_action_proves_several_things_without_being_copied(mina: Actor, thing: Accounts, now: datetime) -> None:
    action = begin(done=DONE, proves=[("thing", "1"), ("thing", "2"), ("right", "R06")], by=mina, now=now)
    add_files(action=action, uploads=[photo(1)], by=mina, now=now)
    send(action=action, by=mina, now=now)
    assert support_of("thing", ["1", "2", "3"]) == {"1": Support(sent=1), "2": Support(sent=1), "3": Support()}
    assert [one.code for one in actions_for("right", "R06")] == [action.code]
    assert thing.changed == ["1", "2"]


def test_files_have_numbers_and_the_journal_their_hashes(mina: Actor, now: datetime) -> None:
    action = begin(done=DONE, proves=[("right", "R01")], by=mina, now=now)
    add_files(action=action, uploads=[photo(1), (Upload("نامه.txt", [b"letter"]), "letter")], by=mina, now=now)
    add_link(action=action, url="https://example.ir/news/1", title="خبر", by=mina, now=now)
    remove_file(action=action, number=1, by=mina, now=now)
    add_files(action=action, uploads=[photo(2)], by=mina, now=now)
    assert list(action.files.order_by("number").values_list("number", "kind")) == [
        (2, "letter"), (3, "link"), (4, "photo"),
    ]  # fmt: skip
    send(action=action, by=mina, now=now)
    hashes = Entry.objects.get(verb="proof.sent").facts["hashes"]
    assert hashes == [file.evidence.file.hash for file in action.files.order_by("number") if file.evidence]
    assert len(hashes) == 2


def test_a_draft_may_lack_everything_but_is_not_sent_so(mina: Actor, thing: Accounts, now: datetime) -> None:
    action = begin(done=Done(), proves=[], by=mina, now=now)
    assert missing(action, []) == ["title", "text", "done_on", "place", "audience", "proves", "files"]
    with pytest.raises(NotComplete):
        send(action=action, by=mina, now=now)
    assert action.state == State.DRAFT
    assert thing.changed == []


def test_what_was_done_online_needs_no_place(mina: Actor, now: datetime) -> None:
    action = begin(done=replace(DONE, place="", manner="online"), proves=[("right", "R01")], by=mina, now=now)
    assert missing(action, [("right", "R01")]) == ["files"]


def test_what_is_still_to_come_is_no_proof(mina: Actor, now: datetime) -> None:
    action = begin(done=replace(DONE, done_on=date(2026, 11, 25)), proves=[("right", "R01")], by=mina, now=now)
    add_files(action=action, uploads=[photo(1)], by=mina, now=now)
    with pytest.raises(NotYet):
        send(action=action, by=mina, now=now)


def test_more_women_and_men_than_people_cannot_be(mina: Actor, now: datetime) -> None:
    with pytest.raises(BadNumbers):
        begin(done=replace(DONE, people=10), proves=[], by=mina, now=now)
    assert not Action.objects.exists()


@pytest.mark.parametrize("pair", [("thing", "x"), ("thing", "91"), ("nothing", "1"), ("right", "R12")])
def test_what_is_not_there_for_the_office_cannot_be_proven(
    pair: tuple[str, str], mina: Actor, thing: Accounts, now: datetime
) -> None:
    with pytest.raises(UnknownThing):
        begin(done=DONE, proves=[pair], by=mina, now=now)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.ir/x", "https://", "example.ir", "//x"])
def test_a_link_is_the_address_of_a_page(url: str, mina: Actor, now: datetime) -> None:
    action = begin(done=DONE, proves=[], by=mina, now=now)
    with pytest.raises(BadAddress):
        add_link(action=action, url=url, title="", by=mina, now=now)
    assert not action.files.exists()


def test_attachments_have_an_end(mina: Actor, now: datetime) -> None:
    action = begin(done=DONE, proves=[], by=mina, now=now)
    many = [(Upload(f"{n}.txt", [b"%d" % n]), "letter") for n in range(41)]
    with pytest.raises(TooManyFiles):
        add_files(action=action, uploads=many, by=mina, now=now)


def test_a_link_never_becomes_a_file(mina: Actor, now: datetime) -> None:
    action = begin(done=DONE, proves=[], by=mina, now=now)
    add_link(action=action, url="https://example.ir/", title="", by=mina, now=now)
    add_files(action=action, uploads=[photo(1)], by=mina, now=now)
    change_file(action=action, number=1, kind="photo", title="خبر", by=mina, now=now)
    change_file(action=action, number=2, kind="minutes", title="", by=mina, now=now)
    rows = list(action.files.order_by("number").values_list("kind", "title"))
    assert rows == [("link", "خبر"), ("minutes", "")]


def test_colleagues_of_the_office_go_on_and_strangers_do_not(
    mina: Actor, reza: Actor, hadi: Actor, nima: Actor, now: datetime
) -> None:
    action = begin(done=DONE, proves=[("right", "R01")], by=mina, now=now)
    keep(action=action, done=replace(DONE, title="تابلو"), proves=[("right", "R02")], by=reza, now=now)
    assert supported(action) == [("right", "R02")]
    for stranger in (hadi, nima):
        with pytest.raises(NotYourProof):
            keep(action=action, done=DONE, proves=[], by=stranger, now=now)


def test_who_gives_no_proof_begins_none(sara: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        begin(done=DONE, proves=[], by=sara, now=now)


def test_what_lies_with_the_secretary_stays_as_it_is(mina: Actor, thing: Accounts, now: datetime) -> None:
    action = given(mina, now)
    for deed in (
        lambda: keep(action=action, done=DONE, proves=[], by=mina, now=now),
        lambda: add_files(action=action, uploads=[photo(2)], by=mina, now=now),
        lambda: remove_file(action=action, number=1, by=mina, now=now),
    ):
        with pytest.raises(CannotChange):
            deed()


def test_of_two_who_change_a_draft_at_once_one_is_told(mina: Actor, reza: Actor, now: datetime) -> None:
    action = begin(done=DONE, proves=[], by=mina, now=now)
    as_reza_saw_it = Action.objects.get(pk=action.pk)
    keep(action=action, done=replace(DONE, title="نو"), proves=[], by=mina, now=now + LATER)
    with pytest.raises(ProofMovedMeanwhile):
        keep(action=as_reza_saw_it, done=DONE, proves=[], by=reza, now=now + LATER)


def test_a_draft_can_be_given_up(mina: Actor, thing: Accounts, now: datetime) -> None:
    action = begin(done=DONE, proves=[("thing", "1")], by=mina, now=now)
    withdraw_proof(action=action, by=mina, now=now)
    assert support_of("thing", ["1"])["1"] == Support()
    with pytest.raises(CannotChange):
        keep(action=action, done=DONE, proves=[], by=mina, now=now)
