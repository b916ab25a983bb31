"""Proofs of action on the first page: what was returned, what is still to be proven, what waits to be judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from takrim.orgs.powers import Power
from takrim.web import desk_proofs
from takrim.web.council.section import Line, Section
from takrim.web.desk import Desk
from takrim.web.parts.templatetags.takrim import number, timeleft

_MOST = 5
# Counted no further than this on the first page.
_MANY = 100


def _to_do(desk: Desk, now: datetime) -> Sequence[Line]:
    lines = [*_judge(desk), *_complete(desk, now), *_prove(desk, now)]
    return lines[:_MOST]


def _judge(desk: Desk) -> list[Line]:
    if not desk.actor.may(Power.PROOF_JUDGE):
        return []
    waiting, looks = desk_proofs.waiting(desk, _MANY), len(desk_proofs.looks(desk)[:_MANY])
    lines = []
    if waiting:
        more = "+" if waiting == _MANY else ""
        said = ngettext("{count} proof waits for your verdict", "{count} proofs wait for your verdict", waiting)
        text = said.format(count=number(waiting) + more)
        lines.append(Line(text=text, url=reverse("council:proofs_queue")))
    if looks:
        said = ngettext(
            "{count} proof was drawn for your second look", "{count} proofs were drawn for your second look", looks
        )
        text = said.format(count=number(looks))
        lines.append(Line(text=text, url=reverse("council:proofs_second")))
    return lines


def _complete(desk: Desk, now: datetime) -> list[Line]:
    return [
        Line(
            text=gettext("To be completed: {title}").format(title=title),
            url=f"/council/proofs/{code}/",
            note=timeleft(due, now) if due else "",
            late=due is not None and due < now,
        )
        for code, title, due in desk_proofs.to_complete(desk, _MOST)
    ]


def _prove(desk: Desk, now: datetime) -> list[Line]:
    """How much of it there is: what it is stands among decisions, directives and programmes already."""
    owed = [owing for _kind, owing in desk_proofs.owing(desk)]
    if not owed:
        return []
    late = sum(owing.due is not None and owing.due < now for owing in owed)
    return [
        Line(
            text=gettext("To be proven: {count}").format(count=number(len(owed))),
            url=reverse("council:proofs"),
            note=gettext("{count} past due").format(count=number(late)) if late else "",
            late=bool(late),
        )
    ]


PLUGIN = Section(
    title=_("Proof of action"),
    help=_("What your office did, shown with pictures, letters and links; judged by the secretary."),
    icon="attach",
    address="proofs",
    place=40,
    powers=(Power.PROOF_GIVE,),
    to_do=_to_do,
)
