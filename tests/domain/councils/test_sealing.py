"""Minutes are commented on, sealed, signed under their exact hash, issued; later only corrected."""

from __future__ import annotations

import hashlib

import pytest

from takrim.councils import adoption, composing, verifying
from takrim.councils.actions_agenda import AgendaClosed, ItemWords, change_item
from takrim.councils.actions_errata import (
    Correction,
    ErratumIncomplete,
    NothingCorrected,
    NotIssuedYet,
    NotTheChair,
    OtherErratum,
    sign_erratum,
    write_erratum,
)
from takrim.councils.actions_minutes import note_votes
from takrim.councils.actions_sealing import (
    ChairMustSign,
    MinutesIncomplete,
    NotOpenForComments,
    NotPresent,
    OtherWords,
    SignaturesMissing,
    SignedAlready,
    comment,
    issue,
    seal,
    settle_comment,
    show_minutes,
    sign,
    take_back,
    unsigned,
)
from takrim.councils.adoption import Adopted
from takrim.councils.models import Body
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Invitation, Meeting, State
from takrim.councils.models_minutes import DraftDecision, Minutes, MinutesSignature
from takrim.councils.numbers import written
from takrim.councils.passages import of_decision
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from tests.people import NOW
from tests.sittings import Write


@pytest.fixture
def sealed(closed: Minutes, laleh: Actor) -> Minutes:
    return seal(minutes=closed, by=laleh, now=NOW)


@pytest.fixture
def signed(sealed: Minutes, nima: Actor, laleh: Actor, reza: Actor) -> Minutes:
    for actor in (nima, laleh, reza):
        sign(minutes=sealed, seen=sealed.hash, by=actor, now=NOW)
    return sealed


@pytest.fixture
def issued(signed: Minutes, laleh: Actor, handed: list[Adopted]) -> Minutes:
    return issue(minutes=signed, anyway="", by=laleh, now=NOW)


def test_sealed_minutes_have_a_number_and_a_hash_that_anybody_can_reckon(sealed: Minutes) -> None:
    assert sealed.number == "۱/ص/۱۴۰۵"
    assert sealed.hash == hashlib.sha256(composing.exact(sealed.content)).hexdigest()
    assert sealed.meeting.state == State.SIGNING
    assert sealed.content["number"] == sealed.number
    assert [one["name"] for one in sealed.content["absent"]] == ["هادی موسوی"]


def test_numbers_follow_one_another_and_the_pattern_of_the_office() -> None:
    assert written("{subject}/{number}-{year}", 7, 1405) == "ص/۷-۱۴۰۵"
    assert written("{number}/{year}", 7, 1405) == "ص-۷/۱۴۰۵"


@pytest.mark.parametrize(
    ("part", "text"), [("text", ""), ("doers", ""), ("due", ""), ("due", "1405/13/01"), ("proof", " ")]
)
def test_what_is_missing_is_said_and_nothing_is_sealed(
    closed: Minutes, decision: DraftDecision, write: Write, laleh: Actor, part: str, text: str
) -> None:
    write(of_decision(decision.pk, part), text)
    with pytest.raises(MinutesIncomplete) as refused:
        seal(minutes=closed, by=laleh, now=NOW)
    assert len(refused.value.found) == 1
    closed.refresh_from_db()
    assert (closed.number, closed.sealed_at) == ("", None)


def test_an_item_about_which_nothing_is_written_is_named(
    closed: Minutes, decision: DraftDecision, laleh: Actor
) -> None:
    AgendaItem.objects.create(
        body=closed.meeting.body,
        meeting=closed.meeting,
        place=2,
        title="نوبت‌دهی",
        length=5,
        proposed_by="x",
        proposed_at=NOW,
        accepted_at=NOW,
    )
    with pytest.raises(MinutesIncomplete) as refused:
        seal(minutes=closed, by=laleh, now=NOW)
    assert "نوبت‌دهی" in refused.value.found[0]


def test_a_running_meeting_is_not_sealed(minutes: Minutes, decision: DraftDecision, laleh: Actor) -> None:
    with pytest.raises(MinutesIncomplete):
        seal(minutes=minutes, by=laleh, now=NOW)


