"""Who is at work at the posts of an office on a day: the holder, or the substitute while the holder is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from takrim.orgs.models import Absence, Holding, HoldingQuerySet, Person, Post
from takrim.orgs.stamps import Kept


@dataclass(frozen=True)
class Seat:
    """A post that somebody holds. `acting` is at work there on the day; nobody is, where all are away."""

    post: Post
    holder: Person | None
    substitute: Person | None
    acting: Person | None

    @property
    def person(self) -> Person | None:
        """Whom one thinks of at this post."""
        return self.holder or self.substitute

    @property
    def people(self) -> frozenset[int]:
        """Whoever sits here, and whoever stands in."""
        return frozenset(person.pk for person in (self.holder, self.substitute) if person is not None)


def seats_of(unit_ids: Iterable[int], day: date) -> list[Seat]:
    """The posts of these offices that are held on the day, by number. Two queries."""
    return _seats(Holding.objects.valid(day).filter(post__unit_id__in=list(unit_ids)), day)


def seats_at(post_ids: Iterable[int], day: date) -> list[Seat]:
    """These posts, as far as they are held on the day, by number. Two queries."""
    return _seats(Holding.objects.valid(day).filter(post_id__in=list(post_ids)), day)


def _seats(held: HoldingQuerySet, day: date) -> list[Seat]:
    rows = list(held.filter(person__is_active=True).select_related("person", "post__unit").order_by("post_id", "pk"))
    away = set(
        Absence.objects.on(day)
        .filter(person_id__in={row.person_id for row in rows})
        .values_list("person_id", flat=True)
    )
    by_post: dict[int, list[Holding]] = {}
    for row in rows:
        by_post.setdefault(row.post_id, []).append(row)
    return [_seat(holdings, away) for holdings in by_post.values()]


def _names(day: date) -> dict[int, str]:
    held = Holding.objects.valid(day).filter(person__is_active=True, substitute_for=None).order_by("pk")
    return dict(held.values_list("post_id", "person__name"))


_NAMES: Kept[dict[int, str]] = Kept("posts", _names)


def name_at(post_id: int, day: date) -> str:
    """Who holds a post, for lists; kept in memory until posts change. "" where nobody does."""
    return _NAMES.get(day).get(post_id, "")


def _seat(holdings: list[Holding], away: set[int]) -> Seat:
    holder = next((row.person for row in holdings if row.substitute_for_id is None), None)
    substitute = next((row.person for row in holdings if row.substitute_for_id is not None), None)
    # Whoever has named a substitute for the day is away, whether they said so or not.
    first = substitute or holder
    acting = first if first is not None and first.pk not in away else None
    return Seat(holdings[0].post, holder, substitute, acting)
