"""Finding directives by words: the same words as everywhere in the house, kept on the row itself.

An office has some hundreds of directives, not millions of cases: reading their words takes a few milliseconds, and a
changed text needs no second table to be brought up to date.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from takrim.base.persian import query_groups, tokens
from takrim.cases.search import synonyms
from takrim.directives.models import DirectiveQuerySet

# A text is found through its first words; a circular is no longer.
MOST_TOKENS = 4000


def words_of(texts: Iterable[str]) -> str:
    """What is kept of texts to be found by: each word once, between blanks."""
    found = list(dict.fromkeys(token for text in texts for token in tokens(text)))[:MOST_TOKENS]
    return f" {' '.join(found)} "


def with_words(rows: DirectiveQuerySet, query: str) -> DirectiveQuerySet:
    """Those that have all words of a query; a query without any asks for nothing and finds all."""
    for group in query_groups(query, synonyms()):
        rows = rows.filter(reduce(or_, (Q(words__contains=f" {word} ") for word in sorted(group))))
    return rows