def test_comments_wait_for_a_reply(closed: Minutes, item: AgendaItem, laleh: Actor, reza: Actor, hadi: Actor) -> None:
    with pytest.raises(NotOpenForComments):
        comment(minutes=closed, item=None, text="الف", by=reza, now=NOW)
    show_minutes(minutes=closed, by=laleh, now=NOW)
    assert closed.meeting.state == State.DRAFTED
    with pytest.raises(NotAllowed):
        comment(minutes=closed, item=None, text="من نبودم", by=hadi, now=NOW)
    said = comment(minutes=closed, item=item, text="عدد درست نیست.", by=reza, now=NOW)
    with pytest.raises(MinutesIncomplete):
        seal(minutes=closed, by=laleh, now=NOW)
    settle_comment(said=said, reply="اصلاح شد.", by=laleh, now=NOW)
    assert seal(minutes=closed, by=laleh, now=NOW).hash


def test_only_these_words_are_signed(sealed: Minutes, reza: Actor) -> None:
    with pytest.raises(OtherWords):
        sign(minutes=sealed, seen="0" * 64, by=reza, now=NOW)
    assert sign(minutes=sealed, seen=sealed.hash, by=reza, now=NOW).hash == sealed.hash
    with pytest.raises(SignedAlready):
        sign(minutes=sealed, seen=sealed.hash, by=reza, now=NOW)


def test_who_was_not_there_does_not_sign(sealed: Minutes, hadi: Actor, omid: Actor) -> None:
    for actor in (hadi, omid):
        with pytest.raises(NotPresent):
            sign(minutes=sealed, seen=sealed.hash, by=actor, now=NOW)


def test_the_agenda_stands_still_under_a_signature(sealed: Minutes, item: AgendaItem, laleh: Actor) -> None:
    with pytest.raises(AgendaClosed):
        change_item(item=item, words=ItemWords(title="دیگر"), by=laleh, now=NOW)


def test_taken_back_every_signature_is_void_and_the_number_stays(
    sealed: Minutes, write: Write, laleh: Actor, reza: Actor
) -> None:
    old = sealed.hash
    sign(minutes=sealed, seen=old, by=reza, now=NOW)
    take_back(minutes=sealed, by=laleh, now=NOW)
    assert MinutesSignature.objects.filter(void_at=None).count() == 0
    write("closing", "جلسه بعد اول دی است.")
    again = seal(minutes=sealed, by=laleh, now=NOW)
    assert (again.number, again.hash != old) == ("۱/ص/۱۴۰۵", True)
    with pytest.raises(OtherWords):
        sign(minutes=again, seen=old, by=reza, now=NOW)


def test_the_same_words_have_the_same_hash(sealed: Minutes, laleh: Actor) -> None:
    old = sealed.hash
    take_back(minutes=sealed, by=laleh, now=NOW)
    assert seal(minutes=sealed, by=laleh, now=NOW).hash == old


def test_issued_minutes_hand_their_decisions_down(issued: Minutes, handed: list[Adopted], item: AgendaItem) -> None:
    [decision] = handed
    assert decision.key == f"minutes:{issued.pk}/1"
    assert decision.number == "۱/ص/۱۴۰۵-۱"
    assert decision.item == item.pk
    assert decision.doers == ("ir/alborz/nazarabad/", "ir/alborz/karaj/")
    assert decision.due.isoformat() == "2026-12-22"
    assert (decision.proof, decision.rights) == ("عکس نصب‌شده با تاریخ", ("R03",))
    assert Meeting.objects.get(pk=issued.meeting_id).state == State.ISSUED


def test_nothing_is_issued_where_decisions_cannot_be_taken_up(
    signed: Minutes, laleh: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adoption, "_taken", [])
    with pytest.raises(RuntimeError):
        issue(minutes=signed, anyway="", by=laleh, now=NOW)
    signed.refresh_from_db()
    assert signed.issued_at is None
    assert Meeting.objects.get(pk=signed.meeting_id).state == State.SIGNING
    assert not Entry.objects.filter(verb="minutes.issued").exists()


