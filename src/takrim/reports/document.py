"""A report as words ready to print, in one language: what all forms are made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from django.utils import translation
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.orgs.paths import lineage
from takrim.orgs.units import unit_name
from takrim.reports.build import Built, Position, canonical, rows_of
from takrim.reports.cells import WORDS, Cell, Column, Figures, Kind, Row, Table
from takrim.reports.chapter import Chapter, in_order, suggested
from takrim.reports.models import Report, State
from takrim.reports.telling import write

_TOP_MARK = 5


@dataclass(frozen=True)
class Source:
    """All that a document is made of: a kept report, or one that is computed and printed without being kept.

    `texts`: {(chapter, language): text}. `suggested`: where nothing was written, the computed sentences stand.
    """

    path: str
    period: Period
    figures: Figures
    figures_hash: str
    position: Position
    built_at: datetime
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    suggested: bool = False
    edition: int = 1
    state: str = ""
    signed: tuple[str, str, datetime] | None = None
    seal: str = ""


def source_of(report: Report) -> Source:
    """A kept report, whose figures are there."""
    assert report.built_at is not None
    rows = report.texts.exclude(text="").values_list("chapter", "lang", "text")
    signed = (report.signed_name, report.signed_post, report.signed_at) if report.signed_at else None
    return Source(
        path=report.unit_path,
        period=report.about,
        figures=report.figures,
        figures_hash=report.figures_hash,
        position=report.position,
        built_at=report.built_at,
        texts={(chapter, lang): text for chapter, lang, text in rows},
        edition=report.edition,
        state=report.state,
        signed=signed,
        seal=report.seal,
    )


def source_of_built(path: str, period: Period, built: Built, now: datetime) -> Source:
    """A report that was only computed."""
    return Source(path, period, built.figures, built.hash, built.position, now, suggested=True)


def content_hash(source: Source, lang: str) -> str:
    """Another text whenever anything in the document is another."""
    told = [
        *(source.path, source.period.code, source.figures_hash, source.edition, source.state, source.seal, lang),
        sorted([*key, text] for key, text in source.texts.items()),
        source.built_at.isoformat(),
    ]
    return hashlib.sha256(canonical(told).encode()).hexdigest()


@dataclass(frozen=True)
class Bar:
    """One bar: what it is called, how long it is (0 to 100), what it says."""

    name: str
    width: int
    says: str
    series: int = 0


@dataclass(frozen=True)
class Picture:
    """Bars under one another; `legend` names the series where there are several."""

    title: str
    bars: list[Bar]
    legend: list[str]


@dataclass(frozen=True)
class ShownTable:
    """A table in words, its raw cells beside them. `kinds` are those of the columns, the names' left out."""

    title: str
    head: list[str]
    keys: list[str]
    names: list[str]
    words: list[list[str]]
    cells: list[list[Cell]]
    kinds: list[list[Kind]]
    text_columns: list[bool]
    picture: Picture | None
    note: str

    @property
    def numbers(self) -> bool:
        """Whether all its cells are figures."""
        return not any(self.text_columns)

    @property
    def lines(self) -> list[tuple[str, str, list[tuple[str, bool]]]]:
        """For templates: each row's key and name, and its words with whether they are text."""
        return [
            (key, name, list(zip(line, self.text_columns, strict=True)))
            for key, name, line in zip(self.keys, self.names, self.words, strict=True)
        ]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        return list(zip(self.head[1:], self.text_columns, strict=True))


@dataclass(frozen=True)
class Part:
    """One chapter. `lang` is the language its paragraphs were written in."""

    code: str
    number: str
    title: str
    about: str
    paragraphs: list[str]
    lang: str
    tables: list[ShownTable]

    @property
    def direction(self) -> str:
        return "ltr" if self.lang == "en" else "rtl"


@dataclass(frozen=True)
class Document:
    """The whole report."""

    lang: str
    title: str
    office: str
    above: list[str]
    period: str
    span: str
    mark: str
    facts: list[tuple[str, str]]
    parts: list[Part]
    signed: tuple[str, str, str] | None
    seal: str
    figures_hash: str
    positions: list[tuple[str, str]]

    @property
    def direction(self) -> str:
        return "ltr" if self.lang == "en" else "rtl"


_TITLES = {
    PeriodKind.SEASON: lambda: _("Three-month report"),
    PeriodKind.HALF: lambda: _("Half-year report"),
    PeriodKind.YEAR: lambda: _("Report of the year"),
    PeriodKind.MONTH: lambda: _("Report of the month"),
}


def title_of(period: Period) -> str:
    """What a report about such a period is called."""
    return _TITLES[period.kind]()


