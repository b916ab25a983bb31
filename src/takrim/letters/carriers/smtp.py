"""E-mail over the relay that the settings name."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from email.mime.text import MIMEText
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext_lazy as _

from takrim.letters.bounces import bounce_address, sealed
from takrim.letters.carrier import Attachment, Carrier, Message, NotCarried
from takrim.letters.models import Way

# Named outright: Django's tests and consoles put another backend in its place.
BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_SIGN_IN = 535
# RFC 3834 and a widespread custom: whoever answers mail by a machine does not answer this one.
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Precedence": "bulk"}


# How long a relay may take to say that it did not find the person; afterwards silence means that the mail is there.
PATIENCE = timedelta(hours=6)


def _host_of(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _mail(message: Message) -> EmailMessage:
    name = f"{sealed(message.ref)}@{_host_of(settings.DEFAULT_FROM_EMAIL)}"
    # The same name at each try: mail programs show a doubled letter once.
    named = {"From": settings.DEFAULT_FROM_EMAIL, "Message-ID": f"<{name}>", "Content-Language": message.lang}
    mail = EmailMessage(
        subject=message.title,
        body=message.body,
        # To whom it is sent back stands on the envelope, not in the mail.
        from_email=bounce_address(message.ref) or settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={**_HEADERS, **named},
        connection=get_connection(BACKEND),
    )
    for file in message.files:
        mail.attach(_part(file))
    return mail


def _part(file: Attachment) -> MIMEText:
    part = MIMEText(file.text, file.subtype, "utf-8")
    for name, value in file.parameters.items():
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=file.name)
    return part


def carry(message: Message) -> str:
    """Hand one mail to the relay."""
    mail = _mail(message)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise _refused(max(codes)) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code) from error
    except ValueError as error:
        # An address or title that would begin another header, or that no mail can carry.
        raise NotCarried("bad address", for_good=True) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotCarried(f"no connection: {type(error).__name__}") from error
    return message.ref


def _refused(code: int) -> NotCarried:
    # Only the number: a relay's words repeat the address. A wrong password is ours, not the letter's.
    return NotCarried(f"smtp {code}", for_good=code >= 500 and code != _SIGN_IN)


def _is_set_up() -> bool:
    return bool(settings.SMTP_HOST)


def _patience() -> timedelta:
    return PATIENCE if settings.MAIL_BOUNCES else timedelta(0)


PLUGIN = Carrier(title=_("E-mail"), ways=frozenset({Way.EMAIL}), is_set_up=_is_set_up, carry=carry, patience=_patience)
