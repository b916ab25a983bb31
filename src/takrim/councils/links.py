"""Signed addresses that open one thing without signing in: an invitation, the door of a meeting, a calendar feed."""

from __future__ import annotations

from django.conf import settings
from django.core import signing

from takrim.councils.models_meetings import Feed, Invitation, Meeting

_INVITATION, _DOOR, _FEED = (f"takrim.councils.{name}" for name in ("invitation", "door", "feed"))


def _read(token: str, salt: str) -> list[object]:
    try:
        found = signing.loads(token, salt=salt)
    except signing.BadSignature:
        return []
    return found if isinstance(found, list) else []


def invitation_token(invitation: Invitation) -> str:
    """Opens one invitation, as long as its meeting lies ahead."""
    return signing.dumps([invitation.pk], salt=_INVITATION)


def read_invitation(token: str) -> int | None:
    """The number of the invitation, or None for a token that is forged or made for something else."""
    match _read(token, _INVITATION):
        case [int(number)]:
            return number
    return None


def invitation_address(invitation: Invitation) -> str:
    return f"{settings.ADDRESS}/council/invitation/{invitation_token(invitation)}/"


def door_address(meeting: Meeting) -> str:
    """What the code at the door says."""
    token = signing.dumps([meeting.pk, meeting.door_nonce], salt=_DOOR)
    return f"{settings.ADDRESS}/council/door/{token}/"


def read_door(token: str) -> tuple[int, str] | None:
    """The meeting's number and its nonce."""
    match _read(token, _DOOR):
        case [int(number), str(nonce)]:
            return number, nonce
    return None


def feed_address(feed: Feed) -> str:
    """The secret address of a person's meetings."""
    token = signing.dumps([feed.person_id, feed.nonce], salt=_FEED)
    return f"{settings.ADDRESS}/council/feed/{token}.ics"


def read_feed(token: str) -> tuple[int, str] | None:
    """The person's number and the nonce."""
    match _read(token, _FEED):
        case [int(person), str(nonce)]:
            return person, nonce
    return None


def meeting_address(meeting: Meeting) -> str:
    """The page of a meeting, for those who sign in."""
    return f"{settings.ADDRESS}/council/meetings/{meeting.code}/"
