"""Writes the common Word template of minutes: right to left, with the fields that an office may move about in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).resolve().parent.parent / "src/takrim/councils/minutes.docx"
FONT = "Vazirmatn"


def _flag(parent: Any, name: str, **values: str) -> None:
    """A mark such as <w:rtl/> on a piece of the document, where it is not yet."""
    if parent.find(qn(name)) is None:
        made = OxmlElement(name)
        for key, value in values.items():
            made.set(qn(f"w:{key}"), value)
        parent.append(made)


def _rtl(paragraph: Any) -> Any:
    """Paragraph and runs from right to left; the size and the weight for Persian letters too."""
    _flag(paragraph._p.get_or_add_pPr(), "w:bidi")
    for run in paragraph.runs:
        properties = run._r.get_or_add_rPr()
        if run.bold:
            _flag(properties, "w:bCs")
        if run.font.size:
            _flag(properties, "w:szCs", val=str(int(run.font.size.pt * 2)))
        _flag(properties, "w:rtl")
    return paragraph


def _line(document: Any, text: str, *, size: float = 11, bold: bool = False, keep: bool = False) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.keep_with_next = keep
    return _rtl(paragraph)


def _table(document: Any, heads: list[str], cells: list[str], rows: str, widths: list[int]) -> None:
    """A table whose head repeats on each page; one row for each of `rows`, none of them cut in two."""
    table = document.add_table(rows=4, cols=len(heads))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.RIGHT
    _flag(table._tbl.tblPr, "w:bidiVisual")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    texts = (heads, [f"{{%tr for one in {rows} %}}"], cells, ["{%tr endfor %}"])
    for row, words in zip(table.rows, texts, strict=True):
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
        for cell, text in zip(row.cells, words, strict=False):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(10), words is heads
            _rtl(paragraph)
    _flag(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")


def _style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    _flag(style.element.get_or_add_rPr(), "w:szCs", val="22")
    _flag(style.element.get_or_add_rPr(), "w:lang", bidi="fa-IR")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    _flag(section._sectPr, "w:bidi")


def _letterhead(document: Any) -> None:
    _line(document, "{%p for name in above %}", size=9)
    _line(document, "{{ name }}", size=9)
    _line(document, "{%p endfor %}", size=9)
    _line(document, "{{ office }}", size=13, bold=True)
    _line(document, "{{ address }}", size=9)
    _line(document, "شماره: {{ number }}      تاریخ: {{ date }}      جلسهٔ {{ meeting }}", bold=True)
    _line(document, "صورتجلسهٔ {{ body }}", size=14, bold=True, keep=True)


def _body(document: Any) -> None:
    _line(document, "زمان: {{ day }}، ساعت {{ opened }} تا {{ closed }}      مکان: {{ place }}")
    _line(document, "{{ quorum }}")
    _line(document, "حاضران", bold=True, keep=True)
    cells = [
        "{{ one.place }}",
        "{{ one.name }}{% if one.note %} ({{ one.note }}){% endif %}",
        "{{ one.title }}{% if one.organisation %}، {{ one.organisation }}{% endif %}",
        "{{ one.role }}",
    ]
    _table(document, ["ردیف", "نام", "سمت", "در جلسه"], cells, "present", [12, 48, 80, 30])
    _line(document, "غایبان", bold=True, keep=True)
    _line(
        document,
        "{% for one in absent %}{{ one.name }} ({{ one.title }}){% if not loop.last %}، {% endif %}"
        "{% else %}هیچ‌کس{% endfor %}",
    )
    _line(document, "دستور جلسه و خلاصهٔ مذاکرات", bold=True, keep=True)
    _line(document, "{%p for item in items %}")
    _line(document, "{{ item.place }}. {{ item.title }}", bold=True, keep=True)
    _line(document, "{{ item.summary }}")
    _line(document, "{%p if item.carried %}")
    _line(document, "به جلسهٔ بعد موکول شد: {{ item.carried }}")
    _line(document, "{%p endif %}")
    _line(document, "{%p endfor %}")
    _line(document, "مصوبات", bold=True, keep=True)
    dissent = "{% for other in one.dissent %}؛ نظر مخالف: {{ other.name }}، {{ other.text }}{% endfor %}"
    text = f"{{{{ one.text }}}}{{% if one.vote %}} ({{{{ one.vote }}}}){{% endif %}}{dissent}"
    cells = ["{{ one.place }}", text, "{{ one.doers }}", "{{ one.due }}", "{{ one.proof }}"]
    _table(
        document, ["ردیف", "مصوبه", "مسئول اجرا", "مهلت", "چگونه اثبات می‌شود"], cells, "decisions", [12, 66, 36, 22, 34]
    )
    _line(document, "{{ closing }}")


def _end(document: Any) -> None:
    _line(document, "امضاها", bold=True, keep=True)
    cells = ["{{ one.place }}", "{{ one.name }}", "{{ one.title }}", "{{ one.signed }}"]
    _table(document, ["ردیف", "نام", "سمت", "امضا"], cells, "signatures", [12, 48, 60, 50])
    _line(document, "{{ unsigned_why }}")
    _line(document, "{%p for one in errata %}")
    _line(
        document,
        "اصلاحیهٔ {{ one.place }} ({{ one.day }}): به‌جای «{{ one.wrong }}»، «{{ one.right }}» درست است؛ "
        "{{ one.why }} ({{ one.name }})",
    )
    _line(document, "{%p endfor %}")
    _line(document, "{{ qr }}")
    _line(document, "درستی این صورتجلسه را در این نشانی بررسی کنید: {{ verify }}", size=9)
    _line(document, "اثر انگشت: {{ fingerprint }}", size=9)


def main() -> None:
    """Write it."""
    document = Document()
    _style(document)
    _letterhead(document)
    _body(document)
    _end(document)
    document.save(str(TARGET))


if __name__ == "__main__":
    main()
