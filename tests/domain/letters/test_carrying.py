"""Carrying: at least once, never silently dropped, later and later, and given up where people see it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from takrim.base.codes import pretty_secret
from takrim.cases.actions_intake import secret_of
from takrim.cases.models import Case
from takrim.channels.channel import Sender
from takrim.journal.models import Entry
from takrim.letters import actions, carry
from takrim.letters.actions import LetterNotGivenUp, NoSuchLetter
from takrim.letters.bounces import sealed
from takrim.letters.carrier import CARRIERS, Carrier, carrier_for
from takrim.letters.carry import LATER, LONGEST_PAUSE, MOST_A_DAY, carry_waiting, pause
from takrim.letters.models import ConfirmedAddress, Letter, Way
from takrim.orgs.actor import Actor, NotAllowed, holder, system
from tests.domain.letters.conftest import Written
from tests.domain.letters.fakes import Provider, Relay
from tests.people import NOW, MakeCase

pytestmark = pytest.mark.django_db
BY_MAIL = Sender(email="zahra@example.ir")


def later(**length: float) -> datetime:
    return NOW + timedelta(**length)


def read(mail: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(mail)


@pytest.fixture
def receipt(case: Case, written: Written) -> Letter:
    return written()[0]


def test_without_a_carrier_letters_are_laid_out(receipt: Letter) -> None:
    assert carry_waiting(NOW) == 1
    receipt.refresh_from_db()
    assert (receipt.carrier, receipt.sent_at, receipt.next_try_at, receipt.tries) == ("outbox", NOW, None, 1)
    assert carry_waiting(NOW) == 0


def test_a_letter_waits_for_its_moment(receipt: Letter) -> None:
    Letter.objects.update(next_try_at=later(days=1))
    assert carry_waiting(NOW) == 0
    assert carry_waiting(later(days=1)) == 1


def test_an_sms_is_handed_to_the_provider_with_its_secret(case: Case, receipt: Letter, sms: Provider) -> None:
    assert carry_waiting(NOW) == 1
    (asked,) = sms.asked
    body = json.loads(asked["body"])
    assert (asked["method"], asked["path"]) == ("POST", "/send")
    assert asked["headers"]["Authorization"] == "Bearer key-of-the-office"
    assert (body["receptor"], body["localid"]) == ("09121234567", f"takrim-{receipt.pk}")
    assert pretty_secret(secret_of(case)) in body["message"]
    receipt.refresh_from_db()
    assert (receipt.carrier, receipt.provider_ref, receipt.sent_at) == ("sms_http", "A1", NOW)


def test_a_provider_that_is_away_is_asked_later_and_later(receipt: Letter, sms: Provider) -> None:
    sms.answers = [(503, ""), (500, ""), (200, '{"data": {"id": 7}}')]
    assert carry_waiting(NOW) == 0
    receipt.refresh_from_db()
    first = receipt.next_try_at
    assert first is not None
    assert timedelta(seconds=30) <= first - NOW <= timedelta(seconds=38)
    assert receipt.last_error == "http 503"
    assert carry_waiting(NOW) == 0
    assert carry_waiting(first) == 0
    receipt.refresh_from_db()
    assert receipt.next_try_at is not None
    assert receipt.next_try_at - first >= timedelta(minutes=1)
    assert carry_waiting(receipt.next_try_at) == 1
    receipt.refresh_from_db()
    assert (receipt.tries, receipt.provider_ref, receipt.last_error) == (3, "7", "")
    assert len({asked["body"] for asked in sms.asked}) == 1


def test_pauses_double_to_a_bound_and_can_be_computed_again() -> None:
    pauses = [pause(tries, salt=5) for tries in range(1, 30)]
    assert pauses == [pause(tries, salt=5) for tries in range(1, 30)]
    assert all(after > before for before, after in pairwise(pauses[:8]))
    assert max(pauses) <= LONGEST_PAUSE * 1.25
    assert len({pause(3, salt) for salt in range(50)}) > 40


def test_four_hours_without_a_provider_lose_nothing(make_case: MakeCase, written: Written, sms: Provider) -> None:
    for number in range(6):
        make_case(sender=Sender(mobile=f"0912000{number:04}"))
    written()
    sms.answers = [(503, "")]
    at = NOW
    while at < later(hours=4):
        carry_waiting(at)
        at += timedelta(minutes=20)
    sms.answers = [(200, "{}")]
    sms.asked.clear()
    while at < later(hours=7):
        carry_waiting(at)
        at += timedelta(minutes=20)
    assert len(sms.asked) == Letter.objects.filter(sent_at__isnull=False).count() == 6


def test_what_cannot_be_carried_in_time_is_given_up_where_people_see_it(
    case: Case, receipt: Letter, sms: Provider
) -> None:
    sms.answers = [(503, "")]
    carry_waiting(NOW)
    carry_waiting(later(days=8))
    receipt.refresh_from_db()
    assert (receipt.gave_up_at, receipt.last_error, receipt.next_try_at) == (later(days=8), "http 503", None)
    entry = Entry.objects.get(verb="letter.given_up")
    assert (entry.subject, entry.facts["why"]) == (case.code, "http 503")
    assert "0912" not in str(entry.facts)


def test_a_number_that_does_not_exist_is_not_tried_again(receipt: Letter, sms: Provider) -> None:
    sms.answers = [(422, "no such number")]
    carry_waiting(NOW)
    receipt.refresh_from_db()
    assert (receipt.gave_up_at, receipt.tries) == (NOW, 1)


def test_a_provider_that_cannot_be_reached_is_a_fault_of_the_moment(
    receipt: Letter, sms: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*args: object) -> object:
        raise ConnectionRefusedError

    monkeypatch.setattr("http.client.HTTPConnection.connect", nobody)
    carry_waiting(NOW)
    receipt.refresh_from_db()
    assert receipt.gave_up_at is None
    assert receipt.last_error == "no connection: ConnectionRefusedError"


def test_a_redirect_is_not_followed(receipt: Letter, sms: Provider) -> None:
    sms.answers = [(302, "")]
    carry_waiting(NOW)
    receipt.refresh_from_db()
    assert (receipt.last_error, len(sms.asked)) == ("http 302", 1)


def test_a_letter_whose_process_died_is_carried_again(
    receipt: Letter, sms: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """What no code catches."""

    def die(**facts: object) -> None:
        raise Killed

    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr(actions, "hand_over", die)
        carry_waiting(NOW)
    assert len(sms.asked) == 1
    assert carry_waiting(later(seconds=1)) == 0
    assert carry_waiting(later(minutes=3)) == 1
    references = {json.loads(asked["body"])["localid"] for asked in sms.asked}
    assert (len(sms.asked), len(references)) == (2, 1)


def test_two_processes_do_not_carry_the_same_letter(receipt: Letter, sms: Provider) -> None:
    seen = list(Letter.objects.due(NOW)), list(Letter.objects.due(NOW))
    claims = [list(carry._claimed(letters, NOW)) for letters in seen]
    assert [len(claim) for claim in claims] == [1, 0]


def test_a_fault_of_one_letter_does_not_hold_up_the_others(
    make_case: MakeCase, written: Written, sms: Provider, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    for mobile in ("09120000001", "09120000002"):
        make_case(sender=Sender(mobile=mobile))
    written()
    whole = CARRIERS["sms_http"].carry

    def faulty(message: Any) -> str:
        if message.to.endswith("1"):
            raise KeyError(message.to)
        return whole(message)

    carrier = Carrier(title="", ways=frozenset({Way.SMS}), is_set_up=lambda: True, carry=faulty)
    monkeypatch.setitem(CARRIERS.items, "sms_http", carrier)
    assert carry_waiting(NOW) == 1
    assert Letter.objects.get(sent_at=None).last_error == "fault: KeyError"
    assert "0912" not in caplog.text


def test_mail_goes_out_as_mail(receipt: Letter, mail: Relay) -> None:
    Letter.objects.update(way="email", to="zahra@example.ir", trusted=True)
    assert carry_waiting(NOW) == 1
    (sent,) = map(read, mail.mails)
    assert sent["To"] == "zahra@example.ir"
    assert "رسید پرونده" in sent["Subject"]
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"] == f"<{sealed(f'takrim-{receipt.pk}')}@localhost>"
    assert sent["From"] == "takrim@localhost"
    assert "رمز پیگیری" in sent.get_content()


@pytest.mark.parametrize(
    ("rcpt", "data", "given_up", "error"),
    [
        ("550 no such mailbox zahra@example.ir", "250 OK", True, "smtp 550"),
        ("450 try later", "250 OK", False, "smtp 450"),
        ("250 OK", "554 looks like spam", True, "smtp 554"),
        ("250 OK", "451 busy", False, "smtp 451"),
    ],
)
def test_a_relays_no_is_for_good_or_for_now(
    receipt: Letter, mail: Relay, rcpt: str, data: str, given_up: bool, error: str
) -> None:
    mail.rcpt, mail.data = rcpt, data
    Letter.objects.update(way="email", to="zahra@example.ir", trusted=True)
    carry_waiting(NOW)
    receipt.refresh_from_db()
    assert (receipt.gave_up_at is not None, receipt.last_error) == (given_up, error)


def test_a_relay_that_is_away_is_tried_again(receipt: Letter, settings: Any) -> None:
    settings.SMTP_HOST, settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", "127.0.0.1", 1
    Letter.objects.update(way="email", to="zahra@example.ir", trusted=True)
    carry_waiting(NOW)
    receipt.refresh_from_db()
    assert receipt.gave_up_at is None
    assert receipt.last_error.startswith("no connection")


def test_an_address_with_a_line_break_reaches_nobody_else(receipt: Letter, mail: Relay) -> None:
    Letter.objects.update(way="email", to="zahra@example.ir\r\nBcc: all@example.ir", trusted=True)
    carry_waiting(NOW)
    receipt.refresh_from_db()
    assert (mail.mails, mail.recipients, receipt.last_error) == ([], [], "bad address")
    assert receipt.gave_up_at == NOW


def test_an_address_that_nobody_confirmed_gets_one_question(make_case: MakeCase, written: Written, mail: Relay) -> None:
    cases = [make_case(sender=BY_MAIL, text="توهین به صاحب نشانی") for _ in range(5)]
    make_case(sender=Sender(email="ZAHRA@example.ir"))
    written()
    for day in range(3):
        carry_waiting(later(days=day))
    (asked,) = map(read, mail.mails)
    said = asked["Subject"] + asked.get_content()
    assert "/letters/confirm/" in said
    assert "توهین" not in said
    assert all(case.code not in said for case in cases)
    assert Letter.objects.held().count() == 6


def test_once_confirmed_everything_comes(make_case: MakeCase, written: Written, mail: Relay) -> None:
    for _ in range(3):
        make_case(sender=BY_MAIL)
    written()
    carry_waiting(NOW)
    question = Letter.objects.get(kind="confirm_address")
    actions.confirm_address(letter=question, by=holder(), now=later(hours=1))
    assert carry_waiting(later(hours=1)) == 3
    make_case(sender=BY_MAIL)
    written()
    assert carry_waiting(later(hours=2)) == 1
    assert len(mail.mails) == 5


def test_what_nobody_confirmed_is_given_up_visibly(make_case: MakeCase, written: Written, mail: Relay) -> None:
    make_case(sender=BY_MAIL)
    written()
    carry_waiting(NOW)
    carry_waiting(later(days=8))
    assert Letter.objects.get(kind="receipt").last_error == "address not confirmed"
    assert Entry.objects.filter(verb="letter.given_up").count() == 1


def test_an_address_is_confirmed_once(make_case: MakeCase, written: Written, mail: Relay) -> None:
    make_case(sender=BY_MAIL)
    written()
    carry_waiting(NOW)
    question = Letter.objects.get(kind="confirm_address")
    for _ in range(2):
        actions.confirm_address(letter=question, by=holder(), now=NOW)
    assert ConfirmedAddress.objects.count() == 1


@pytest.mark.slow
def test_nobody_is_flooded(make_case: MakeCase, written: Written, sms: Provider) -> None:
    for _ in range(MOST_A_DAY + 5):
        make_case()
    written()
    assert carry_waiting(NOW) == MOST_A_DAY
    assert carry_waiting(NOW + LATER) == 0
    waiting = Letter.objects.unfinished()
    assert {letter.last_error for letter in waiting} == {"too many in a day"}
    assert carry_waiting(later(days=1, hours=1)) == 5


def test_a_report_of_the_provider_is_true_once(receipt: Letter, sms: Provider) -> None:
    carry_waiting(NOW)
    for minutes in (1, 2):
        actions.report_delivered(reference="A1", by=system("sms"), now=later(minutes=minutes))
    actions.report_lost(reference="A1", by=system("sms"), now=later(minutes=3))
    receipt.refresh_from_db()
    assert (receipt.delivered_at, receipt.gave_up_at) == (later(minutes=1), None)


def test_a_letter_that_was_lost_on_its_way_is_told_and_may_be_tried_again(
    case: Case, receipt: Letter, sms: Provider, kian: Actor
) -> None:
    carry_waiting(NOW)
    actions.report_lost(reference="A1", by=system("sms"), now=later(minutes=1))
    receipt.refresh_from_db()
    assert receipt.gave_up_at == later(minutes=1)
    actions.retry(letter=receipt, by=kian, now=later(days=30))
    assert carry_waiting(later(days=30)) == 1
    verbs = Entry.objects.filter(subject=case.code, verb__startswith="letter").order_by("id")
    assert [entry.verb for entry in verbs] == ["letter.given_up", "letter.retried"]


def test_only_what_was_given_up_is_tried_again_and_only_by_the_operator(
    receipt: Letter, kian: Actor, reza: Actor
) -> None:
    with pytest.raises(LetterNotGivenUp):
        actions.retry(letter=receipt, by=kian, now=NOW)
    with pytest.raises(NotAllowed):
        actions.retry(letter=receipt, by=reza, now=NOW)


@pytest.mark.parametrize("reference", ["", "unknown"])
def test_a_report_about_nothing_is_refused(receipt: Letter, reference: str) -> None:
    with pytest.raises(NoSuchLetter):
        actions.report_delivered(reference=reference, by=system("sms"), now=NOW)


def test_what_ended_long_ago_is_laid_out_and_not_carried(make_case: MakeCase, written: Written, sms: Provider) -> None:
    make_case(at=later(days=-100))
    make_case()
    written()
    assert actions.lay_out_old(before=later(days=-1), by=system("demo"), now=NOW) == 1
    assert carry_waiting(NOW) == 1
    assert len(sms.asked) == 1
    old = Letter.objects.order_by("id")[0]
    assert (old.carrier, old.sent_at) == ("outbox", later(days=-100))


def test_a_way_without_its_carrier_goes_to_the_outbox(sms: Provider) -> None:
    assert [carrier_for(way) for way in (Way.SMS, Way.EMAIL)] == ["sms_http", "outbox"]


def many(make_case: MakeCase, count: int) -> Iterator[Case]:
    for number in range(count):
        yield make_case(sender=Sender(mobile=f"0912{number:07}"))


@pytest.mark.slow
def test_a_crowd_is_carried_in_one_run(make_case: MakeCase, written: Written, sms: Provider) -> None:
    list(many(make_case, 60))
    written()
    assert carry_waiting(NOW) == 60
    assert len({asked["body"] for asked in sms.asked}) == 60


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"to": ""}, "letter_has_its_address"),
        ({"delivered_at": NOW}, "letter_is_sent_before_it_is_delivered"),
        ({"gave_up_at": NOW}, "letter_is_tried_only_while_unfinished"),
    ],
)
def test_the_database_knows_the_life_of_a_letter(receipt: Letter, changes: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Letter.objects.update(**changes)


def test_mails_are_readable_without_a_special_program(receipt: Letter, mail: Relay) -> None:
    Letter.objects.update(way="email", to="zahra@example.ir", trusted=True)
    carry_waiting(NOW)
    sent = read(mail.mails[0])
    assert sent.get_content_type() == "text/plain"
    assert sent.get_content_charset() == "utf-8"
    assert "تکریم" in sent.get_content()
