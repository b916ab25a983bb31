"""Templates whose fixed stretches are drawn in one piece.

A page of Django's is some five hundred nodes, and two of three of them are words that never change in a language: text,
translated words, icons. Where such nodes stand side by side, one node writes them all. Which blocks a frame has is
looked for once, not on every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.template.base import Node, NodeList, TextNode
from django.template.context import Context
from django.template.defaulttags import IfNode
from django.template.loaders import cached
from django.utils.safestring import SafeString

from takrim.web.parts.templatetags.settled import Settled, language_of

_LISTS = ("nodelist", "nodelist_loop", "nodelist_empty")


class Fixed(Node):
    """Nodes that give the same in every page of a language, written together."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.token, self.origin = nodes[0].token, nodes[0].origin
        self.texts: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        lang = language_of(context)
        text = self.texts.get(lang)
        if text is None:
            text = self.texts[lang] = SafeString("".join(str(node.render_annotated(context)) for node in self.nodes))
        return text


class Flat(NodeList):
    """A list of nodes in which those that never change are one, and which knows what is in it."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        super().__init__(_joined(nodes))
        self.contains_nontext = True
        self.of_type: dict[type, list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type) -> list[Node]:
        """The nodes of a type in it and below it; they are looked for once."""
        if nodetype not in self.of_type:
            self.of_type[nodetype] = super().get_nodes_by_type(nodetype)
        return self.of_type[nodetype]


def _never_changes(node: Node) -> bool:
    return isinstance(node, TextNode) or (isinstance(node, Settled) and node.asvar is None)


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    for fixed, group in groupby(nodes, _never_changes):
        run = list(group)
        if fixed and len(run) > 1:
            yield Fixed(run)
        else:
            yield from (flatten(node) for node in run)


def flatten(node: Node) -> Node:
    """The node itself, with everything in it made flat."""
    held: Any = node
    if isinstance(node, IfNode):
        held.conditions_nodelists = [(condition, Flat(nodes)) for condition, nodes in node.conditions_nodelists]
        return node
    for name in _LISTS:
        if isinstance(getattr(node, name, None), NodeList):
            setattr(held, name, Flat(getattr(node, name)))
    return node


class Loader(cached.Loader):
    """Django's cached loader; what it keeps is flat."""

    def get_template(self, template_name: str, skip: Any = None) -> Any:
        template: Any = super().get_template(template_name, skip)
        if not isinstance(template.nodelist, Flat):
            template.nodelist = Flat(template.nodelist)
        return template
