"""Persian text as people type it: made clean, comparable, sortable and findable."""

from __future__ import annotations

from .persian_letters import ascii_digits, clean_text, fold, persian_digits, sort_key
from .persian_search import PluralTable, query_groups, tokens

__all__ = [
    "PluralTable",
    "ascii_digits",
    "clean_text",
    "fold",
    "persian_digits",
    "query_groups",
    "sort_key",
    "tokens",
]
