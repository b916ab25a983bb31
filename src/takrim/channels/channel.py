"""A channel: one way in which a person reaches an office."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise

from takrim.base.registry import Folder


@dataclass(frozen=True, kw_only=True)
class Channel:
    """`needs_clerk`: a member of staff writes it down. `offered`: may be chosen when a new case is entered."""

    title: str | Promise
    icon: str
    needs_clerk: bool = True
    offered: bool = True
    # Who came in person could have been spared the way if the service can be done from afar.
    in_person: bool = False


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who brings a matter, as far as they said: cleaned values or empty."""

    name: str = ""
    kind: str = "person"
    national_code: str = ""
    mobile: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Intake:
    """A matter as it came in, before it is a case. `key` is the sender's own: the same key twice is one case."""

    channel: str
    kind: str
    key: str
    text: str
    subject: str = ""
    sender: Sender = field(default_factory=Sender)
    lang: str = "fa"
    # How the person wants the answer: a code of cases.delivery, or "" where they did not say.
    answer_way: str = ""
    external_system: str = ""
    external_id: str = ""
    # Somebody is in danger now.
    urgent: bool = False
    latitude: float | None = None
    longitude: float | None = None


CHANNELS: Folder[Channel] = Folder("takrim.channels.kinds", Channel)