def test_without_somebodys_signature_a_reason_is_needed(
    sealed: Minutes, laleh: Actor, nima: Actor, handed: list[Adopted]
) -> None:
    with pytest.raises(ChairMustSign):
        issue(minutes=sealed, anyway="بی‌رئیس", by=laleh, now=NOW)
    for actor in (nima, laleh):
        sign(minutes=sealed, seen=sealed.hash, by=actor, now=NOW)
    with pytest.raises(SignaturesMissing) as refused:
        issue(minutes=sealed, anyway=" ", by=laleh, now=NOW)
    assert "رضا کریمی" in str(refused.value)
    assert issue(minutes=sealed, anyway="در مأموریت است.", by=laleh, now=NOW).unsigned_why == "در مأموریت است."


def test_a_guest_does_not_sign_and_nobody_waits_for_one(sealed: Minutes) -> None:
    Invitation.objects.filter(meeting=sealed.meeting_id, role="member").update(role="guest", votes=False)
    assert [one.role for one in unsigned(sealed)] == ["chair", "secretary"]


def test_a_proposal_that_was_lost_is_written_but_not_owed(
    closed: Minutes, decision: DraftDecision, laleh: Actor, nima: Actor, reza: Actor, handed: list[Adopted]
) -> None:
    Body.objects.filter(pk=closed.meeting.body_id).update(votes=True)
    closed.meeting.body.refresh_from_db()
    seats = {row.role: row.pk for row in Invitation.objects.filter(meeting=closed.meeting).here()}
    said = {seats["chair"]: "against", seats["member"]: "against", seats["secretary"]: "for"}
    note_votes(decision=decision, said=said, by=laleh, now=NOW)
    seal(minutes=closed, by=laleh, now=NOW)
    for actor in (nima, laleh, reza):
        sign(minutes=closed, seen=closed.hash, by=actor, now=NOW)
    issue(minutes=closed, anyway="", by=laleh, now=NOW)
    assert handed == []
    assert composing.decisions_in(closed.content)[0]["vote"]["result"] == "lost"


def test_issued_minutes_are_found_by_number_and_fingerprint(issued: Minutes) -> None:
    found = verifying.find("1/ص/1405", issued.hash[:16])
    assert found is not None
    assert (found.number, found.corrected_at) == (issued.number, None)
    assert verifying.find("2/ص/1405", issued.hash[:16]) is None
    assert verifying.find("1/ص/1405", "0" * 16) is None


def test_sealed_minutes_are_not_confirmed_before_they_are_issued(signed: Minutes) -> None:
    assert verifying.find(signed.number, signed.hash[:16]) is None


WRONG = Correction(wrong="هفت اداره", right="هشت اداره", why="اشتباه شمارش")


def test_an_erratum_holds_once_the_chair_has_signed_it(issued: Minutes, laleh: Actor, nima: Actor, reza: Actor) -> None:
    words = issued.hash
    erratum = write_erratum(minutes=issued, said=WRONG, by=laleh, now=NOW)
    with pytest.raises(NotTheChair):
        sign_erratum(erratum=erratum, seen=erratum.hash, by=reza, now=NOW)
    with pytest.raises(OtherErratum):
        sign_erratum(erratum=erratum, seen="0" * 64, by=nima, now=NOW)
    sign_erratum(erratum=erratum, seen=erratum.hash, by=nima, now=NOW)
    issued.refresh_from_db()
    assert issued.hash == words
    assert verifying.find(issued.number, issued.hash[:16]).corrected_at == NOW


def test_an_erratum_says_all_three_things_about_issued_minutes(issued: Minutes, laleh: Actor) -> None:
    with pytest.raises(ErratumIncomplete):
        write_erratum(minutes=issued, said=Correction(wrong="الف", right="", why="ب"), by=laleh, now=NOW)


def test_an_erratum_that_changes_nothing_is_refused(issued: Minutes, laleh: Actor) -> None:
    with pytest.raises(NothingCorrected):
        write_erratum(minutes=issued, said=Correction(wrong="الف", right=" الف ", why="ب"), by=laleh, now=NOW)
    assert not issued.errata.exists()


def test_a_draft_needs_no_erratum(sealed: Minutes, laleh: Actor) -> None:
    with pytest.raises(NotIssuedYet):
        write_erratum(minutes=sealed, said=WRONG, by=laleh, now=NOW)
