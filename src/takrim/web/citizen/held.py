"""Which cases the person at the screen has shown to be theirs: kept in the session, for as long as it lasts."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

HELD, RECEIPTS, MOBILE = "held", "receipts", "mobile"
# More than one person ever has; the oldest are let go.
MOST = 200


def hold(request: HttpRequest, codes: Iterable[str]) -> None:
    """These cases may be opened from now on."""
    held = request.session.get(HELD, [])
    new = [code for code in codes if code not in held]
    if new:
        request.session[HELD] = (held + new)[-MOST:]


def has_receipt(request: HttpRequest, code: str) -> bool:
    """Whether the case was filed in this very session, so that its secret may be shown again."""
    return code in request.session.get(RECEIPTS, {}).values()


def keep_receipt(request: HttpRequest, key: str, code: str) -> None:
    """The case was filed here with this key."""
    request.session[RECEIPTS] = {**request.session.get(RECEIPTS, {}), key: code}
    hold(request, [code])


def receipt_of(request: HttpRequest, key: str) -> str:
    """The code of the case filed here with this key, or ""."""
    code: str = request.session.get(RECEIPTS, {}).get(key, "")
    return code
