"""Cards as a JSON document: there and back without a loss, twice without an addition, faults with their field."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takrim.cards import schema
from takrim.cards.actions_import import LaterIsThere, import_cards
from takrim.cards.interchange import DocumentWrong, NotJson, read, write_out
from takrim.cards.models import Card, CardVersion
from takrim.cards.path import Stage
from takrim.cards.seed import seed
from takrim.orgs.actor import Actor, NotAllowed, system
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]

BY = system("import")
letters = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), include_characters="\n\u200c"), min_size=1, max_size=40
).filter(str.strip)
text = st.fixed_dictionaries({"fa": letters, "en": letters})
texts = st.lists(text, max_size=3)
step = st.fixed_dictionaries({"fa": letters, "en": letters}, optional={"at": st.sampled_from([*map(str, Stage)])})
slugs = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
number = st.integers(0, 10**12 - 1)
CONTENT = {
    **dict.fromkeys(("sub_service", "nature", "level", "description", "fee_note", "hours", "complaint_route"), text),
    **dict.fromkeys(("documents", "laws"), texts),
    **dict.fromkeys(("fee_rials", "visits"), number),
    **dict.fromkeys(("keywords", "ask_first"), st.lists(letters, max_size=3)),
    "steps": st.lists(step, max_size=3),
    "faq": st.lists(st.fixed_dictionaries({"q": text, "a": text}), max_size=3),
    "audience": st.sampled_from(schema.AUDIENCES),
    "access": st.lists(st.sampled_from(schema.WAYS), max_size=3),
    "system": st.fixed_dictionaries({"name": text, "url": st.just("https://prkar.mcls.gov.ir/")}),
    "responsible": slugs,
    "promise_basis": st.sampled_from(schema.BASES),
    "permit_code": letters,
    "sources": st.lists(st.fixed_dictionaries({"key": letters, "url": letters}), max_size=2),
}
lengths = st.one_of(
    st.builds("{} working days".format, st.integers(2, 90)),
    st.builds("{} hours".format, st.integers(2, 90)),
    st.just("next saturday"),
)


@st.composite
def versions(draw: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    day = draw(st.dates(date(2020, 1, 1), date(2028, 1, 1)))
    for _n in range(draw(st.integers(1, 3))):
        if found:
            found[-1]["until"] = day.isoformat()
            # Between two versions there may be days on which none holds.
            day += timedelta(days=draw(st.integers(0, 9)))
        content = draw(st.fixed_dictionaries({}, optional=CONTENT))
        row = {"since": day.isoformat(), "until": None, "title": draw(text), "promise": draw(lengths)}
        found.append({**row, "content": content})
        day += timedelta(days=draw(st.integers(1, 400)))
    found[-1]["until"] = draw(st.sampled_from([None, day.isoformat()]))
    return found


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    codes = draw(st.lists(slugs, unique=True, max_size=3))
    cards = []
    for code in sorted(codes):
        national = draw(st.sampled_from(["", "10011034100"]))
        houses = draw(st.lists(st.sampled_from(["ir/", "ir/alborz/", "ir/qom/"]), unique=True, min_size=1))
        for house in sorted(houses):
            cards.append({"code": code, "national_code": national, "house": house, "versions": draw(versions())})
    return {"format": "takrim-cards", "version": 1, "cards": cards}


def bring(document: dict[str, Any]) -> tuple[int, int]:
    brought = import_cards(cards=read(json.dumps(document, ensure_ascii=False)), by=BY, now=NOW)
    return len(brought.new), brought.known


@pytest.mark.slow
@given(document=documents())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_there_and_back_nothing_is_lost_and_twice_nothing_is_added(document: dict[str, Any]) -> None:
    CardVersion.objects.all().delete()
    Card.objects.all().delete()
    many = sum(len(card["versions"]) for card in document["cards"])
    assert bring(document) == (many, 0)
    assert write_out() == document
    assert bring(document) == (0, many)
    assert write_out() == document


def test_the_catalogue_goes_there_and_back() -> None:
    seed(NOW)
    document = write_out()
    assert len(document["cards"]) > 10
    assert bring(document) == (0, len(document["cards"]))
    assert write_out(house="ir/alborz/")["cards"] == []


def one(**changes: Any) -> dict[str, Any]:
    """A document of one card with one version, with something changed in the version or, by name, in the card."""
    version = {
        "since": "2026-01-01",
        "until": None,
        "title": {"fa": "ورزش", "en": "Sport"},
        "promise": "10 working days",
        "content": {"visits": 1},
    }
    card = {"code": "sport", "national_code": "", "house": "ir/", "versions": [version]}
    for name, value in changes.items():
        (card if name in card else version)[name] = value
    return {"format": "takrim-cards", "version": 1, "cards": [card]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "Sport"}, "cards[0].code"),
        ({"national_code": "12"}, "cards[0].national_code"),
        ({"house": "ir/atlantis/"}, "cards[0].house"),
        ({"house": "ir/alborz/nazarabad/"}, "cards[0].house"),
        ({"versions": []}, "cards[0].versions"),
        ({"versions": [7]}, "cards[0].versions[0]"),
        ({"since": "1405/09/03"}, "cards[0].versions[0].since"),
        ({"since": None}, "cards[0].versions[0].since"),
        ({"until": "soon"}, "cards[0].versions[0].until"),
        ({"until": "2026-01-01"}, "cards[0].versions[0].until"),
        ({"title": {"fa": "ورزش"}}, "cards[0].versions[0].title"),
        ({"title": {"fa": "ورزش", "en": " "}}, "cards[0].versions[0].title"),
        ({"promise": "soon"}, "cards[0].versions[0].promise"),
        ({"promise": 10}, "cards[0].versions[0].promise"),
        ({"content": []}, "cards[0].versions[0].content"),
        ({"content": {"price": 1}}, "cards[0].versions[0].content.price"),
        ({"content": {"visits": "1"}}, "cards[0].versions[0].content.visits"),
        ({"content": {"visits": True}}, "cards[0].versions[0].content.visits"),
        ({"content": {"visits": -1}}, "cards[0].versions[0].content.visits"),
        ({"content": {"steps": [{"fa": "الف", "en": "a", "at": "noon"}]}}, "content.steps[0].at"),
        ({"content": {"laws": "قانون"}}, "content.laws"),
        ({"content": {"laws": [{"fa": "الف", "en": "a"}] * 101}}, "content.laws"),
        ({"content": {"faq": [{"q": {"fa": "؟", "en": "?"}}]}}, "content.faq[0]"),
        ({"content": {"access": ["fax"]}}, "content.access[0]"),
        ({"content": {"system": {"name": {"fa": "الف", "en": "a"}, "url": "ftp://x"}}}, "content.system.url"),
        ({"content": {"permit_code": 7}}, "content.permit_code"),
        ({"content": {"keywords": [" "]}}, "content.keywords[0]"),
        ({"content": {"hours": {"fa": "ا" * 5001, "en": "a"}}}, "content.hours"),
        ({"content": {"responsible": "x" * 5001 + "!"}}, "content.responsible"),
    ],
)
def test_each_fault_names_its_field_and_nothing_is_brought_in(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DocumentWrong) as refused:
        bring(one(**changes))
    assert field in str(refused.value)
    assert not Card.objects.exists()


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(DocumentWrong) as refused:
        bring(one(code="Sport", promise="soon", content={"price": 1}))
    assert len(str(refused.value).splitlines()) == 3


@pytest.mark.parametrize(
    "document", [7, [], {}, {**one(), "format": "cards"}, {**one(), "version": 2}, {**one(), "cards": {}}]
)
def test_what_is_no_document_of_cards_is_said_to_be_none(document: Any) -> None:
    with pytest.raises(DocumentWrong):
        bring(document)


def test_what_is_not_json_is_told_with_its_line() -> None:
    with pytest.raises(NotJson) as refused:
        read('{"format":\n nothing}')
    assert "۲" in str(refused.value)
    with pytest.raises((NotJson, DocumentWrong)):
        read("[" * 100_000)


def test_a_card_of_a_house_stands_once() -> None:
    document = one()
    document["cards"] *= 2
    with pytest.raises(DocumentWrong, match=r"cards\[1\]"):
        bring(document)


def test_versions_go_forward_in_time() -> None:
    document = one()
    document["cards"][0]["versions"] *= 2
    document["cards"][0]["versions"][0] = {**document["cards"][0]["versions"][0], "until": "2027-01-01"}
    with pytest.raises(DocumentWrong, match=r"versions\[1\]\.since"):
        bring(document)


def test_what_people_were_told_is_not_rewritten() -> None:
    bring(one())
    for since in ("2026-01-01", "2025-06-01"):
        with pytest.raises(LaterIsThere):
            bring(one(since=since, promise="3 working days"))
    assert bring(one(since="2026-01-02", promise="3 working days")) == (1, 0)
    assert CardVersion.objects.get(number=1).valid_until == date(2026, 1, 2)


def test_only_who_may_edit_cards_brings_them_in() -> None:
    with pytest.raises(NotAllowed):
        import_cards(cards=[], by=Actor(code="nobody"), now=NOW)
