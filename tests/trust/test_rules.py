"""Every address × every role × where they sit: own office, above the case, sibling, another province, its subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from takrim.cases.actions_shield import keep_from
from takrim.cases.conflict import Subject
from takrim.cases.models import Case
from takrim.evidence.actions import Upload, attach
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor, holder
from takrim.orgs.powers import ROLES, Power
from tests.people import NOW, Hire, MakeCase, SignIn
from tests.trust.asking import answers
from tests.trust.rules import RULES, UNGATED, Rule
from tests.trust.test_matrix import SECRET_TEXT, filled, secret_case, secret_file

__all__ = ["secret_case", "secret_file"]

# Where somebody sits, seen from the case of Nazarabad.
PLACES = ("nazarabad", "alborz", "karaj", "qom")
SEES = frozenset({"nazarabad", "alborz"})
ABSENT = ("small/", "messages/", ".pdf", "telephone/<str:code>/")
QUERIES = ("", "?q=رازی", "?tab=done&scope=below", "?what=open", "?q=رازی&scope=below")


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        elif not address.startswith("accounts/") and address not in UNGATED:
            yield address, pattern.callback


VIEWS = dict(views(get_resolver().url_patterns))
STAFF = {address: rule for address, rule in RULES.items() if rule.gate == "staff"}
OF_CASE = {address: rule for address, rule in STAFF.items() if rule.of_case}


def test_every_address_has_its_rule_and_keeps_it() -> None:
    """A new address fails here until tests/trust/rules.py says who may open it."""
    gates = {address: (getattr(view, "policy", ""), getattr(view, "powers", ())) for address, view in VIEWS.items()}
    written = {address: (rule.gate, rule.powers) for address, rule in RULES.items()}
    assert gates == written


def status_of(page: Any) -> int:
    """The status of an answer, read to its end: closing it half-read would close the database of the test."""
    page.getvalue()
    status: int = page.status_code
    return status


def may(role: str, rule: Rule) -> bool:
    return not rule.powers or any(power in ROLES[role] for power in rule.powers)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_a_post_opens_what_its_powers_open_and_nothing_else(
    role: str, secret_case: Case, secret_file: Evidence, hire: Hire, sign_in: SignIn, pages_at_now: None
) -> None:
    client = sign_in(hire("lida", "لیدا صفایی", role, "nazarabad"))
    for address, rule in STAFF.items():
        for ask in (client.get, client.post):
            status = status_of(ask(filled(address, secret_case, secret_file)))
            if not may(role, rule):
                assert status in {403, 405}, f"{role} {address}: {status}"
            else:
                assert status != 403 or ask is client.post, f"{role} {address}: {status}"


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", [role for role, powers in ROLES.items() if Power.CASE_SEE in powers])
def test_a_case_is_there_for_its_office_and_those_above(
    place: str, role: str, secret_case: Case, secret_file: Evidence, hire: Hire, sign_in: SignIn, pages_at_now: None
) -> None:
    client = sign_in(hire("lida", "لیدا صفایی", role, place))
    for address in OF_CASE:
        status = status_of(client.get(filled(address, secret_case, secret_file)))
        # A text has no picture of itself, whoever gave a name has no receipt, and nothing has been answered yet.
        absent = address.endswith(ABSENT)
        seen = place in SEES and not absent
        assert status in ({200, 405} if seen else {404, 405}), f"{role} at {place}, {address}: {status}"


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role, powers in ROLES.items() if Power.CASE_SEE in powers])
def test_what_the_level_above_owes_is_not_there_for_those_below(
    role: str, make_case: MakeCase, hire: Hire, sign_in: SignIn, pages_at_now: None
) -> None:
    above, upload = make_case(unit="alborz", text=SECRET_TEXT), Upload("راز.txt", [SECRET_TEXT.encode()])
    file = attach(subject=above.code, unit_path=above.unit_path, upload=upload, by=holder(), now=NOW)
    client = sign_in(hire("lida", "لیدا صفایی", role, "nazarabad"))
    for address in OF_CASE:
        page = client.get(filled(address, above, file))
        assert SECRET_TEXT.encode() not in page.getvalue(), f"{role} reads {address}"
        assert page.status_code in {404, 405}, f"{role}, {address}: {page.status_code}"


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role, powers in ROLES.items() if Power.CASE_SEE in powers])
def test_for_whom_it_is_about_a_case_is_nowhere(
    role: str, secret_case: Case, secret_file: Evidence, hire: Hire, nima: Actor, sign_in: SignIn, pages_at_now: None
) -> None:
    theirs, subject = hire("lida", "لیدا صفایی", role, "nazarabad"), hire("reza", "رضا کریمی", "head", "nazarabad")
    keep_from(case=secret_case, subject=Subject(path=subject.unit_path), by=nima, now=NOW)
    above = sign_in(nima).get(f"/staff/cases/{secret_case.code}/")
    assert secret_case.subject in above.content.decode()
    client = sign_in(theirs)
    for address in STAFF:
        path = filled(address, secret_case, secret_file)
        # Of a case's own address the number was known before.
        secrets = (secret_case.subject,) if secret_case.code in path else (secret_case.subject, secret_case.code)
        for query, status, body in answers(client, address, path, QUERIES, ROLES[role]):
            for secret in secrets:
                assert secret.encode() not in body, f"{role} reads {secret} on {path}{query}"
            if address in OF_CASE:
                assert status in {403, 404, 405}, f"{role} {path}"


def test_whoever_is_signed_out_is_shown_the_door(secret_case: Case, secret_file: Evidence) -> None:
    client = Client()
    for address in STAFF:
        path = filled(address, secret_case, secret_file)
        for ask in (client.get, client.post):
            assert ask(path).status_code in {302, 405}, path
    for address, rule in RULES.items():
        if rule.gate == "holder":
            page = client.get(filled(address, secret_case, secret_file))
            assert page.status_code in {302, 404, 405} or b"<title>" in page.content, address
            assert secret_case.subject.encode() not in page.getvalue(), address
