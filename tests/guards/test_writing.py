"""How files are written: a first line that says what they are, nothing left for later, no traces of one machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.guards import tree

LATER = re.compile(r"\b(TODO|FIXME|XXX)\b")
# Folders of a developer's machine, and where packages were fetched from.
MACHINE = re.compile(
    r"(?<![\w.:/-])/(work|root|farm|Users|home/\w+)/|--(extra-)?index-url|https?://[^\s\"')]*/simple/|registry="
)
HUSHED = re.compile(r"#\s*(noqa|type: ignore)\b(?::? ?)(\[[\w, -]+\]|[A-Z]+\d+(?:, ?[A-Z]+\d+)*)?(.*)")
MOST_HUSHED = 30


def says_what_it_is(module: ast.Module) -> bool:
    """The docstring's first line is one sentence about the file."""
    docstring = ast.get_docstring(module)
    return bool(docstring and docstring.splitlines()[0].endswith((".", "?", ":")))


def hushed_without_reason(lines: list[str], number: int) -> bool:
    """A checker is silenced without its rule's code, or with no reason behind it or in the two lines above."""
    found = HUSHED.search(lines[number])
    if not found:
        return False
    _, code, rest = found.groups()
    behind = re.match(r"\s+[-#]\s+\S+\s+\S+", rest)
    above = any(line.lstrip().startswith("# ") for line in lines[max(0, number - 2) : number])
    return not (code and (behind or above))


def hushed(path: Path) -> list[int]:
    """The lines in which a file silences a checker."""
    return [number for number, line in enumerate(tree.text(path).splitlines()) if HUSHED.search(line)]


def _ours(*endings: str) -> list[Path]:
    """Every file but this one, which spells what it refuses."""
    return [path for path in tree.files(*endings) if path.name != "test_writing.py"]


def _all_modules() -> list[Path]:
    return [path for path in tree.files(".py") if "migrations" not in path.parts and tree.text(path).strip()]


def test_every_module_says_what_it_is() -> None:
    assert [tree.name(path) for path in _all_modules() if not says_what_it_is(tree.tree(path))] == []


def test_nothing_is_left_for_later() -> None:
    kinds = (".py", ".html", ".css", ".js", ".toml", ".md")
    assert [tree.name(path) for path in _ours(*kinds) if LATER.search(tree.text(path))] == []


def test_no_machine_is_named() -> None:
    kinds = (".py", ".html", ".css", ".js", ".toml", ".md", ".lock", ".yml", ".sh", ".service", "")
    assert [tree.name(path) for path in _ours(*kinds) if MACHINE.search(tree.text(path))] == []


def test_silenced_checks_are_few_and_say_why() -> None:
    found = [(path, number) for path in _ours(".py") for number in hushed(path)]
    bare = [
        f"{tree.name(path)}:{number + 1}"
        for path, number in found
        if hushed_without_reason(tree.text(path).splitlines(), number)
    ]
    assert bare == []
    assert len(found) <= MOST_HUSHED


@pytest.mark.parametrize(
    ("sample", "is_bad"),
    [
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: S608", True),
        ("x = 1  # noqa: S608 - the name comes from our own table", False),
        ("# The name comes from our own table.\nx = 1  # noqa: S608", False),
        ("# The name comes from our own table.\nx = 1  # noqa", True),
        ("x = 1  # type: ignore[attr-defined]  # read by the guard of pages", False),
        ("x = 1  # type: ignore", True),
        ("x = 1", False),
    ],
)
def test_a_check_silenced_without_reason_would_be_seen(sample: str, is_bad: bool) -> None:
    lines = sample.splitlines()
    assert hushed_without_reason(lines, len(lines) - 1) == is_bad


def test_bad_writing_would_be_seen() -> None:
    assert not says_what_it_is(ast.parse("import os"))
    assert LATER.search("# TODO later")
    assert MACHINE.search("see /root/notes")
    assert MACHINE.search("pip install --index-url=x")
    assert not MACHINE.search("https://example.org/work/5 and a/work/b")
