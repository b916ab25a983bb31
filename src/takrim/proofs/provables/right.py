"""A right of citizens: an action may show that it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.cases.rights import rights
from takrim.proofs.provable import Provable, Thing


def _thing(code: str) -> Thing:
    # The words first: a line that begins with a Latin code would be read from the left.
    return Thing(code=code, title=f"{rights()[code].title(get_language() or 'fa')} ({code})")


def _describe(codes: Collection[str]) -> Mapping[str, Thing]:
    return {code: _thing(code) for code in codes if code in rights()}


def _all() -> Sequence[Thing]:
    return [_thing(code) for code in rights()]


PLUGIN = Provable(title=_("Right of citizens"), describe=_describe, all_of_it=_all)
