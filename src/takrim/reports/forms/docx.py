"""A Word document that the office may go on with: right to left where the language is."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy

from takrim.base.late import late
from takrim.reports.document import Document, Part, ShownTable
from takrim.reports.form import Form

if TYPE_CHECKING:
    import docx
    from docx import oxml, shared
    from docx.enum import text as kinds
    from docx.oxml import ns
else:
    docx, oxml, ns = late("docx"), late("docx.oxml"), late("docx.oxml.ns")
    shared, kinds = late("docx.shared"), late("docx.enum.text")

_FONT = "Vazirmatn"
# Of a sheet between its margins, in the units of python-docx: 360 000 make a centimetre.
_WIDTH = 17 * 360_000


# What must stand behind each of these: Word wants the properties of a thing in one order.
def _tags(names: str) -> tuple[str, ...]:
    return tuple(f"w:{name}" for name in names.split())


_IN_RUN = "cs em lang eastAsianLayout specVanish oMath"
_BEHIND = {
    "w:bidi": _tags(
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
        "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange rtlGutter docGrid"
    ),
    "w:szCs": _tags(f"highlight u effect bdr shd fitText vertAlign rtl {_IN_RUN}"),
    "w:rtl": _tags(_IN_RUN),
    "w:lang": _tags("eastAsianLayout specVanish oMath"),
    "w:bidiVisual": _tags(
        "tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar "
        "tblLook"
    ),
}
_CELL = "Body Text"
_STYLES = {"Normal": 10.5, "Title": 24, "Heading 1": 16, "Heading 2": 12, "Caption": 9.5, _CELL: 9}


class _Paper:
    """A document in one direction."""

    def __init__(self, document: Document) -> None:
        self.of = document
        self.rtl = document.direction == "rtl"
        self.docx: Any = docx.Document()
        self.docx.core_properties.title = f"{document.title} · {document.period}"
        self.docx.core_properties.author = document.office
        self.docx.core_properties.language = "fa-IR" if self.rtl else "en-GB"
        for name, size in _STYLES.items():
            self._style(self.docx.styles[name], size)
        self.cell = self.docx.styles[_CELL]
        self.cell.paragraph_format.space_after = shared.Pt(0)
        for section in self.docx.sections:
            section.page_width, section.page_height = shared.Cm(21), shared.Cm(29.7)
            section.left_margin = section.right_margin = shared.Cm(2)
            if self.rtl:
                _put(section._sectPr, "w:bidi")
            self._number_pages(section)

    def _style(self, style: Any, size: float) -> None:
        """The font for Latin and for Persian letters, the size of both, the direction."""
        style.font.name, style.font.size = _FONT, shared.Pt(size)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(ns.qn(kind), _FONT)
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(ns.qn(kind), None)
        _put(properties, "w:szCs", **{"w:val": str(int(size * 2))})
        _put(properties, "w:lang", **{"w:val": "en-GB", "w:bidi": "fa-IR"})
        if self.rtl:
            _put(style.element.get_or_add_pPr(), "w:bidi")
            _put(properties, "w:rtl")

    def _number_pages(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = kinds.WD_PARAGRAPH_ALIGNMENT.CENTER
        run = paragraph.add_run()
        self._direct(run)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = oxml.OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(ns.qn("w:fldCharType"), kind)
            part.text = text or None
            run._r.append(part)

    def _direct(self, run: Any) -> None:
        if self.rtl:
            _put(run._r.get_or_add_rPr(), "w:rtl")

    def say(self, text: str, style: str = "Normal", *, rtl: bool | None = None, to: Any = None) -> Any:
        """A paragraph of one run."""
        paragraph = (to or self.docx).add_paragraph(style=style)
        self.into(paragraph, text, rtl=rtl)
        return paragraph

    def into(self, paragraph: Any, text: str, *, rtl: bool | None = None, bold: bool = False) -> None:
        run = paragraph.add_run(text)
        run.bold = bold or None
        if self.rtl if rtl is None else rtl:
            _put(paragraph._p.get_or_add_pPr(), "w:bidi")
            _put(run._r.get_or_add_rPr(), "w:rtl")


def _put(properties: Any, tag: str, **attributes: str) -> None:
    """A property, once and in its place."""
    for old in properties.findall(ns.qn(tag)):
        properties.remove(old)
    element = oxml.OxmlElement(tag)
    for name, value in attributes.items():
        element.set(ns.qn(name), value)
    properties.insert_element_before(element, *_BEHIND.get(tag, ()))


def make(document: Document) -> bytes:
    """The Word file."""
    paper = _Paper(document)
    with translation.override(document.lang):
        _cover(paper)
        for part in document.parts:
            _chapter(paper, part)
        _proof(paper)
    file = BytesIO()
    paper.docx.save(file)
    return file.getvalue()


def _cover(paper: _Paper) -> None:
    of = paper.of
    for name in (*of.above, of.office):
        paper.say(name).alignment = kinds.WD_PARAGRAPH_ALIGNMENT.CENTER
    for text, style in ((of.title, "Title"), (f"{of.period} · {of.span}", "Normal"), (of.mark, "Normal")):
        if text:
            paper.say(text, style).alignment = kinds.WD_PARAGRAPH_ALIGNMENT.CENTER
    _facts(paper, of.facts)
    for line in of.signed or ():
        paper.say(line).alignment = kinds.WD_PARAGRAPH_ALIGNMENT.CENTER
    paper.docx.paragraphs[-1].add_run().add_break(kinds.WD_BREAK.PAGE)
    paper.say(gettext("Contents"), "Heading 1")
    for part in of.parts:
        paper.say(f"{part.number}. {part.title}")


def _facts(paper: _Paper, facts: list[tuple[str, str]]) -> None:
    for name, value in facts:
        paper.say(f"{name}: {value}")


def _chapter(paper: _Paper, part: Part) -> None:
    heading = paper.say(f"{part.number}. {part.title}", "Heading 1")
    heading.paragraph_format.page_break_before = True
    paper.say(part.about)
    for text in part.paragraphs:
        paper.say(text, rtl=part.direction == "rtl")
    for table in part.tables:
        _table(paper, table)


def _table(paper: _Paper, table: ShownTable) -> None:
    heading = paper.say(table.title, "Heading 2")
    heading.paragraph_format.keep_with_next = True
    grid = paper.docx.add_table(rows=1 + len(table.names), cols=len(table.head), style="Table Grid")
    if paper.rtl:
        _put(grid._tbl.tblPr, "w:bidiVisual")
    widths = _widths(table, _WIDTH)
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    # The cells of a row are asked for once: python-docx looks for each of them anew.
    rows = list(grid.rows)
    _fill(paper, rows[0], table.head, bold=True)
    _put(rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for row, name, said in zip(rows[1:], table.names, table.words, strict=True):
        _fill(paper, row, [name, *said])
    for row in rows:
        _put(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):
            cell.width = width
    if table.note:
        paper.say(table.note, "Caption")


# Of a column: how wide a letter of its cells is at most, what is free beside the letters, what the names need at least.
_LETTER, _AROUND, _NAMES = 72_000, 162_000, 1_152_000


def _widths(table: ShownTable, whole: int) -> list[shared.Emu]:
    """Figures are as wide as the longest word of theirs, so that none is cut in two; the names have the rest."""
    columns = zip(table.head[1:], *(said for said in table.words), strict=True)
    words = [max(len(word) for text in texts for word in text.split() or [""]) for texts in columns]
    figures = [letters * _LETTER + _AROUND for letters in words]
    most = whole - _NAMES
    if sum(figures) > most:
        figures = [most * width // sum(figures) for width in figures]
    longest = max((len(name) for name in (table.head[0], *table.names)), default=0) * _LETTER + _AROUND
    # What the names do not need goes to all alike.
    free = max(0, whole - sum(figures) - max(longest, _NAMES)) // (len(figures) + 1)
    return [shared.Emu(whole - sum(figures) - free * len(figures)), *(shared.Emu(width + free) for width in figures)]


def _fill(paper: _Paper, row: Any, texts: list[str], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph._p.style = paper.cell.style_id
        paper.into(paragraph, text, bold=bold)


def _proof(paper: _Paper) -> None:
    of = paper.of
    paper.say(gettext("How this report can be checked"), "Heading 1")
    paper.say(gettext("Hash of the figures (SHA-256)"))
    paper.say(of.figures_hash, rtl=False)
    if of.seal:
        paper.say(gettext("Seal of the signed report (SHA-256)"))
        paper.say(of.seal, rtl=False)


PLUGIN = Form(
    title=pgettext_lazy("form", "Word"),
    content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    make=make,
    place=2,
)
