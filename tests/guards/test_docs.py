"""What the documents say and what the code does are the same."""

from __future__ import annotations

import re

import takrim
from takrim.site import environment
from takrim.site.cli import COMMANDS
from takrim.site.command import Exit
from tests.guards import tree

DOCS = tree.ROOT / "docs"
_SETTING = re.compile(r"^\| `(TAKRIM_\w+)` \| (?:`([^`]*)`)? ?\|", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def settings_told(page: str) -> dict[str, str]:
    """Setting → default, from the table of a page."""
    return {name: default or "" for name, default in _SETTING.findall(page)}


def test_settings_and_their_page_agree() -> None:
    known = {variable.name: variable.default for variable in environment.VARIABLES}
    assert settings_told(tree.text(DOCS / "settings.md")) == known


def test_a_setting_is_read_from_its_row() -> None:
    assert settings_told("| `TAKRIM_PORT` | `8000` | Port. |\n| `TAKRIM_X` | | None. |") == {
        "TAKRIM_PORT": "8000",
        "TAKRIM_X": "",
    }


def commands_told(page: str) -> set[str]:
    """The commands that a page has a heading for: `## takrim journal verify`."""
    return {name.strip() for name in re.findall(r"^#+ `?takrim ([a-z -]+)`?", page, re.MULTILINE)}


def test_commands_and_their_page_agree() -> None:
    page = tree.text(DOCS / "commands.md")
    assert commands_told(page) == {" ".join(command.name) for _, command in COMMANDS}
    assert [code.value for code in Exit if f"| {code.value} |" not in page] == []


def test_a_command_is_read_from_its_heading() -> None:
    assert commands_told("# Commands\n## takrim serve\n### `takrim journal verify`\n") == {"serve", "journal verify"}


def test_the_changelog_begins_with_this_version() -> None:
    newest = re.search(r"^## (\S+)", tree.text(tree.ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert newest[1] == takrim.__version__


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{tree.name(page)}: {target}"
        for page in tree.files(".md")
        for target in _LINK.findall(tree.text(page))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in tree.files(".md", under=DOCS / "decisions")]
    assert numbers == list(range(1, len(numbers) + 1))


def glossary_faults(page: str) -> list[str]:
    """What is wrong with the table of terms: a row needs Persian, English and identifier, each term once."""
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")]
    terms = [[cell.strip() for cell in row] for row in rows if not set("".join(row)) <= set("-: ")][1:]
    faults = [f"needs four cells: {row}" for row in terms if len(row) != 4]
    faults += [f"no Persian: {row[0]}" for row in terms if not re.search(r"[\u0600-\u06ff]", row[0])]
    faults += [f"Arabic letter: {row[0]}" for row in terms if re.search("[يك]", row[0])]
    names = [row[0] for row in terms]
    return faults + [f"twice: {name}" for name in sorted({name for name in names if names.count(name) > 1})]


def test_the_glossary_is_well_formed() -> None:
    page = tree.text(DOCS / "glossary.md")
    assert glossary_faults(page) == []
    assert page.count("\n| ") > 30


def test_a_bad_term_would_be_seen() -> None:
    head = "| فارسی | English | identifier | meaning |\n| --- | --- | --- | --- |\n"
    assert glossary_faults(head + "| پرونده | case | `Case` | a matter |") == []
    assert len(glossary_faults(head + "| case | case | `Case` | a matter |\n| شكايت | complaint | |")) == 3
