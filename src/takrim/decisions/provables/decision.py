"""A part in a decision: what an office did to carry it out. Its code is that of the decision and its place: 05…/2."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.decisions.actions_confirm import question
from takrim.decisions.models import Share, brief
from takrim.decisions.order import take_rows
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.prepared import PreparedList
from takrim.orgs.units import unit_name
from takrim.proofs.provable import Owing, Provable, Thing
from takrim.proofs.queries import support_of

KIND = "decision"
MOST_OWED = 200


def share_of(code: str) -> Share | None:
    """The part that a code names."""
    number, _slash, place = code.partition("/")
    if not place.isdecimal():
        return None
    found = Share.objects.filter(decision__code=number, place=int(place))
    return found.select_related("decision", "duty").first()


def code_of(share: Share) -> str:
    return f"{share.decision.code}/{share.place}"


def _describe(codes: Collection[str]) -> Mapping[str, Thing]:
    lang, found = get_language() or "fa", {}
    for number, place, task, text, path in _WORDS(sorted({code.partition("/")[0] for code in codes})):
        code = f"{number}/{place}"
        if code in codes:
            title = f"{brief(task or text)} · {unit_name(path, lang)}"
            found[code] = Thing(code=code, title=title, address=_address(number))
    return found


_WORDS: PreparedList[Any] = PreparedList(
    lambda numbers: Share.objects.filter(decision__code__in=numbers).values_list(
        "decision__code", "place", "task", "decision__text", "unit_path"
    ),
    most=24,
)


def _address(number: str) -> str:
    return f"/council/decisions/{number}/"


def _owed_by(actor: Actor) -> Sequence[Owing]:
    """The parts of the actor's own office that nobody has proven yet; offices below prove their own."""
    if not actor.unit_path:
        return ()
    shares = (
        Share.objects.to_do()
        .filter(unit_path=actor.unit_path, proofs=0, organisation=None)
        .select_related("decision", "duty")
    )
    return [
        Owing(code=code_of(share), title=share.title, address=_address(share.decision.code), due=share.duty.due_at)
        for share in shares.order_by("duty__due_at", "pk")[:MOST_OWED]
    ]


def _hold(codes: Collection[str]) -> Iterable[str]:
    """The decisions in their order, each with what is owed for it."""
    shares = sorted((share for code in codes if (share := share_of(code))), key=lambda share: share.decision_id)
    paths = [share.unit_path for share in shares]
    for decision in {share.decision_id: share.decision for share in shares}.values():
        paths += take_rows(decision)
    return paths


def _support_changed(code: str, by: Actor, now: datetime) -> None:
    """A proof less than before puts a confirmed report in question."""
    share = share_of(code)
    if share is None:
        return
    support = support_of(KIND, [code])[code]
    stand = support.sent + support.accepted
    fewer = stand < share.proofs
    if stand != share.proofs:
        Share.objects.filter(pk=share.pk).update(proofs=stand)
        share.proofs = stand
    if fewer:
        question(share=share, cause=f"{KIND}:{code}", by=by, now=now)


def _open_to(code: str, actor: Actor) -> bool:
    share = share_of(code)
    return share is not None and actor.may(Power.PROOF_GIVE) and is_under(share.unit_path, actor.unit_path)


PLUGIN = Provable(
    title=_("Decision"),
    describe=_describe,
    owed_by=_owed_by,
    hold=_hold,
    support_changed=_support_changed,
    open_to=_open_to,
)
