"""Django's own `translate`, `url`, `static` and our `icon`, worked out once a language where nothing else changes them.

A page has some sixty words and a dozen addresses that are the same on every request.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import url as url_tag
from django.template.library import SimpleNode
from django.templatetags.i18n import do_translate
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from takrim.web.parts.templatetags import takrim

register = template.Library()
_icon_tag = takrim.register.tags["icon"]


def language_of(context: Any) -> str | None:
    """The language in which a page is being written. Django is asked once a page: each asking costs as much as ten
    pieces of text."""
    lang: str | None = getattr(context, "written_in", None)
    if lang is None:
        lang = context.written_in = get_language()
    return lang


class Settled(Node):
    """A node whose text is asked for once a language. `asvar` names it instead of writing it."""

    child_nodelists = ()

    def __init__(self, node: Node, asvar: str | None) -> None:
        self.node, self.asvar = node, asvar
        self.texts: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        lang = language_of(context)
        text = self.texts.get(lang)
        if text is None:
            text = self._ask(context)
            self.texts[lang] = text
        if self.asvar is None:
            return text
        context[self.asvar] = text
        return SafeString()

    def _ask(self, context: Context) -> SafeString:
        if self.asvar is None:
            return SafeString(self.node.render(context))
        with context.push():
            self.node.render(context)
            return SafeString(context[self.asvar])


def _is_literal(expression: FilterExpression) -> bool:
    """Whether it is written out in the template and goes through no filter."""
    var = expression.var
    return not expression.filters and getattr(var, "lookups", None) is None


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    node: Any = do_translate(parser, token)
    depends = node.noop or (node.message_context and not _is_literal(node.message_context))
    return node if depends or not _is_literal(node.filter_expression) else Settled(node, node.asvar)


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    node = url_tag(parser, token)
    settled = _is_literal(node.view_name) and not node.args and not node.kwargs
    return Settled(node, node.asvar) if settled else node


@register.tag("static")
def static(parser: Parser, token: Token) -> Node:
    node: Any = StaticNode.handle_token(parser, token)
    return Settled(node, node.varname) if _is_literal(node.path) else node


@register.tag("icon")
def icon(parser: Parser, token: Token) -> Node:
    node: Any = _icon_tag(parser, token)
    assert isinstance(node, SimpleNode)
    settled = all(map(_is_literal, [*node.args, *node.kwargs.values()]))
    return Settled(node, node.target_var) if settled else node
