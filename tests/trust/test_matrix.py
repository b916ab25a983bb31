"""Every address × every role: nobody sees a case of another province, nothing crashes, strangers are shown the door."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from takrim.cases.actions_work import note
from takrim.cases.models import Case
from takrim.channels.channel import Sender
from takrim.evidence.actions import Upload, attach
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor, holder
from tests.people import NOW, MakeCase, SignIn
from tests.trust.asking import answers

SECRET_TEXT = "رازی که تنها دفتر نظرآباد می‌داند"
SECRET_NAME = "زهره پنهان‌دل"

# What stands in an address for the case of Nazarabad. A route with another word in it fails until it is named here.
Fill = Callable[[Case, Evidence], str]
WORDS: dict[str, Fill] = {
    "code": lambda case, file: case.code,
    "key": lambda case, file: "note",
    "evidence_id": lambda case, file: str(file.pk),
    "question": lambda case, file: "cooperative",
    "token": lambda case, file: "forged",
    "place": lambda case, file: "ir/alborz",
    "view_id": lambda case, file: "1",
    "meeting": lambda case, file: "05100000017",
    "item_id": lambda case, file: "1",
    "comment_id": lambda case, file: "1",
    "erratum_id": lambda case, file: "1",
    "holding_id": lambda case, file: "1",
    "absence_id": lambda case, file: "1",
    "call_id": lambda case, file: "1",
    "partner_id": lambda case, file: "1",
    "pair_id": lambda case, file: "1",
    "closure_id": lambda case, file: "1",
    "week_id": lambda case, file: "1",
    "sweep_id": lambda case, file: "1",
    "day": lambda case, file: "1405-09-03",
    "number": lambda case, file: "1",
    "bulk_id": lambda case, file: "1",
    "finding_id": lambda case, file: "1",
    "version_id": lambda case, file: "1",
    "other_id": lambda case, file: "1",
    "notice_id": lambda case, file: "1",
    "table_id": lambda case, file: "1",
    "template_id": lambda case, file: "1",
    "year": lambda case, file: "1405",
    "seat_id": lambda case, file: "1",
    "subject_id": lambda case, file: "1",
    "invitation_id": lambda case, file: "1",
    "directive_id": lambda case, file: "1",
    "demand_id": lambda case, file: "1",
    "relation_id": lambda case, file: "1",
    "programme_id": lambda case, file: "1",
    "action_id": lambda case, file: "1",
    "draw_id": lambda case, file: "1",
    "judging_id": lambda case, file: "1",
    "look_id": lambda case, file: "1",
    "report_id": lambda case, file: "1",
    "making_id": lambda case, file: "1",
    "chapter": lambda case, file: "messages",
    "form": lambda case, file: "html",
    "lang": lambda case, file: "fa",
    "part": lambda case, file: "1",
    "step": lambda case, file: "report",
    "sheet": lambda case, file: "csv",
    "link_id": lambda case, file: "1",
}
ROLES = ("anonymous", "sara", "reza", "mina", "hadi", "nima", "omid", "tara", "kian")
# Who may read the case of Nazarabad: its own people, and those who see the whole province.
QUERIES = ("", f"?q={SECRET_NAME}", "?tab=all&below=1")
READERS = frozenset({"sara", "reza", "mina", "nima"})


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        elif not address.startswith("accounts/"):
            yield address


ADDRESSES = sorted(set(routes(get_resolver().url_patterns)))


@pytest.fixture
def secret_case(make_case: MakeCase, mina: Actor) -> Case:
    case = make_case(text=SECRET_TEXT, sender=Sender(name=SECRET_NAME, mobile="09127654321"))
    note(case=case, text=SECRET_TEXT, by=mina, now=NOW)
    return case


@pytest.fixture
def secret_file(secret_case: Case) -> Evidence:
    upload = Upload("راز.txt", [SECRET_TEXT.encode()])
    return attach(subject=secret_case.code, unit_path=secret_case.unit_path, upload=upload, by=holder(), now=NOW)


def filled(address: str, case: Case, file: Evidence) -> str:
    def fill(match: re.Match[str]) -> str:
        word = match[1].split(":")[-1]
        if match[1] == "slug:code":
            # A service card is named by words, a case by its number.
            return "overdue" if "/indicators/" in f"/{address}" else "labour-petition"
        assert word in WORDS, f"{address}: say in WORDS what <{word}> stands for"
        return WORDS[word](case, file)

    return "/" + re.sub(r"<([^>]+)>", fill, address)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_theirs(
    role: str,
    secret_case: Case,
    secret_file: Evidence,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
    pages_at_now: None,
) -> None:
    actor = None if role == "anonymous" else request.getfixturevalue(role)
    client = sign_in(actor) if actor else Client()
    # Of those who may read it only what breaks is seen here, and test_rules.py asks their pages with queries.
    queries = QUERIES[:1] if role in READERS else QUERIES
    for address in ADDRESSES:
        path = filled(address, secret_case, secret_file)
        for query, status, body in answers(client, address, path, queries, actor.powers if actor else None):
            assert status < 500 or status == 503, f"{role} {path}{query}"
            if role not in READERS:
                assert SECRET_TEXT.encode() not in body, f"{role} reads the text on {path}{query}"
                assert secret_case.subject.encode() not in body, f"{role} reads the subject on {path}{query}"


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role in ROLES if role not in READERS])
def test_nobody_changes_what_is_not_theirs(
    role: str, secret_case: Case, secret_file: Evidence, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = Client() if role == "anonymous" else sign_in(request.getfixturevalue(role))
    before = Case.objects.values().get(pk=secret_case.pk)
    fields = {"text": "دگرگون", "reason": "دگرگون", "what": "دگرگون", "how": "sms", "original": secret_case.code}
    for address in ADDRESSES:
        if "seat" in address or address == "accounts/logout/":
            continue
        page = client.post(filled(address, secret_case, secret_file), fields)
        assert page.status_code < 500 or page.status_code == 503, f"{role} {address}"
    assert Case.objects.values().get(pk=secret_case.pk) == before
    assert secret_case.notes.count() == 1


def test_strangers_are_shown_the_door(secret_case: Case, secret_file: Evidence) -> None:
    client = Client()
    for address in ADDRESSES:
        if not address.startswith(("staff/", "operator/", "figures/office/")):
            continue
        page = client.get(filled(address, secret_case, secret_file))
        assert page.status_code in {302, 405}, address
        if page.status_code == 302:
            assert page.headers["Location"].startswith("/accounts/login/?next=/"), address


@pytest.mark.parametrize(
    "trick", ["/STAFF/", "//staff/", "/staff//", "/staff/./", "/staff/;a=b", "/%2e%2e/staff/", "/staff%2f"]
)
def test_crooked_addresses_open_nothing(trick: str, db: None) -> None:
    page = Client().get(trick)
    assert page.status_code in {200, 301, 302, 404}
    assert "کارتابل".encode() not in page.content
