"""Mail that comes back: which of our letters it is about, and whether that is lost for good (RFC 3464).

Anybody can write to the address for bounces. So each letter goes out under a sealed name, which only the mail itself
carries: what does not name it says nothing about any letter of ours.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal

_SEALED = re.compile(r"(takrim-[0-9]{1,19})\.([0-9a-f]{20})(?![0-9a-f])")
# Where mail servers write to which of our addresses a mail came.
_CAME_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "References", "In-Reply-To")
_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")


class NotAReport(Refusal):
    code = "not_a_delivery_report"
    status = 422
    message = _("This mail is no report about a letter that came back: nothing was changed.")


class NamesNoLetter(Refusal):
    code = "report_names_no_letter"
    status = 422
    message = _("This report names no letter that was sent from here: nothing was changed.")


@dataclass(frozen=True)
class Bounce:
    """What a mail server says of a letter. `lost`: it will not arrive; else it is only late, or arrived."""

    reference: str
    lost: bool
    status: str


def sealed(reference: str) -> str:
    """The name under which a letter goes out."""
    return f"{reference}.{_seal(reference)}"


def _seal(reference: str) -> str:
    return salted_hmac("takrim.letters.bounces", reference, algorithm="sha256").hexdigest()[:20]


def bounce_address(reference: str) -> str:
    """To whom a relay sends the letter back; "" where nobody waits for such mail."""
    name, _at, host = parseaddr(settings.MAIL_BOUNCES)[1].rpartition("@")
    return f"{name}+{sealed(reference)}@{host}" if name else ""


def read(raw: bytes) -> Bounce:
    """Raises NotAReport for any other mail, NamesNoLetter for a report about mail of others."""
    try:
        mail = message_from_bytes(raw)
        parts = list(mail.walk())
    except RecursionError as error:
        raise NotAReport from error
    fields = [block for part in parts for block in _blocks(part)]
    actions = {str(block.get("Action", "")).strip().lower() for block in fields} - {""}
    if not actions:
        raise NotAReport
    reference = next(_references(mail, parts), "")
    if not reference:
        raise NamesNoLetter
    said = (str(block.get("Status", "")) for block in fields)
    status = next((found[0] for text in said if (found := _STATUS.search(text))), "")
    return Bounce(reference, "failed" in actions, status)


def _blocks(part: Message) -> list[Message]:
    """The fields that a report gives, one block for the mail and one for each who should have got it."""
    payload = part.get_payload()
    if part.get_content_type() != "message/delivery-status" or not isinstance(payload, list):
        return []
    return [block for block in payload if isinstance(block, Message)]


def _references(mail: Message, parts: list[Message]) -> Iterator[str]:
    """The letters that are named with their true seal: by the address it came to, else by the mail that is enclosed."""
    for text in _places(mail, parts):
        for reference, seal in _SEALED.findall(text.lower()):
            if hmac.compare_digest(seal, _seal(reference)):
                yield reference


def _places(mail: Message, parts: list[Message]) -> Iterator[str]:
    for name in _CAME_TO:
        yield from (str(value) for value in mail.get_all(name, []))
    for part in parts:
        if part is not mail:
            yield str(part.get("Message-ID", ""))
        if part.get_content_type() == "text/rfc822-headers":
            enclosed = part.get_payload(decode=True)
            text = enclosed.decode("ascii", "replace") if isinstance(enclosed, bytes) else ""
            yield str(message_from_string(text).get("Message-ID", ""))
