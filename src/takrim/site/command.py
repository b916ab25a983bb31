"""What a subcommand of `takrim` must say about itself. Nothing here imports Django: `--help` is to be quick."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any


class Exit(IntEnum):
    """Exit codes, the same for all subcommands; docs/commands.md and `takrim --help` list them."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    PARTLY = 3
    INTERRUPTED = 130


@dataclass(frozen=True)
class Say:
    """Texts of the command line in the language it was asked for: `say(fa="…", en="…")`."""

    lang: str

    def __call__(self, *, fa: str, en: str) -> str:
        return fa if self.lang == "fa" else en

    def pick(self, texts: Mapping[str, str]) -> str:
        """One of `{fa = "…", en = "…"}`."""
        return texts[self.lang]

    def number(self, value: int) -> str:
        """A number as the language writes it."""
        from takrim.base import words

        return words.number(value, self.lang)


@dataclass(frozen=True, kw_only=True)
class Command:
    """One subcommand: a file in `site/commands/` whose `PLUGIN` this is.

    `name` is what is typed: ("figures",) or ("journal", "verify"). `help` is one line in both languages, `about` more
    of it (examples, what the exit codes mean here). `add_arguments(parser, say)` adds options; `--lang` is there
    already. `run(options, say)` returns an exit code; Django is set up before it unless `django` is False, the
    language is switched on, a Refusal that it raises is printed and becomes exit code 1. The file imports Django and
    the domain only inside functions.
    """

    name: tuple[str, ...]
    help: Mapping[str, str]
    run: Callable[[Namespace, Say], int]
    add_arguments: Callable[[ArgumentParser, Say], None] = lambda parser, say: None
    about: Mapping[str, str] | None = None
    django: bool = True


def add_format(parser: ArgumentParser, say: Say, *more: str) -> None:
    """`--format text|json` (and others): text for people, JSON for programs."""
    parser.add_argument(
        "--format",
        choices=["text", "json", *more],
        default="text",
        help=say(
            fa="شکل خروجی: text برای آدم، json برای برنامه", en="form of the output: text for people, json for programs"
        ),
    )


def print_table(lines: Sequence[Sequence[str]], words: int = 1) -> None:
    """Lines of cells under one another, the heading first; the first `words` columns hold words, the others numbers."""
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    for line in lines:
        cells = [
            text.ljust(width) if place < words else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def print_json(value: Any) -> None:
    """One JSON document on standard output, Persian letters as they are, moments in ISO by Tehran's clock."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    print()


def _plain(value: object) -> str:
    from takrim.base.clock import local

    return local(value).isoformat() if isinstance(value, datetime) else str(value)
