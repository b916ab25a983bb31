"""Mail that comes back: the letter is known by its seal, lost by a report alone, and told by the command."""

from __future__ import annotations

import io
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from takrim.letters.bounces import Bounce, NamesNoLetter, NotAReport, bounce_address, read, sealed
from takrim.letters.carry import carry_waiting
from takrim.letters.models import Letter
from takrim.site.cli import main
from tests.domain.letters.conftest import Written
from tests.domain.letters.fakes import Relay
from tests.people import NOW

REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.ir>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"
Message-ID: <20261126.1@mx.example.ir>

--=_b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.ir
Arrival-Date: Thu, 26 Nov 2026 10:00:00 +0330

Final-Recipient: rfc822; zahra@example.ir
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such mailbox

--=_b
Content-Type: {enclosed}

Message-ID: {name}
Subject: Answer

--=_b--
"""


def report(
    name: str = "<somebody@else>",
    *,
    to: str = "bounces@example.ir",
    action: str = "failed",
    status: str = "5.1.1",
    enclosed: str = "message/rfc822",
) -> bytes:
    filled = REPORT.format(name=name, to=to, action=action, status=status, enclosed=enclosed)
    return filled.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("enclosed", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_its_letter_by_the_mail_that_is_enclosed(enclosed: str) -> None:
    raw = report(f"<{sealed('takrim-12')}@localhost>", enclosed=enclosed)
    assert read(raw) == Bounce("takrim-12", lost=True, status="5.1.1")


def test_or_by_the_address_that_it_came_to(settings: Any) -> None:
    settings.MAIL_BOUNCES = "bounces@example.ir"
    assert read(report(to=f"<{bounce_address('takrim-12').upper()}>")).reference == "takrim-12"


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("relayed", "2.0.0"), ("delivered", "2.1.5")])
def test_what_is_late_is_not_lost(action: str, status: str) -> None:
    raw = report(f"<{sealed('takrim-12')}@localhost>", action=action, status=status)
    assert read(raw) == Bounce("takrim-12", lost=False, status=status)


@pytest.mark.parametrize(
    "name", ["takrim-12", "takrim-12.0123456789abcdef0123", f"{sealed('takrim-12')}0", "takrim-13"]
)
def test_a_name_without_its_seal_names_nothing(name: str) -> None:
    with pytest.raises(NamesNoLetter):
        read(report(f"<{name}@localhost>", to=f"bounces+{name}@example.ir"))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        f"To: bounces+{sealed('takrim-12')}@example.ir\r\nAuto-Submitted: auto-replied\r\n\r\nI am on leave.".encode(),
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n--x--",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)),
    ],
)
def test_other_mail_is_no_report(raw: bytes) -> None:
    with pytest.raises(NotAReport):
        read(raw)


@pytest.fixture
def sent(case: Any, written: Written, mail: Relay, settings: Any) -> Letter:
    """Zahra's receipt by e-mail, taken by the relay."""
    settings.MAIL_BOUNCES = "bounces@example.ir"
    letter = written()[0]
    Letter.objects.update(way="email", to="zahra@example.ir", trusted=True)
    assert carry_waiting(NOW) == 1
    return letter


@pytest.mark.django_db
def test_a_mail_leaves_with_an_envelope_of_its_own(sent: Letter, mail: Relay) -> None:
    (told,) = mail.mails
    left = BytesParser(EmailMessage, policy=policy.default).parsebytes(told)
    assert left["From"] == "takrim@localhost", "people answer to the office, not to the address for bounces"
    assert mail.senders == [f"bounces+{sealed(f'takrim-{sent.pk}')}@example.ir"]


@pytest.mark.django_db
def test_the_command_gives_the_letter_up(
    sent: Letter, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "back.eml"
    path.write_bytes(report(f"<{sealed(f'takrim-{sent.pk}')}@localhost>"))
    assert main(["letters", "bounces", str(path), "--lang", "en"]) == 0
    assert f"takrim-{sent.pk} came back" in capsys.readouterr().out
    sent.refresh_from_db()
    assert (sent.gave_up_at is not None, sent.last_error) == (True, "came back 5.1.1")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Subject: hello\r\n\r\nhello")))
    assert main(["letters", "bounces", "-", "--lang", "en"]) == 0
    assert "no report" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["letters", "bounces", str(tmp_path / "no.eml"), "--lang", "en"]) == 1
    assert "could not be read" in capsys.readouterr().err
