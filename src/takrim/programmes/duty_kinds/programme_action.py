"""A planned action: what an office said it would do in a programme, to be proven after its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base import codes, words
from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty
from takrim.programmes.models import Planned
from takrim.programmes.programme import catalogue, title_of


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    """One query."""
    rows = Planned.objects.filter(duty__in=[duty.pk for duty in duties])
    by_duty = {row.duty_id: row for row in rows}
    return {duty.pk: _head(duty, by_duty[duty.pk]) for duty in duties if duty.pk in by_duty}


def _head(duty: Duty, row: Planned) -> Head:
    lang = get_language() or "fa"
    return Head(
        title=row.title,
        number=words.digits(codes.pretty(row.code), lang),
        page=f"/council/programmes/actions/{row.pk}/",
        state=duty.state,
        note=f"{title_of(row.programme, catalogue(), lang)} · {words.date(row.starts_at, lang)}",
    )


PLUGIN = DutyKind(title=_("Planned action"), length="5 working_days", heads=_heads)
