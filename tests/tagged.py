"""What a tagged PDF tells readers' programs about its tables: read from the structure tree, as they do."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


@dataclass(frozen=True)
class Heads:
    """The heads of one table (a table over several pages is one table a page) and what its cells name as theirs."""

    columns: list[str]
    rows: list[str]
    named_by_cells: set[str]
    cells: int
    without_scope: int


def _tree(pdf: bytes) -> Any:
    root: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    return root["/StructTreeRoot"]


def heads_of_tables(pdf: bytes) -> list[Heads]:
    """Each table of the file, in order."""
    tree = _tree(pdf)
    return [_heads(table) for table in _below(tree, "/Table")]


def names_listed(pdf: bytes) -> list[str]:
    """The names of structure elements that the file lists, in the order of the list."""
    tree = _tree(pdf)
    return [str(name) for name in tree["/IDTree"]["/Names"][::2]]


def empty_elements(pdf: bytes) -> list[str]:
    """The kinds of elements without words, pictures or links in them; cells of tables may be empty."""
    tree = _tree(pdf)
    return [str(one["/S"]) for one in _all(tree) if not one["/K"] and one["/S"] not in ("/TD", "/TH")]


def _all(element: Any) -> Iterator[Any]:
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        one = child.get_object()
        if isinstance(one, DictionaryObject) and "/S" in one:
            yield one
            yield from _all(one)


def _heads(table: DictionaryObject) -> Heads:
    heads, cells = list(_below(table, "/TH")), list(_below(table, "/TD"))
    scopes = [(head["/A"].get("/Scope"), str(head["/ID"])) for head in heads]
    return Heads(
        columns=[name for scope, name in scopes if scope == "/Column"],
        rows=[name for scope, name in scopes if scope == "/Row"],
        named_by_cells={str(name) for cell in cells for name in cell["/A"].get("/Headers", ())},
        cells=len(cells),
        without_scope=sum(1 for scope, _name in scopes if scope not in ("/Column", "/Row")),
    )


def _below(element: Any, kind: str) -> Iterator[Any]:
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        one = child.get_object()
        if isinstance(one, DictionaryObject):
            if one.get("/S") == kind:
                yield one
            else:
                yield from _below(one, kind)
