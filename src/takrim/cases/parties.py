"""Who brought a matter: found again by telephone or national code, or written down anew."""

from __future__ import annotations

from datetime import datetime

from takrim.cases.models import Party
from takrim.channels.channel import Sender
from takrim.orgs.prepared import Prepared

# The index of those who have a number is used only where the query says so.
_WITH_CODE = Prepared(
    lambda national_code: Party.objects.filter(national_code=national_code).exclude(national_code="").order_by("id")[:5]
)
_WITH_MOBILE = Prepared(
    lambda mobile, name: Party.objects.filter(mobile=mobile, name=name).exclude(mobile="").order_by("id")[:5]
)
_FIELDS = ("name", "national_code", "mobile", "email", "address")


def party_for(sender: Sender, *, now: datetime) -> Party | None:
    """The party of a sender, or None when nothing was said about who they are. Part of the deed that receives.

    A known party is never overwritten: what the sender says now may be wrong or another's. Fields that were empty
    are filled.
    """
    if not any(getattr(sender, field) for field in _FIELDS):
        return None
    known = _known(sender)
    if known is None:
        party = Party(kind=sender.kind, since=now, **{field: getattr(sender, field) for field in _FIELDS})
        party.save(force_insert=True)
        return party
    new = {field: getattr(sender, field) for field in _FIELDS if getattr(sender, field) and not getattr(known, field)}
    if new:
        Party.objects.filter(pk=known.pk).update(**new)
        for field, value in new.items():
            setattr(known, field, value)
    return known


def _known(sender: Sender) -> Party | None:
    """The same person: both telephone and national code agree where both sides have them."""
    found: list[Party] = []
    if sender.national_code:
        found = _WITH_CODE(national_code=sender.national_code)
    elif sender.mobile:
        found = _WITH_MOBILE(mobile=sender.mobile, name=sender.name)
    for party in found:
        if not (party.mobile and sender.mobile) or party.mobile == sender.mobile:
            return party
    return None
