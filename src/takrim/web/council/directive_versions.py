"""The versions of a directive, and any two of it or of its relatives side by side."""

from __future__ import annotations

from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from takrim.base.differing import Part, compared
from takrim.base.jalali import numeric
from takrim.directives.models import Directive, DirectiveVersion
from takrim.orgs.powers import Power
from takrim.web import desk_directives
from takrim.web.council.directive import framed, seen
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language, number

_FIELDS: tuple[tuple[str, str | Promise], ...] = (
    ("number", _("Number")),
    ("issuer", _("Issued by")),
    ("subject", _("Subject")),
    ("text", _("Full text")),
)


class Choice(NamedTuple):
    """One version that can be put beside another."""

    key: str
    title: str
    version: DirectiveVersion


class Field(NamedTuple):
    """What of a field stays, goes and comes."""

    title: str | Promise
    parts: list[tuple[Part, str]]
    changed: bool


def choices(desk: Desk, directive: Directive) -> list[Choice]:
    """Its own versions, newest first, then the newest of those it supersedes, amends or follows, and the other way."""
    own = [Choice(f"{directive.pk}.{row.number}", _own(row), row) for row in desk_directives.versions(directive)]
    earlier, later = desk_directives.relations(desk, directive)
    others = {one.pk: one for one in (*(row.older for row in earlier), *(row.newer for row in later))}
    newest = desk_directives.newest_versions(others.values())
    return own + [Choice(f"{row.directive_id}.{row.number}", _other(others[row.directive_id]), row) for row in newest]


def _own(row: DirectiveVersion) -> str:
    day = numeric(row.at.date(), language())
    return gettext("Version {number}, {day}").format(number=number(row.number), day=day)


def _other(directive: Directive) -> str:
    return gettext("Directive {number}: {subject}").format(number=directive.number, subject=directive.subject)


@require_safe
@staff(Power.COUNCIL_SEE)
def versions(request: HttpRequest, directive_id: int) -> HttpResponse:
    """The list; two chosen ones are compared. Without a choice the newest stands beside the one before it."""
    row, desk = seen(request, directive_id), cast(StaffRequest, request).desk
    offered = choices(desk, row)
    by_key = {one.key: one for one in offered}
    right = by_key.get(request.GET.get("right", ""), offered[0])
    left = by_key.get(request.GET.get("left", ""), offered[1] if len(offered) > 1 else offered[0])
    context = framed(
        request,
        row,
        "directive_versions",
        choices=offered,
        left=left,
        right=right,
        fields=_fields(left, right) if left.key != right.key else [],
        own=[one for one in offered if one.version.directive_id == row.pk],
    )
    return render(request, "council/directive_versions.html", context)


def _fields(left: Choice, right: Choice) -> list[Field]:
    said = [(title, left.version.said.get(name, ""), right.version.said.get(name, "")) for name, title in _FIELDS]
    return [Field(title, list(compared(old, new)), old != new) for title, old, new in said]
