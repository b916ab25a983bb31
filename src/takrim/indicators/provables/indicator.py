"""An indicator: an action may have been done for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import INDICATORS
from takrim.proofs.provable import Provable, Thing


def _describe(codes: Collection[str]) -> Mapping[str, Thing]:
    return {code: Thing(code=code, title=str(INDICATORS[code].title)) for code in codes if code in INDICATORS}


def _all() -> Sequence[Thing]:
    return [Thing(code=code, title=str(indicator.title)) for code, indicator in INDICATORS]


PLUGIN = Provable(title=_("Indicator"), describe=_describe, all_of_it=_all)
