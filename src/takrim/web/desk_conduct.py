"""What the pages about complaints of conduct reach: posts to choose from, names that a text mentions, shields."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from takrim.cases.conflict import Subject
from takrim.cases.hands import named_at
from takrim.cases.models import Case
from takrim.duties.models import Shield
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import province_of, under
from takrim.web.desk import Desk

# Whoever runs the system has no part in answering people.
_NOT_NAMED = ("operator",)


def posts_of(path: str) -> QuerySet[Post]:
    """The posts of one office; titles of posts are public, who holds them is not told."""
    return Post.objects.filter(unit__path=path).exclude(role__in=_NOT_NAMED).select_related("unit").order_by("id")


def posts_around(case: Case) -> QuerySet[Post]:
    """The posts of the province in which a case is answered, in the order of the tree."""
    here = under(province_of(case.unit_path), "unit__path")
    return Post.objects.filter(here).exclude(role__in=_NOT_NAMED).select_related("unit").order_by("unit__path", "id")


def offices_around(case: Case) -> list[Unit]:
    """The offices of the province in which a case is answered."""
    return list(Unit.objects.all().under(province_of(case.unit_path)).order_by("path"))


def names_somebody(text: str, path: str, on: date) -> bool:
    """Whether a text has the full name of somebody who holds a post at an office or above it."""
    return bool(named_at(text, path, on).people)


def shields_of(desk: Desk, case: Case) -> QuerySet[Shield]:
    """From whom a case is kept, for those who may see it."""
    mine = Shield.objects.filter(about=case.code, about__in=desk.cases().values("code"))
    return mine.select_related("person", "post__unit").order_by("id")


def subject_at(chosen: str, post: Post | None, said: str = "") -> Subject:
    """Who is meant: the post chosen, or else the office at the path."""
    return Subject(path=post.unit.path if post else chosen, post=post, said=said)
