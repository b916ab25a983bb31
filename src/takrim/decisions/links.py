"""What decisions are linked to: cases, directives, workplaces, rights, earlier decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum, auto
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.rights import rights
from takrim.decisions.models import Decision, Link, Relation
from takrim.orgs.actor import Actor


class Thing(StrEnum):
    """The kinds of things."""

    CASE = auto()
    DIRECTIVE = auto()
    WORKPLACE = auto()
    RIGHT = auto()
    DECISION = auto()


# Earlier decisions are repeated, replaced or continued.
TO_DECISIONS = (Relation.REPEATS, Relation.REPLACES, Relation.CONTINUES)
LONGEST_CODE = 60


class UnknownLink(Refusal):
    code = "unknown_link"
    status = 422
    message = _("Nothing has this number here: “{code}”. Look at it again.")


class LinkToItself(Refusal):
    code = "link_to_itself"
    status = 422
    message = _("A decision is not linked to itself.")


class Target(NamedTuple):
    """A thing by its kind and code, and how the decision stands to it."""

    kind: str
    code: str
    relation: str = Relation.ABOUT


def check(decision: Decision, target: Target) -> None:
    """Raise UnknownLink or LinkToItself where such a link makes no sense."""
    known = {
        Thing.RIGHT: lambda: target.code in rights(),
        Thing.DECISION: lambda: Decision.objects.filter(code=target.code).exists(),
    }
    if target.kind not in set(Thing) or not target.code or len(target.code) > LONGEST_CODE:
        raise UnknownLink(code=target.code)
    if target.kind == Thing.DECISION and target.code == decision.code:
        raise LinkToItself
    if target.kind in known and not known[Thing(target.kind)]():
        raise UnknownLink(code=target.code)
    if (target.relation in TO_DECISIONS) and target.kind != Thing.DECISION:
        raise UnknownLink(code=target.code)


def link_all(decision: Decision, targets: Iterable[Target], *, by: Actor, now: datetime) -> None:
    """Part of the deed that issues a decision."""
    links = []
    for target in dict.fromkeys(targets):
        check(decision, target)
        links.append(
            Link(decision=decision, kind=target.kind, code=target.code, relation=target.relation, at=now, by=by.code)
        )
    Link.objects.bulk_create(links, ignore_conflicts=True)


def read_target(about: str, relation: str = Relation.ABOUT) -> Target | None:
    """A code as minutes and agendas write it ("decision:05…", "directive:…", a bare tracking code is a case's).

    A directive that is kept here is linked by all of that, since others are linked by the number that stands on them.
    """
    kind, colon, code = about.partition(":")
    if not colon:
        return Target(Thing.CASE, about, relation)
    if kind == Thing.DIRECTIVE:
        return Target(kind, about.partition("/")[0], relation)
    return Target(kind, code.partition("/")[0], relation) if kind in set(Thing) else None
