"""Saying whom a case is about: from then on no page shows it to them."""

from __future__ import annotations

from django.test import Client

from takrim.cases.models import Case
from takrim.duties.models import Shield
from takrim.orgs.actor import Actor


def test_the_director_keeps_a_case_from_the_head_it_is_about(
    case: Case, as_nima: Client, as_reza: Client, reza: Actor
) -> None:
    address = f"/staff/cases/{case.code}/kept/"
    assert as_reza.get(f"/staff/cases/{case.code}/").status_code == 200
    page = as_nima.post(address, {"whom": f"post:{reza.post_id}", "said": "آقای کریمی"}, follow=True)
    assert page.redirect_chain[-1][0] == f"/staff/cases/{case.code}/"
    assert "آقای کریمی" in as_nima.get(address).content.decode()
    assert as_reza.get(f"/staff/cases/{case.code}/").status_code == 404
    assert as_reza.get(address).status_code == 404
    assert case.subject not in as_reza.get("/staff/").content.decode()


def test_who_gives_it_away_comes_back_to_the_cartable(case: Case, as_mina: Client) -> None:
    page = as_mina.post(f"/staff/cases/{case.code}/kept/", {"whom": "ir/alborz/nazarabad/", "said": ""})
    assert page.headers["Location"] == "/staff/"


def test_nobody_is_chosen_from_another_province(case: Case, as_nima: Client, omid: Actor) -> None:
    for whom in ("", "ir/qom/", f"post:{omid.post_id}"):
        assert as_nima.post(f"/staff/cases/{case.code}/kept/", {"whom": whom}).status_code == 422
    assert not Shield.objects.exists()


def test_strangers_do_not_find_the_page(case: Case, as_omid: Client, as_tara: Client) -> None:
    assert as_omid.get(f"/staff/cases/{case.code}/kept/").status_code == 404
    assert as_tara.get(f"/staff/cases/{case.code}/kept/").status_code == 403
