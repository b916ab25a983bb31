"""What WeasyPrint 70 leaves unsaid in the tags of a PDF and PDF/UA asks for: done last, before the file is written.

Its own tags are kept; only these are added or taken away:

- each head of a table says whether it is of a column or of a row (ISO 14289-1, 7.5), and heads that have names are
  listed by them (IDTree; ISO 32000-1, 14.7.2);
- heads and feet of pages are artifacts, not words of the text (ISO 14289-1, 7.8);
- what has neither words nor picture in it, such as the bar of a chart, is no element of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

# Of all things that link to a page, whether they are on the printed sheet as well.
_PRINTED = 4
# Elements that mean nothing by themselves.
_PLAIN = frozenset({"/Span", "/NonStruct", "/Div"})


def finish(_document: Any, pdf: Any) -> None:
    """WeasyPrint calls this when all else is in the file."""
    objects: dict[Any, Any] = {one.reference: one for one in pdf.objects if _is_dictionary(one)}
    root = next((one for one in objects.values() if one.get("Type") == "/StructTreeRoot"), None)
    if root is None:
        return
    elements = {name: one for name, one in objects.items() if one.get("Type") == "/StructElem"}
    _drop_empty(root, elements)
    _tell_heads(root, elements)
    _set_apart_margins(pdf, objects, root, elements)
    for one in objects.values():
        if one.get("Subtype") == "/Link":
            one["F"] = _PRINTED


def _is_dictionary(one: Any) -> bool:
    return isinstance(one, dict)


def _drop_empty(element: Any, elements: dict[Any, Any]) -> bool:
    """Take elements without content out of the tree; says whether this one is one of them."""
    element["K"][:] = [kid for kid in element["K"] if not (kid in elements and _drop_empty(elements[kid], elements))]
    return not element["K"] and element.get("S") in _PLAIN


def _tell_heads(root: Any, elements: dict[Any, Any]) -> None:
    heads = [one for one in elements.values() if one["S"] == "/TH"]
    for head in heads:
        group = elements[elements[head["P"]]["P"]]
        head["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
    named = sorted((one for one in heads if "ID" in one), key=lambda one: str(one["ID"].string))
    if named:
        pydyf = import_module("pydyf")
        names = [part for one in named for part in (one["ID"], one.reference)]
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def _set_apart_margins(pdf: Any, objects: dict[Any, Any], root: Any, elements: dict[Any, Any]) -> None:
    """WeasyPrint tags what stands in the margins of pages, but leaves its elements outside of the tree."""
    inside = set(_below(root, elements))
    marks: dict[Any, set[int]] = {}
    for name in elements.keys() - inside:
        marks.setdefault(elements[name]["Pg"], set()).update(kid for kid in elements[name]["K"] if isinstance(kid, int))
    streams = {one.reference: one for one in pdf.objects}
    parents = objects[root["ParentTree"]]["Nums"][1::2]
    for place, page in enumerate(pdf.page_references):
        for number in marks.get(page, ()):
            _make_artifact(streams[objects[page]["Contents"]].stream, number)
            parents[place][number] = b"null"


def _below(element: Any, elements: dict[Any, Any]) -> Iterator[Any]:
    for kid in element["K"]:
        if kid in elements:
            yield kid
            yield from _below(elements[kid], elements)


def _make_artifact(stream: list[Any], number: int) -> None:
    place = next(at for at, part in enumerate(stream) if isinstance(part, dict) and part.get("MCID") == number)
    stream[place - 1] = "/Artifact"
    stream[place].pop("MCID")
    stream[place]["Type"] = "/Pagination"
