"""How people judged the answers: by dimension of the questionnaire, by office, by right of citizens."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from takrim.cases.models import Answer
from takrim.cases.rights import rights
from takrim.indicators.figures import Figures, breakdown
from takrim.indicators.increments import RIGHT, SATISFIED_FROM, Count
from takrim.indicators.indicator import INDICATORS, value_of
from takrim.indicators.scores import FEWEST_REPLIES
from takrim.orgs.paths import under
from takrim.reports.cells import Cell, Column, Kind, Measured, Row, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, in_both, of_indicator, of_unit, titled
from takrim.reports.telling import Change, Part, Told, changed, of_shares, write
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire

_REPLIES = gettext_lazy("Replies")
_CONTENT = INDICATORS["satisfaction"].title
_RATE = INDICATORS["response_rate"].title
_FEW = gettext_lazy("A score is shown from ten replies on; from fewer one could guess who said what.")
_CHUNK = 2000

_TOTALS = Table(
    code="totals",
    title=gettext_lazy("Satisfaction as a whole"),
    of=gettext_lazy("Figure"),
    columns=(
        Column(code="now", title=gettext_lazy("This period"), kind=Kind.OF_ROW),
        Column(code="before", title=gettext_lazy("Same period last year"), kind=Kind.OF_ROW),
    ),
    note=_FEW,
)
_DIMENSIONS = Table(
    code="dimensions",
    title=gettext_lazy("By dimension, 1 to 5"),
    of=gettext_lazy("Dimension"),
    columns=(
        Column(code="marks", title=gettext_lazy("Marks given")),
        Column(code="mean", title=gettext_lazy("Mean"), kind=Kind.MARK),
        Column(code="before", title=gettext_lazy("Mean a year earlier"), kind=Kind.MARK),
    ),
    picture=("mean",),
)
_OFFICES = Table(
    code="offices",
    title=gettext_lazy("Office by office"),
    of=gettext_lazy("Office"),
    columns=(
        Column(code="replies", title=_REPLIES),
        Column(code="rate", title=_RATE, kind=Kind.SHARE),
        Column(code="content", title=_CONTENT, kind=Kind.SHARE),
        Column(code="satisfied", title="", shown=False),
        Column(code="replies_before", title="", shown=False),
        Column(code="satisfied_before", title="", shown=False),
    ),
    picture=("content",),
    note=_FEW,
)
_RIGHTS = Table(
    code="rights",
    title=gettext_lazy("By right of citizens"),
    of=gettext_lazy("Right"),
    columns=(
        Column(code="received", title=INDICATORS["received"].title),
        Column(code="before", title=gettext_lazy("Same period last year")),
        Column(code="replies", title=_REPLIES),
        Column(code="content", title=_CONTENT, kind=Kind.SHARE),
    ),
    picture=("received",),
    note=gettext_lazy("A matter that concerns two rights counts for both."),
)


def _measure(scope: Scope) -> Measured:
    return {
        "totals": _totals(scope),
        "dimensions": _dimensions(scope.of(scope.path), scope.of_before(scope.path)),
        "offices": [row for unit in scope.offices if (row := of_unit(unit, *_office(scope, unit.path))).cells[0]],
        "rights": _by_right(scope),
    }


def _shown(of: Figures) -> Fraction | None:
    """The share of content people; None where too few replied."""
    return value_of("satisfaction", of) if of[Count.RESPONSES] >= FEWEST_REPLIES else None


def _totals(scope: Scope) -> list[Row]:
    own, before = scope.of(scope.path), scope.of_before(scope.path)
    return [
        in_both("replies", *titled(_REPLIES), own[Count.RESPONSES], before[Count.RESPONSES]),
        of_indicator("response_rate", value_of("response_rate", own), value_of("response_rate", before)),
        of_indicator("satisfaction", _shown(own), _shown(before)),
    ]


def _dimensions(own: Figures, before: Figures) -> list[Row]:
    if own[Count.RESPONSES] < FEWEST_REPLIES:
        return []
    asked = Counter(item.dimension for item in questionnaire().items)
    rows = []
    for code, text in questionnaire().dimensions:
        least = FEWEST_REPLIES * asked[code]
        marks, earlier = own.scores.get(code), before.scores.get(code)
        # By SMS only the whole is judged: a dimension may have fewer replies than the office.
        if marks is not None and marks.n >= least:
            then = earlier.mean if earlier and earlier.n >= least else None
            rows.append(in_both(code, text.fa, text.en, marks.n, marks.mean, then))
    return rows


def _office(scope: Scope, path: str) -> tuple[Cell, ...]:
    of, before = scope.of(path), scope.of_before(path)
    return (
        *(of[Count.RESPONSES], value_of("response_rate", of), _shown(of), of[Count.SATISFIED]),
        *(before[Count.RESPONSES], before[Count.SATISFIED]),
    )


def _by_right(scope: Scope) -> list[Row]:
    now, before = (breakdown(scope.path, RIGHT, period) for period in (scope.period, scope.before))
    judged = _judged(scope)
    rows = []
    for code, right in rights().items():
        counts = [found[code][Count.RECEIVED] if code in found else 0 for found in (now, before)]
        replies = judged.get(code, Part(0, 0))
        if any(counts) or replies.whole:
            share = Fraction(replies.part, replies.whole) if replies.whole >= FEWEST_REPLIES else None
            rows.append(in_both(code, right.fa, right.en, *counts, replies.whole, share))
    return rows


def _judged(scope: Scope) -> dict[str, Part]:
    """By right: how many of the answers given in the period were judged, and how many of them well."""
    first, after = scope.period.bounds()
    given = Answer.objects.filter(under(scope.path, "case__unit_path"), delivered_at__gte=first, delivered_at__lt=after)
    named = given.filter(case__rights__right__isnull=False).order_by("pk")
    asked = named.values_list("case__code", "number", "case__rights__right")
    content: dict[str, int] = defaultdict(int)
    replied: dict[str, int] = defaultdict(int)
    for chunk in _chunks(asked.iterator(chunk_size=_CHUNK)):
        marks = _marks({code for code, _number, _right in chunk})
        for code, number, right in chunk:
            mark = marks.get((code, number))
            if mark is not None:
                replied[right] += 1
                content[right] += mark >= SATISFIED_FROM
    return {right: Part(content[right], replied[right]) for right in replied}


def _chunks(rows: Iterator[tuple[str, int, str]]) -> Iterator[list[tuple[str, int, str]]]:
    chunk: list[tuple[str, int, str]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _marks(codes: set[str]) -> dict[tuple[str, int], int]:
    found = Response.objects.filter(subject__in=codes).values_list("subject", "occasion", "overall")
    return {(subject, occasion): overall for subject, occasion, overall in found}


def _suggest(told: Told) -> list[str]:
    return [line for line in (_whole(told), _rate(told), _weakest(told), _right(told)) if line]


def _row(told: Told, code: str) -> tuple[Cell, Cell]:
    row = told.row("totals", code)
    return (row.cells[0], row.cells[1]) if row else (None, None)


def _whole(told: Told) -> str:
    now, before = _row(told, "satisfaction")
    if before is not None:
        parts = (_parts(told, "satisfied_before", "replies_before"), _parts(told, "satisfied", "replies"))
        places = told.names("offices", of_shares(*parts))
        return changed(Change(str(_CONTENT), Kind.SHARE, before, now, told.last_year, places), told.lang)
    if now is None:
        return ""
    share, count = write(Kind.SHARE, now, told.lang), write(Kind.COUNT, _row(told, "replies")[0], told.lang)
    return _("{share} of the {count} people who replied were satisfied.").format(share=share, count=count)


def _parts(told: Told, part: str, whole: str) -> dict[str, Part]:
    """Of offices from which so many replied that one may speak of them."""
    parts, wholes = told.counts("offices", part), told.counts("offices", whole)
    return {key: Part(parts[key], wholes[key]) for key in parts if wholes[key] >= FEWEST_REPLIES}


def _rate(told: Told) -> str:
    """Satisfaction never stands without how many replied."""
    now, _before = _row(told, "response_rate")
    if now is None:
        return ""
    rate = write(Kind.SHARE, now, told.lang)
    return _("The response rate was {rate}; the opinion of the others is not known.").format(rate=rate)


def _weakest(told: Told) -> str:
    rows = [row for row in told.rows("dimensions") if row.key != "overall"]
    if len(rows) < 2:
        return ""
    ordered = sorted(rows, key=lambda row: (told.cell("dimensions", row, "mean"), row.key))
    low, high = ordered[0], ordered[-1]
    facts = {
        "low": low.name(told.lang),
        "low_mark": write(Kind.MARK, told.cell("dimensions", low, "mean"), told.lang),
        "high": high.name(told.lang),
        "high_mark": write(Kind.MARK, told.cell("dimensions", high, "mean"), told.lang),
    }
    return _("The lowest mark was for “{low}” ({low_mark} of 5), the highest for “{high}” ({high_mark}).").format(
        **facts
    )


def _right(told: Told) -> str:
    counts = told.counts("rights", "received")
    most = max(counts, key=lambda key: (counts[key], key), default="")
    if not most or not counts[most]:
        return ""
    facts = {"right": told.names("rights", [most]), "count": told.number(counts[most])}
    sentence = ngettext(
        "The right concerned most often was “{right}”, in {count} matter.",
        "The right concerned most often was “{right}”, in {count} matters.",
        counts[most],
    )
    return sentence.format(**facts)


PLUGIN = Chapter(
    title=gettext_lazy("Satisfaction of the people"),
    about=gettext_lazy(
        "What people said in the survey about the answers they were given in the period. Satisfied are those who "
        "marked the whole with 4 or 5 of 5; the response rate says how many of those asked replied."
    ),
    place=40,
    tables=(_TOTALS, _DIMENSIONS, _OFFICES, _RIGHTS),
    measure=_measure,
    suggest=_suggest,
)
