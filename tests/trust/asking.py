"""Asking an address in several ways, but for what its gate has decided before a query is read.

It has where it says no; and where it lets everybody in with the same desk, so that whoever is signed out asks for all.
What is not there was looked for by the words of the path alone, and takes no query either.
An address that has not read its query is not asked again with another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.test import Client

from takrim.orgs.powers import Power
from tests.trust.rules import RULES


def _closed(address: str, powers: frozenset[Power] | None) -> bool:
    """Whether the gate alone says no; `powers` are those of the post, None for whoever is signed out."""
    rule = RULES.get(address)
    if rule is None or rule.gate != "staff":
        return False
    return powers is None or bool(rule.powers and not powers & set(rule.powers))


def answers(
    client: Client, address: str, path: str, queries: Sequence[str], powers: frozenset[Power] | None
) -> Iterator[tuple[str, int, bytes]]:
    """Query, status and body of each answer. An address that takes no GET is asked once as well."""
    rule = RULES.get(address)
    same_for_all = powers is not None and rule is not None and rule.gate != "staff"
    for query in queries[:1] if same_for_all else queries:
        page = client.get(path + query)
        yield query, page.status_code, page.getvalue()
        if page.status_code in {404, 405} or (page.status_code in {302, 403} and _closed(address, powers)):
            return
        # Django reads the query when it is first asked for it: what never asked says the same to every query.
        if "GET" not in vars(page.wsgi_request):
            return
