"""Who acts, from which office, with which powers: handed to every deed."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.orgs.powers import HOLDER, MEMBER, PARTNER, SYSTEM, Power


class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403
    message = _("Your post does not allow this. Ask the head of your office.")


_PARTNER = "partner:"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person at a post, the holder of a case, or the system. `code` names them in the journal."""

    code: str
    name: str = ""
    post: str = ""
    unit_path: str = ""
    powers: frozenset[Power] = field(default_factory=frozenset)
    person_id: int | None = None
    post_id: int | None = None
    # Whose post it is, where a colleague acts at it for a while.
    substitute_for: str = ""
    substitute_for_id: int | None = None
    role: str = ""

    def may(self, power: Power) -> bool:
        return power in self.powers

    def require(self, power: Power) -> None:
        """Raise NotAllowed unless the actor has the power."""
        if power not in self.powers:
            raise NotAllowed(power=power)

    @property
    def person(self) -> int:
        """The number of the person, 0 for whoever has no account: what queries compare with."""
        return self.person_id or 0

    @property
    def is_partner(self) -> bool:
        """A body outside that answers an inquiry: neither staff nor the person who brought the matter."""
        return self.code.startswith(_PARTNER)

    @property
    def is_staff(self) -> bool:
        return self.person_id is not None


def holder(party_id: int | None = None) -> Actor:
    """The person who brought a matter, known by tracking code or telephone, without an account."""
    return Actor(code=f"party:{party_id or 0}", powers=HOLDER)


def partner(number: int, name: str) -> Actor:
    """A body outside the directorate, known by the signed link it was sent."""
    return Actor(code=f"{_PARTNER}{number}", name=name, powers=PARTNER)


def member(person_id: int, name: str, post: str) -> Actor:
    """Somebody from outside who sits in a body: an account without an office. `post` is for whom they sit there."""
    return Actor(code=f"person:{person_id}", name=name, post=post, powers=MEMBER, person_id=person_id)


def system(name: str) -> Actor:
    """A job, a follower or a command."""
    return Actor(code=f"system:{name}", unit_path="ir/", powers=SYSTEM)