def document(source: Source, lang: str) -> Document:
    """The report in one language."""
    with translation.override(lang):
        return Document(
            lang=lang,
            title=title_of(source.period),
            office=unit_name(source.path, lang),
            above=[unit_name(path, lang) for path in lineage(source.path)[:-1]],
            period=source.period.title(lang),
            span=_("{first} to {last}").format(
                first=words.date(source.period.start(), lang), last=words.date(source.period.last_day(), lang)
            ),
            mark=_mark(source),
            facts=_facts(source, lang),
            parts=_parts(source, lang),
            signed=_signed(source, lang),
            seal=source.seal,
            figures_hash=source.figures_hash,
            positions=[(chain, words.number(seq, lang)) for chain, (seq, _link) in sorted(source.position.items())],
        )


def _mark(source: Source) -> str:
    """What stands across the head of what is not signed."""
    if source.state == State.SIGNED:
        return ""
    if source.state == State.REVIEWED:
        return _("Reviewed, not signed yet")
    return _("Draft") if source.state else _("Computed, not signed")


def _facts(source: Source, lang: str) -> list[tuple[str, str]]:
    facts = [(_("Figures as of"), words.datetime(source.built_at, lang))]
    if source.edition > 1:
        facts.append((_("Edition"), words.number(source.edition, lang)))
    if source.period.end() > local_date(source.built_at):
        facts.append((_("Note"), _("The period was still running when the figures were computed.")))
    return facts


def _signed(source: Source, lang: str) -> tuple[str, str, str] | None:
    if source.signed is None:
        return None
    name, post, at = source.signed
    return name, post, words.date(at, lang)


def _parts(source: Source, lang: str) -> list[Part]:
    """The chapters that have figures or words."""
    parts: list[Part] = []
    for code, chapter in in_order():
        tables = [shown for table in chapter.tables if (shown := shown_table(source.figures, code, table, lang))]
        paragraphs, written_in = _paragraphs(source, code, chapter, lang)
        if tables or paragraphs:
            number = words.number(len(parts) + 1, lang)
            parts.append(Part(code, number, str(chapter.title), str(chapter.about), paragraphs, written_in, tables))
    return parts


def _paragraphs(source: Source, code: str, chapter: Chapter, lang: str) -> tuple[list[str], str]:
    """What was written in this language, or else in the other one."""
    for written_in in (lang, "en" if lang == "fa" else "fa"):
        text = source.texts.get((code, written_in), "")
        if text:
            return [line.strip() for line in text.splitlines() if line.strip()], written_in
    if source.suggested:
        return suggested(code, source.figures, source.period, lang), lang
    return [], lang


def shown_table(figures: Figures, chapter: str, table: Table, lang: str) -> ShownTable | None:
    """One table in words; None where nothing was measured."""
    rows = rows_of(figures, chapter, table.code)
    if not rows:
        return None
    shown = [place for place, column in enumerate(table.columns) if column.shown]
    kinds = [[_kind(row, table.columns[place]) for place in shown] for row in rows]
    cells = [[row.cells[place] for place in shown] for row in rows]
    return ShownTable(
        title=str(table.title),
        head=[str(table.of), *(str(table.columns[place].title) for place in shown)],
        keys=[row.key for row in rows],
        names=[row.name(lang) for row in rows],
        words=[
            [write(kind, cell, lang) for kind, cell in zip(*both, strict=True)]
            for both in zip(kinds, cells, strict=True)
        ],
        cells=cells,
        kinds=kinds,
        text_columns=[table.columns[place].kind in WORDS for place in shown],
        picture=_picture(table, rows, lang),
        note=str(table.note),
    )


def _kind(row: Row, column: Column) -> Kind:
    return row.kind if column.kind is Kind.OF_ROW else column.kind


def _picture(table: Table, rows: list[Row], lang: str) -> Picture | None:
    places = [table.place(code) for code in table.picture]
    columns = [table.columns[place] for place in places]
    values = [_number(row.cells[place]) for row in rows for place in places]
    if not places or not any(values):
        return None
    top = _top(columns[0].kind, max(value or Fraction(0) for value in values))
    bars = [
        Bar(
            row.name(lang) if series == 0 else "",
            round((_number(row.cells[place]) or Fraction(0)) / top * 100),
            write(_kind(row, column), row.cells[place], lang),
            series,
        )
        for row in rows
        for series, (place, column) in enumerate(zip(places, columns, strict=True))
    ]
    title = _(", ").join(str(column.title) for column in columns)
    return Picture(title, bars, [str(column.title) for column in columns] if len(columns) > 1 else [])


def _number(cell: Cell) -> Fraction | None:
    return Fraction(cell) if isinstance(cell, int | Fraction) else None


def _top(kind: Kind, largest: Fraction) -> Fraction:
    """How much the longest possible bar stands for."""
    if kind is Kind.SHARE:
        return Fraction(1)
    return Fraction(_TOP_MARK) if kind is Kind.MARK else largest
