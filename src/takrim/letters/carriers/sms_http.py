"""SMS over HTTP, in whatever form the provider wants it; a TOML file says which."""

from __future__ import annotations

import http.client
import ssl
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from takrim.letters.carrier import Carrier, Message, NotCarried
from takrim.letters.carriers._template import BadTemplate, Incoming, Report, Template, read
from takrim.letters.models import Way

__all__ = ["PLUGIN", "BadTemplate", "Incoming", "Report", "carry", "template"]

_MOST_READ = 64 * 1024


def template() -> Template:
    """How this installation's provider wants to be asked. Raises BadTemplate."""
    return read(settings.SMS_TEMPLATE)


def carry(message: Message) -> str:
    """Hand one SMS to the provider. Redirects are not followed: text and key go to the named host alone."""
    try:
        asked = template()
    except BadTemplate as error:
        raise NotCarried("bad SMS template") from error
    abroad = f"98{message.to.removeprefix('0')}"
    status, answer = _ask(asked, {"to": message.to, "to98": abroad, "text": message.body, "ref": message.ref})
    if asked.took(status, answer):
        return asked.reference_in(answer) or message.ref
    raise NotCarried(f"http {status}", for_good=status in asked.refused_for_good)


def _ask(asked: Template, values: dict[str, str]) -> tuple[int, str]:
    filled = asked.fill(values)
    connection = _connection(asked)
    try:
        connection.request(filled.method, filled.target, body=filled.body, headers=dict(filled.headers))
        response = connection.getresponse()
        return response.status, response.read(_MOST_READ).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise NotCarried(f"no connection: {type(error).__name__}") from error
    finally:
        connection.close()


def _connection(asked: Template) -> http.client.HTTPConnection:
    parts = urlsplit(asked.url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(
            host, parts.port, timeout=asked.timeout, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(host, parts.port, timeout=asked.timeout)


def _is_set_up() -> bool:
    return bool(settings.SMS_TEMPLATE)


def _reports() -> bool:
    return bool(settings.SMS_SECRET)


PLUGIN = Carrier(title=_("SMS"), ways=frozenset({Way.SMS}), is_set_up=_is_set_up, carry=carry, reports=_reports)
