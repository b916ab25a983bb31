"""The figures of a report, the sentences that follow from them, and what they were measured from."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import translation

from takrim.orgs.actor import Actor
from takrim.reports import actions
from takrim.reports.build import build, rows_of
from takrim.reports.chapter import CHAPTERS, suggested
from takrim.reports.making import compared
from takrim.reports.models import Report
from takrim.reports.shown import comparison
from takrim.reports.telling import Part, of_counts, of_shares
from tests.domain.reports.conftest import HALF, SUMMER
from tests.matters import answered
from tests.people import NOW, MakeCase

pytestmark = pytest.mark.django_db


def said(report: Report, chapter: str, lang: str = "en") -> list[str]:
    with translation.override(lang):
        return suggested(chapter, report.figures, report.about, lang)


def test_a_fall_is_told_with_its_place(report: Report) -> None:
    lines = said(report, "messages")
    assert "Received rose from 20 (First half of 1404) to 40" in lines[0]
    fall = "Answered on time fell from 100% (First half of 1404) to 75%, mainly in Nazarabad."
    assert fall in lines
    persian = said(report, "messages", "fa")
    assert any("به ۷۵٪ کاهش یافت؛ بیشتر در نظرآباد." in line for line in persian)


def test_the_target_is_told_as_it_is(report: Report) -> None:
    lines = said(report, "comparison")
    assert "Answered on time is 75%; the target of 95% is not reached." in lines


def test_satisfaction_does_not_stand_without_its_response_rate(report: Report) -> None:
    lines = said(report, "satisfaction")
    assert "50% of the 24 people who replied were satisfied." in lines
    assert "The response rate was 60%; the opinion of the others is not known." in lines


def test_nothing_is_said_of_nothing(units: object) -> None:
    built = build("ir/qom/kahak/", HALF, NOW)
    for code, _chapter in CHAPTERS:
        assert suggested(code, built.figures, HALF, "fa") == [], code


def test_figures_keep_their_exact_value(report: Report) -> None:
    row = next(row for row in rows_of(report.figures, "messages", "totals") if row.key == "answered_on_time")
    assert row.cells == (Fraction(3, 4), Fraction(1))


def test_the_same_period_gives_the_same_figures(report: Report) -> None:
    again = build(report.unit_path, HALF, NOW + timedelta(days=1))
    assert again.hash == report.figures_hash
    assert compared(report, again.figures, again.hash) == {"same": True, "differences": [], "more": 0, "causes": []}


def test_what_changed_since_is_listed_with_its_causes(report: Report, make_case: MakeCase) -> None:
    late = make_case(unit="karaj", at=SUMMER)
    answered(late, SUMMER + timedelta(days=3))
    make_case(unit="karaj", at=NOW)
    again = build(report.unit_path, HALF, NOW)
    found = compared(report, again.figures, again.hash)
    assert not found["same"]
    received = next(
        line
        for line in found["differences"]
        if (line["chapter"], line["table"], line["column"]) == ("messages", "totals", "now")
        and line["row"]["en"] == "Received"
    )
    assert (received["before"], received["now"]) == (40, 41)
    causes = {cause["verb"]: cause["count"] for cause in found["causes"]}
    # What came in after the period does not belong to it.
    assert causes == {"case.received": 1, "case.answered": 1}
    with translation.override("fa"):
        lines = comparison(found, "fa")
    assert "۴۰ → ۴۱" in "\n".join(lines)


def test_a_change_is_named_by_its_largest_parts() -> None:
    assert of_counts({"a": 10, "b": 10, "c": 10}, {"a": 30, "b": 11, "c": 9}) == ["a"]
    assert of_counts({"a": 10}, {"a": 30}) == []
    before = {"a": Part(9, 10), "b": Part(90, 100)}
    assert of_shares(before, {"a": Part(1, 10), "b": Part(90, 100)}) == ["a"]
    # What is the same everywhere but for the weights has no place.
    assert of_shares(before, {"a": Part(90, 100), "b": Part(9, 10)}) == []


def test_every_chapter_measures_the_tables_it_names(report: Report) -> None:
    for code, chapter in CHAPTERS:
        assert set(report.figures[code]) == {table.code for table in chapter.tables}
        for table in chapter.tables:
            kept = report.figures[code][table.code]
            assert len(rows_of(report.figures, code, table.code)) == len(kept)
            assert all(code in {column.code for column in table.columns} for code in table.picture)


def test_position_is_where_the_journal_was(report: Report, leyla: Actor) -> None:
    seq, link = report.position["ir/alborz/"]
    assert seq > 0
    assert len(link) == 64
    assert actions.seal_of(report) == actions.seal_of(report)
