"""Finds the English texts in one Python file or one template."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template import TemplateSyntaxError
from django.utils.translation.template import templatize

# Which arguments hold (context, singular, plural); None where there is none.
_PLACES: dict[str, tuple[int | None, int, int | None]] = {
    "": (None, 0, None),
    "n": (None, 0, 1),
    "p": (0, 1, None),
    "np": (0, 1, 2),
}
_CALLS = {f"{kind}gettext{end}": place for kind, place in _PLACES.items() for end in ("", "_lazy", "_noop")}
_CALLS["_"] = _PLACES[""]

_STRING = r"(?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))"
_IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|p?n?gettext|_)\(\s*((?:{_STRING}\s*,?\s*)+)")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)[^{}]*\}")


class BadText(Exception):
    """A call that translates something which cannot be read from the file."""


def of_file(path: Path) -> set[tuple[str, str, str]]:
    """The texts of a file as (context, singular, plural), "" where there is none."""
    code = path.read_text()
    try:
        return set(of_python(code) if path.suffix == ".py" else of_template(code))
    except (SyntaxError, BadText) as error:
        raise BadText(f"{path.name}: {error}") from None


def of_python(code: str) -> Iterator[tuple[str, str, str]]:
    """Texts in calls of gettext and its kin. What is not a plain string would never be found: it is refused."""
    tree = ast.parse(code)
    ours = {
        alias.asname or alias.name: _CALLS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _CALLS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours:
            yield _texts(node, ours[node.func.id])


def _texts(call: ast.Call, places: tuple[int | None, int, int | None]) -> tuple[str, str, str]:
    def text(place: int | None) -> str:
        if place is None:
            return ""
        argument = call.args[place] if place < len(call.args) else None
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            return argument.value
        raise BadText(f"line {call.lineno}: a translated text must be a plain string")

    context, singular, plural = places
    return text(context), text(singular), text(plural)


def of_template(code: str) -> Iterator[tuple[str, str, str]]:
    """Texts of translate and blocktranslate, as Django itself reads them."""
    if not settings.configured:
        settings.configure()
    try:
        flat = templatize(code)
    except (SyntaxError, TemplateSyntaxError) as error:
        raise BadText(str(error)) from None
    for name, arguments in _IN_TEMPLATE.findall(flat):
        values = [ast.literal_eval(text) for text in re.findall(_STRING, arguments)]
        context, singular, plural = _CALLS[name]
        yield (
            "" if context is None else values[context],
            values[singular],
            "" if plural is None else values[plural],
        )


def placeholders(text: str) -> set[str]:
    """The names that a text leaves to be filled in."""
    return {named or braced for named, braced in _PLACEHOLDER.findall(text)}
