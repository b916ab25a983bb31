"""Nothing grows beyond what one person can hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.guards import tree

LIMITS = {".py": 400, ".js": 400, ".css": 400, ".html": 150}
PAGE_LINES = 40

# File → why it may be longer than its kind.
LONGER: dict[str, str] = {}


def too_long(suffix: str, text: str) -> bool:
    return text.count("\n") > LIMITS[suffix]


def test_files_stay_short() -> None:
    long = {tree.name(path) for path in tree.files(*LIMITS) if too_long(path.suffix, tree.text(path))}
    assert long == set(LONGER), "split by what it is about, or take a line out of LONGER"


def test_a_long_file_would_be_seen() -> None:
    assert too_long(".html", "<p>\n" * 151)
    assert not too_long(".html", "<p>\n" * 150)


def test_there_is_no_exception_yet() -> None:
    assert len(LONGER) == 0


def test_functions_are_kept_short_by_the_linter() -> None:
    lint = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert {"C90", "PL"} <= set(lint["select"])
    assert lint["mccabe"]["max-complexity"] <= 8
    assert lint["pylint"]["max-statements"] <= 30


def test_decisions_fit_on_a_page() -> None:
    long = [tree.name(path) for path in tree.files(".md", under=tree.ROOT / "docs/decisions") if _lines(path) > 60]
    assert long == []


def _lines(path: Path) -> int:
    return len(tree.text(path).splitlines())
