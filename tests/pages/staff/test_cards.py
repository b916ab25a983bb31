"""Service cards as the office changes them: list, form, difference, publishing, withdrawing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from takrim.cards.models import CardDraft, CardVersion
from takrim.cards.seed import seed
from tests.people import NOW

pytestmark = pytest.mark.django_db

LIST, ONE = "/staff/cards/", "/staff/cards/worker-sport/"
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _cards(units: object) -> None:
    seed(NOW)


def typed(client: Client, address: str = f"{ONE}edit/", **changes: str) -> dict[str, Any]:
    """What the form sends when nothing else is changed."""
    forms = client.get(address).context["typed"]
    shown = [row for rows in forms.lists.values() for row in [rows.management_form, *rows]]
    fields: dict[str, Any] = {"draft": forms_seen(client, address)[0], "version": forms_seen(client, address)[1]}
    for form in [*([forms.form] if forms.form else []), *shown]:
        for bound in form:
            if (value := bound.value()) is not None:
                fields[bound.html_name] = value
    return fields | changes


def forms_seen(client: Client, address: str) -> tuple[int, int]:
    seen = client.get(address).context["seen"]
    return seen.draft, seen.version


def test_a_director_sees_the_cards_and_whose_they_are(as_nima: Client, as_tara: Client, as_mina: Client) -> None:
    page = as_nima.get(LIST).content.decode()
    assert "/staff/cards/worker-sport/" in page
    assert "نسخه وزارتخانه" in page
    assert as_tara.get(LIST).status_code == 200
    assert as_mina.get(LIST).status_code == 403
    assert as_nima.get("/staff/cards/no-such-card/").status_code == 404


@pytest.mark.slow
def test_the_form_shows_every_field_and_sends_nothing_new(as_nima: Client) -> None:
    for one in seed_codes():
        fields = typed(as_nima, f"/staff/cards/{one}/edit/")
        assert as_nima.post(f"/staff/cards/{one}/edit/", fields).status_code == 302, one
        assert as_nima.get(f"/staff/cards/{one}/").context["changes"] == [], one


def seed_codes() -> list[str]:
    return list(CardVersion.objects.values_list("card__code", flat=True))


def test_a_change_is_shown_word_by_word_and_published_from_a_day(as_nima: Client) -> None:
    fields = typed(as_nima, promise_amount="۱۲")
    page = as_nima.post(f"{ONE}edit/", fields, follow=True)
    assert "<del>۱۰ </del><ins>۱۲ </ins>" in page.content.decode()
    draft = page.context["draft"]
    sent = {"draft": draft.number, "version": draft.base}
    early = as_nima.post(f"{ONE}publish/", {**sent, "since": "۱۴۰۵/۰۹/۰۱"})
    assert early.status_code == 422
    assert "امروز یا روزی پس از آن" in early.content.decode()
    assert as_nima.post(f"{ONE}publish/", {**sent, "since": "دیروز"}).status_code == 422
    assert as_nima.post(f"{ONE}publish/", {**sent, "since": "۱۴۰۵/۰۹/۰۵"}, follow=True).status_code == 200
    assert not CardDraft.objects.exists()
    assert [one.number for one in CardVersion.objects.all().valid(TODAY).filter(card__code="worker-sport")] == [1]
    old = Client().get("/services/worker-sport/?version=1&place=ir/alborz/").content.decode()
    assert "نسخه ۲، از ۵ آذر ۱۴۰۵" in old
    assert "از ۵ آذر ۱۴۰۵" in as_nima.get(LIST).content.decode()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(as_nima: Client) -> None:
    changes = {"title_en": "", "promise_amount": "many", "steps-0-en": "", "faq-0-a_fa": "", "national_code": "12"}
    page = as_nima.post(f"{ONE}edit/", typed(as_nima, **changes, title_fa="عنوان تازه"))
    said = page.content.decode()
    assert page.status_code == 422
    for name in changes:
        assert f'id="id_{name}_error"' in said, name
    assert "عنوان تازه" in said
    assert '"many"' in said
    assert not CardDraft.objects.exists()


def test_questions_and_answers_are_changed_by_themselves(as_nima: Client) -> None:
    address = f"{ONE}edit/?only=faq"
    fields = typed(as_nima, address)
    assert "title_fa" not in fields
    number = int(fields["faq-INITIAL_FORMS"])
    row = {"q_fa": "هزینه دارد؟", "q_en": "Is there a fee?", "a_fa": "خیر.", "a_en": "No."}
    page = as_nima.post(address, fields | {f"faq-{number}-{name}": text for name, text in row.items()}, follow=True)
    assert {change.field for change in page.context["changes"]} == {"پرسش‌ها و پاسخ‌ها"}
    assert "هزینه دارد؟" in page.content.decode()


def test_who_comes_second_is_told_and_keeps_what_they_typed(as_nima: Client, as_tara: Client) -> None:
    first, second = typed(as_nima, promise_amount="12"), typed(as_nima, promise_amount="14")
    assert as_nima.post(f"{ONE}edit/", first).status_code == 302
    page = as_nima.post(f"{ONE}edit/", second)
    assert page.status_code == 409
    assert "همکاری از شما جلوتر بود" in page.content.decode()
    assert 'value="14"' in page.content.decode()
    # The ministry's own draft of the same card is another one.
    assert as_tara.post(f"{ONE}edit/", typed(as_tara, promise_amount="9")).status_code == 302


def test_a_draft_is_thrown_away_once(as_nima: Client) -> None:
    as_nima.post(f"{ONE}edit/", typed(as_nima, promise_amount="12"))
    sent = {"draft": 1, "version": 1}
    assert as_nima.post(f"{ONE}drop/", sent).status_code == 302
    assert as_nima.post(f"{ONE}drop/", sent).status_code == 409
    assert as_nima.get(f"{ONE}drop/").status_code == 405


def test_a_version_is_withdrawn_by_its_own_house_alone(as_nima: Client, as_omid: Client, as_tara: Client) -> None:
    as_nima.post(f"{ONE}edit/", typed(as_nima, promise_amount="12"))
    as_nima.post(f"{ONE}publish/", {"draft": 1, "version": 1, "since": "1405/09/03"})
    address = f"{ONE}versions/2/withdraw/"
    assert "versions/2/withdraw/" in as_nima.get(ONE).content.decode()
    assert as_omid.post(address).status_code == 403
    assert as_tara.post(address).status_code == 404
    assert as_nima.post(address, follow=True).status_code == 200
    assert as_nima.post(address).status_code == 409


def test_a_new_card_begins_with_its_code(as_nima: Client) -> None:
    assert as_nima.post(LIST, {"code": "Home Jobs"}).status_code == 422
    assert as_nima.post(LIST, {"code": "worker-sport"}).status_code == 422
    assert as_nima.post(LIST, {"code": ""}).status_code == 422
    begun = as_nima.post(LIST, {"code": "home-jobs"})
    assert begun["Location"] == "/staff/cards/home-jobs/edit/"
    fields = typed(as_nima, begun["Location"]) | {
        "title_fa": "مشاغل خانگی",
        "title_en": "Home jobs",
        "description_fa": "مجوز کار در خانه.",
        "description_en": "A permit to work at home.",
        "promise_amount": "7",
        "promise_basis": "office",
    }
    page = as_nima.post(begun["Location"], fields, follow=True)
    assert "مشاغل خانگی" in as_nima.get(LIST).content.decode()
    draft = page.context["draft"]
    as_nima.post(
        "/staff/cards/home-jobs/publish/", {"draft": draft.number, "version": draft.base, "since": "1405/09/03"}
    )
    assert Client().get("/services/home-jobs/?place=ir/alborz/").status_code == 200
    assert Client().get("/services/home-jobs/?place=ir/qom/").status_code == 404


def test_a_withdrawn_new_draft_leads_back_to_the_list(as_nima: Client) -> None:
    fields = typed(as_nima, "/staff/cards/home-jobs/edit/") | {
        "title_fa": "مشاغل خانگی",
        "title_en": "Home jobs",
        "description_fa": "مجوز.",
        "description_en": "A permit.",
        "promise_amount": "7",
        "promise_basis": "office",
    }
    as_nima.post("/staff/cards/home-jobs/edit/", fields)
    assert as_nima.post("/staff/cards/home-jobs/drop/", {"draft": 1, "version": 0})["Location"] == LIST
