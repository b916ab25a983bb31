"""Whom a step of the ladder tells: the posts that its words mean for an office, and who holds them today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from takrim.base.clock import local_date
from takrim.duties.kind import keepers_of
from takrim.duties.models import Duty
from takrim.orgs.models import Holding, Person
from takrim.orgs.paths import lineage, province_of

# The roles that a word of the ladder means, looked for in the office and then upwards, level by level.
_ROLES = {
    "head": ("head", "director_general"),
    "deputy": ("deputy", "director_general"),
    "director": ("director_general",),
}
# The department of a directorate that watches what the law says.
LEGAL = "legal/"


@dataclass(frozen=True)
class Seats:
    """Who holds which posts in the offices at hand and above them: substitutes beside those whom they stand in for."""

    by_role: dict[tuple[str, str], list[Person]]
    by_post: dict[int, list[Person]]
    # Who keeps what a duty is about, by the duty.
    keepers: Mapping[int, Sequence[Person]] = field(default_factory=dict)

    @classmethod
    def of(cls, duties: Iterable[Duty], now: datetime) -> Seats:
        """One query, however many duties; and those by which kinds of duty find who keeps what they are about."""
        listed = list(duties)
        paths = {place for duty in listed for place in lineage(duty.unit_path)}
        paths |= {province_of(duty.unit_path) + LEGAL for duty in listed}
        holdings = Holding.objects.valid(local_date(now)).filter(post__unit__path__in=paths, person__is_active=True)
        found = cls({}, {}, keepers_of(listed, now))
        for holding in holdings.select_related("person", "post__unit").order_by("pk"):
            post = holding.post
            found.by_role.setdefault((post.unit.path, post.role), []).append(holding.person)
            found.by_post.setdefault(post.pk, []).append(holding.person)
        return found

    @property
    def people(self) -> set[int]:
        """Everybody who might be told."""
        told = (*self.by_post.values(), *self.keepers.values())
        return {person.pk for people in told for person in people}

    def told(self, duty: Duty, words: Iterable[str]) -> Iterator[Person]:
        """The people whom these words mean for a duty, each once."""
        seen: set[int] = set()
        for word in words:
            for person in self._meant(duty, word):
                if person.pk not in seen:
                    seen.add(person.pk)
                    yield person

    def _meant(self, duty: Duty, word: str) -> Sequence[Person]:
        if word == "keepers":
            return self.keepers.get(duty.pk, ())
        if word == "holder" and duty.assignee_id in self.by_post:
            return self.by_post[duty.assignee_id]
        if word == "legal":
            return self.by_role.get((province_of(duty.unit_path) + LEGAL, "head"), [])
        roles = _ROLES["head" if word == "holder" else word]
        levels = ((place, role) for place in reversed(lineage(duty.unit_path)) for role in roles)
        return next((self.by_role[level] for level in levels if level in self.by_role), [])
