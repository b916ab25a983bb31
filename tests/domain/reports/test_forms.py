"""A report as PDF, Word, Excel and a web page: everything is in it, in its order and its direction."""

from __future__ import annotations

import io
import os
import zipfile
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from takrim.base.press import press
from takrim.reports.document import Document, document, source_of
from takrim.reports.form import FORMS
from takrim.reports.models import Report
from tests.tagged import empty_elements, heads_of_tables, names_listed

pytestmark = pytest.mark.django_db
TITLES = ["پیام‌های مردم و پاسخ به آن‌ها", "رضایت مردم", "مقایسه با سال گذشته و با هدف", "راه راستی‌آزمایی این گزارش"]


@pytest.fixture
def persian(report: Report) -> Document:
    return document(source_of(report), "fa")


def test_the_web_page_stands_alone(persian: Document) -> None:
    page = FORMS["html"].make(persian).decode()
    assert '<html lang="fa" dir="rtl">' in page
    assert "http" not in page
    places = [page.index(title, page.index("<main>")) for title in TITLES]
    assert places == sorted(places)
    assert "long-75" in page
    assert ".long-75 { width: 75%; }" in page


def test_english_is_complete(report: Report) -> None:
    page = FORMS["html"].make(document(source_of(report), "en")).decode()
    assert 'dir="ltr"' in page
    assert "Answered on time" in page
    assert "پاسخ" not in page


def test_the_word_file_runs_from_right_to_left(persian: Document) -> None:
    made = FORMS["docx"].make(persian)
    file = docx.Document(io.BytesIO(made))
    headings = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Heading 1"]
    assert [title for title in TITLES if any(title in heading for heading in headings)] == TITLES
    assert len(file.tables) == sum(len(part.tables) for part in persian.parts)
    xml = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert xml.count("<w:bidiVisual/>") == len(file.tables)
    assert xml.count("<w:tblHeader/>") == len(file.tables)
    assert "<w:cantSplit/>" in xml
    assert "<w:rtl/>" in xml


def test_columns_of_the_word_file_are_as_wide_as_what_stands_in_them(persian: Document) -> None:
    """Names have room, figures are narrow, and all together are no wider than the sheet between its margins."""
    file: Any = docx.Document(io.BytesIO(FORMS["docx"].make(persian)))
    whole = file.sections[0].page_width - file.sections[0].left_margin - file.sections[0].right_margin
    for table in file.tables:
        widths = [column.width for column in table.columns]
        # Word counts in twentieths of a point, so that something is lost of each.
        assert whole - 635 * len(widths) <= sum(widths) <= whole
        assert [cell.width for cell in table.rows[-1].cells] == widths
    wide = max(file.tables, key=lambda table: len(table.columns))
    names, *figures = [column.width for column in wide.columns]
    assert len(set(figures)) > 1
    assert names > min(figures)


def test_the_workbook_holds_numbers(persian: Document) -> None:
    made = zipfile.ZipFile(io.BytesIO(FORMS["xlsx"].make(persian)))
    sheets = [name for name in made.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 1 + len(persian.parts)
    messages = made.read("xl/worksheets/sheet2.xml").decode()
    assert 'rightToLeft="1"' in messages
    assert "<v>0.75</v>" in messages
    assert "<v>40</v>" in messages


@pytest.fixture
def pdf(persian: Document) -> bytes:
    if press() is None:
        pytest.fail("Pango is missing") if os.environ.get("CI") else pytest.skip(
            "Pango is missing, so no PDF is drawn."
        )
    return FORMS["pdf"].make(persian)


@pytest.mark.slow
def test_the_pdf_is_tagged_and_reads_in_order(persian: Document, pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fa"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert persian.period in str(reader.metadata.title)
    assert next(item.title for item in reader.outline if not isinstance(item, list)).startswith("گزارش شش‌ماهه")
    text = "".join(page.extract_text() for page in reader.pages).replace("\u200c", "")
    places = [text.rindex(title.replace("\u200c", "")) for title in TITLES]
    assert places == sorted(places)
    assert f"از {_persian(len(reader.pages))}" in text


@pytest.mark.slow
def test_each_head_of_a_table_says_whether_it_is_of_a_column_or_of_a_row(persian: Document, pdf: bytes) -> None:
    """Also the head above the names of rows, which no cell names: heads of rows stand below it, not cells."""
    tables = heads_of_tables(pdf)
    assert len(tables) >= sum(len(part.tables) for part in persian.parts)
    for table in tables:
        assert table.without_scope == 0
        assert len(table.columns) > 1
        assert {*table.columns, *table.rows} - table.named_by_cells <= {table.columns[0]}
    assert any(table.rows for table in tables)
    named = [name for table in tables for name in (*table.columns, *table.rows)]
    assert names_listed(pdf) == sorted(named)


@pytest.mark.slow
def test_a_table_of_one_row_has_no_more_heads_than_cells(persian: Document, pdf: bytes) -> None:
    single = [table for part in persian.parts for table in part.tables if len(table.names) == 1]
    assert single
    short = [table for table in heads_of_tables(pdf) if not table.rows]
    assert len(short) == len(single)
    assert all(len(table.columns) == table.cells for table in short)


@pytest.mark.slow
def test_heads_and_feet_of_pages_are_no_words_of_the_text(pdf: bytes) -> None:
    """Read aloud, the text is not broken by them; and bars of pictures leave no empty places in it."""
    reader = PdfReader(io.BytesIO(pdf))
    for page in reader.pages[1:]:
        drawn: Any = page.get_contents()
        assert drawn.get_data().count(b"/Artifact\n<</Type /Pagination>>\nBDC") >= 2
    assert empty_elements(pdf) == []


def _persian(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
