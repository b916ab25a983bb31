"""The final answer: what an office owes the person who brought a matter."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from takrim.cases.models import Case
from takrim.duties.kind import Abouts, DutyKind
from takrim.duties.regime import Matter


def _matters(codes: Abouts) -> Mapping[str, Matter]:
    rows = Case.objects.filter(code__in=codes).values_list("code", "kind", "channel", "card__card__code")
    return {code: Matter(kind, channel, card or "") for code, kind, channel, card in rows}


PLUGIN = DutyKind(title=_("Final answer"), length="20 calendar_days", matters=_matters)
