"""Naming the rights of citizens on the case page, and finding cases by them."""

from __future__ import annotations

from django.test import Client

from takrim.cases.models import Case
from takrim.cases.models_rights import CaseRight

FORM = 'name="rights" value="{code}"'


def test_what_is_suggested_is_marked_until_somebody_has_chosen(case: Case, as_mina: Client) -> None:
    def marked() -> list[str]:
        form = as_mina.get(f"/staff/cases/{case.code}/?do=rights").context["opened"].form
        return list(form["rights"].value())

    assert marked() == ["R10"], "a complaint"
    page = as_mina.post(f"/staff/cases/{case.code}/rights/", {"rights": ["R05", "R06"], "version": "0"})
    assert page.status_code == 302
    assert marked() == ["R05", "R06"]
    as_mina.post(f"/staff/cases/{case.code}/rights/", {"version": "0"})
    assert marked() == []
    assert not CaseRight.objects.exists()


def test_the_page_shows_what_was_named(case: Case, as_mina: Client, as_nima: Client) -> None:
    as_mina.post(f"/staff/cases/{case.code}/rights/", {"rights": ["R05"], "version": "0"})
    assert "حفظ و رعایت حریم خصوصی" in as_nima.get(f"/staff/cases/{case.code}/").content.decode()
    as_nima.cookies["language"] = "en"
    assert "Respect for privacy" in as_nima.get(f"/staff/cases/{case.code}/").content.decode()


def test_what_is_no_right_is_refused_in_words(case: Case, as_mina: Client) -> None:
    page = as_mina.post(f"/staff/cases/{case.code}/rights/", {"rights": ["R99"], "version": "0"})
    assert page.status_code == 422
    assert "notice-error" in page.content.decode()


def test_the_search_divides_by_right(case: Case, as_mina: Client) -> None:
    as_mina.post(f"/staff/cases/{case.code}/rights/", {"rights": ["R05"], "version": "0"})
    page = as_mina.get("/staff/search/").content.decode()
    assert "right=R05" in page
    assert "حفظ و رعایت حریم خصوصی" in page
    assert case.code in as_mina.get("/staff/search/?right=R05").content.decode()
    assert case.code not in as_mina.get("/staff/search/?right=none").content.decode()
    assert as_mina.get("/staff/search/?right=nonsense").status_code == 200
