"""Answers of the same text: many people, one sentence, and no template that somebody stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.facts import Facts
from takrim.evaluation.watching import Found, Limit, Limits, Watch, codes


def _find(facts: Facts, limits: Limits) -> Iterator[Found]:
    alike: dict[str, dict[str, None]] = defaultdict(dict)
    for text in facts.texts:
        if text.plain:
            alike[text.mark][text.code] = None
    for mark, cases in sorted(alike.items()):
        if len(cases) >= limits["least"]:
            yield Found(
                key=mark,
                numbers={"many": len(cases), "whole": len({text.code for text in facts.texts})},
                unusual=Fraction(len(cases), limits["least"]),
                cases=codes(cases),
            )


PLUGIN = Watch(
    title=_("Answers of the same text"),
    rule=_(
        "At least {limit_least} different matters were answered word for word alike, numbers and dates aside, "
        "without a template of answers and not as letters of one campaign."
    ),
    sentence=_("{many} of {whole} answers are word for word the same, numbers and dates aside."),
    innocent=_(
        "A question that many people ask in the same way, and an answer that fits them all: it should become a "
        "template, with somebody who stands for it."
    ),
    touches=("answered_on_time", "median_hours", "p90_hours"),
    limits={
        "least": Limit(
            8,
            _("fewest matters with one text"),
            _(
                "The gate already stops a clerk from repeating the last twenty answers; so many pass it only on "
                "purpose."
            ),
        ),
    },
    find=_find,
)
