"""Pages of plans: read by whoever is compared, written by their house, checked while typing, nothing typed is lost."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from takrim.evaluation.actions_plans import begin_plan, make_ready
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.plan import ready_texts
from takrim.evaluation.plan_compare import differences
from takrim.evaluation.plan_text import text_of
from takrim.evaluation.scoring.reading import plan_of_text, toml
from takrim.orgs.actor import Actor
from takrim.web.plans.edit import moved
from takrim.web.plans.typed import to_content, to_fields
from tests.people import SignIn

TEXT = ready_texts()["service_competition"]
ALBORZ = "ir/alborz/"

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture
def draft(nima: Actor, now: datetime) -> PlanVersion:
    return begin_plan(text=TEXT, why="آغاز", path=ALBORZ, by=nima, now=now, like="service_competition")


def typed(version: PlanVersion, **changes: str) -> dict[str, str]:
    """What the form of a draft sends."""
    fields = {**to_fields(toml(version.text)), "seen": version.changed_at.isoformat(), "why": "تغییر"}
    return {**fields, **changes}


@pytest.mark.parametrize("code", sorted(ready_texts()))
def test_a_plan_goes_through_its_form_unchanged(code: str) -> None:
    content = toml(ready_texts()[code])
    assert [one for one in differences(content, to_content(to_fields(content))) if one.key != "arithmetic"] == []


def test_what_no_field_shows_goes_through_the_form_too() -> None:
    content = toml(TEXT)
    content |= {"blank": ["—"], "sensitivity": {"seed": 4}, "peers": {"volume": "received", "bands": [200, 900]}}
    content["floor"] = [{"column": "answers", "least": 30}, {"score": "effect", "least": "0.2"}]
    content["indicator"][0] |= {"treatment": ["log", {"method": "cap", "high": 3}], "sample": "x", "least": 4}
    content["indicator"][1] |= {"treatment": {"method": "cap", "high": "0.9"}, "missing": {"policy": "mean", "of": "g"}}
    assert list(differences(content, to_content(to_fields(content)))) == []


SHARE, HOURS, BY_SORT = "reopened", "median_hours", "answered_on_time"


@pytest.mark.parametrize(
    ("code", "how", "seen"),
    [
        (BY_SORT, "kind", ("kind", "")),
        (SHARE, {"per_officer": [20, 60]}, ("per_officer", "20 60")),
        (SHARE, {"per_officer": []}, ("per_officer", "")),
        (SHARE, {"per_officer": 3}, ("", "")),
        (HOURS, "kind", ("", "")),
        (BY_SORT, {"parts": ["a"], "wholes": ["b"]}, ("", "")),
    ],
)
def test_how_a_row_is_made_comparable_goes_through_the_form(code: str, how: Any, seen: tuple[str, str]) -> None:
    content = toml(TEXT)
    content["indicator"] = [{"code": code, "weight": 1, "adjust": how}]
    fields = to_fields(content)
    assert (fields.get("r0-adjust", ""), fields.get("r0-adjust_per_officer", "")) == seen
    assert to_content(fields)["indicator"][0]["adjust"] == how


def test_the_form_offers_equal_difficulty_where_it_can_be_counted(
    sign_in: SignIn, nima: Actor, draft: PlanVersion
) -> None:
    client, address = sign_in(nima), f"/plans/{draft.pk}/edit/"
    fields = {**typed(draft), "r_rows": "0 1", "r1-code": HOURS, "r0-code": SHARE}
    body = client.post(address, {**fields, "r0-adjust": "per_officer", "r0-adjust_per_officer": "۶۰ ۲۰", "do": "check"})
    page = body.content.decode()
    assert 'name="r0-adjust"' in page
    assert 'name="r1-adjust"' not in page
    assert 'value="۶۰ ۲۰"' in page
    assert re.search(r'id="id_r0-adjust_per_officer_error">[^<]*«مرزهای شمار پیام برای هر کارمند» عددهایی', page)
    # Keys of the file are said as people call them, also those that no field shows.
    assert "، مقایسه با دشواری برابر: " in page
    assert (
        "تنها در متن تغییر می‌کند: روزبه‌روز هم"
        in client.post(address, {**fields, "rest": '{"live": true}', "do": "check"}).content.decode()
    )
    # Without that choice nothing asks for bounds.
    assert 'name="r0-adjust_per_officer"' not in client.post(address, {**fields, "do": "check"}).content.decode()


def test_rows_are_added_moved_and_dropped() -> None:
    fields = to_fields(toml(TEXT))
    first, second = (row["code"] for row in to_content(fields)["indicator"][:2])
    down = to_content(moved(fields, "down-r0"))["indicator"]
    assert [row["code"] for row in down[:2]] == [second, first]
    assert to_content(moved(fields, "up-r0"))["indicator"][0]["code"] == first
    dropped = [row["code"] for row in to_content(moved(fields, "drop-r0"))["indicator"]]
    assert first not in dropped
    own = moved(fields, "add-own")
    assert to_content(own)["indicator"][-1]["code"] == "row1"
    assert to_content(moved(own, "add-own"))["indicator"][-1]["code"] == "row2"
    counted = to_content(moved({**fields, "add_code": "reopened"}, "add-counted"))["indicator"][-1]
    assert counted["code"] == "reopened"
    for nonsense in ("", "drop-r99", "drop-x", "add-nothing", "fly-r0", "drop-r0-1"):
        assert to_content(moved(fields, nonsense)) == to_content(fields)


def test_everybody_who_is_compared_reads_plans(
    sign_in: SignIn, draft: PlanVersion, mina: Actor, nima: Actor, now: datetime
) -> None:
    make_ready(version=draft, seen=now, by=nima, now=now)
    client = sign_in(mina)
    page = client.get("/plans/")
    assert page.status_code == 200
    assert "رقابت خدمت" in page.content.decode()
    shown = client.get(f"/plans/{draft.pk}/").content.decode()
    assert "مقدار ÷ ۰٫۸" in shown
    assert "/edit/" not in shown
    ready = client.get("/plans/ready/government_form/").content.decode()
    assert "مجموعه‌داده‌های منتشرشده" in ready
    # A reason is written in both languages, and read in one.
    assert "اعلام نشده" in ready
    assert "not declared" not in ready
    assert "/copy/" not in ready
    assert client.get("/plans/ready/nothing/").status_code == 404
    assert client.post(f"/plans/{draft.pk}/next/", {"why": "x"}).status_code == 403


def test_a_draft_is_seen_where_it_is_written(
    sign_in: SignIn, draft: PlanVersion, omid: Actor, reza: Actor, tara: Actor
) -> None:
    for stranger in (omid, reza):
        client = sign_in(stranger)
        assert client.get(f"/plans/{draft.pk}/").status_code == 404
        assert client.get(f"/plans/{draft.pk}/plan.toml").status_code == 404
        assert draft.title not in [row.newest.title for row in client.get("/plans/").context["listed"]]
    client = sign_in(tara)
    assert client.get(f"/plans/{draft.pk}/edit/").status_code == 200


def test_a_ready_plan_is_copied_with_a_reason(sign_in: SignIn, nima: Actor) -> None:
    client = sign_in(nima)
    refused = client.post("/plans/ready/county_offices/copy/", {"why": " "})
    assert refused.status_code == 422
    assert "چه تغییر کرد و چرا" in refused.content.decode()
    client.post("/plans/ready/county_offices/copy/", {"why": "وزن‌های ما"})
    made = PlanVersion.objects.get()
    assert (made.code, made.path, made.why) == ("county_offices", ALBORZ, "وزن‌های ما")
    assert "live" not in toml(made.text)


def test_a_draft_is_changed_by_fields(sign_in: SignIn, nima: Actor, draft: PlanVersion) -> None:
    client = sign_in(nima)
    address = f"/plans/{draft.pk}/edit/"
    # The root has no name of its own: it is called like the plan, not by its code.
    assert f"<summary><span><bdi>{draft.title}</bdi>" in client.get(address).content.decode()
    # Persian digits, and a weight that makes the sum wrong: said at its place, kept as it was typed.
    fields = typed(draft, **{"r0-weight": "۱۰۰", "points": "هزار"})
    page = client.post(address, {**fields, "do": "check"})
    body = page.content.decode()
    assert page.status_code == 200
    assert "260" in body or "۲۶۰" in body
    assert 'value="هزار"' in body
    assert 'value="۱۰۰"' in body
    draft.refresh_from_db()
    assert draft.text == TEXT
    assert client.post(address, {**typed(draft, **{"r0-weight": "۱۰۰"}), "do": "save"}).status_code == 302
    draft.refresh_from_db()
    assert toml(draft.text)["indicator"][0]["weight"] == 100
    assert draft.why == "تغییر"


def test_nothing_typed_is_lost_when_it_is_refused(sign_in: SignIn, nima: Actor, draft: PlanVersion) -> None:
    client = sign_in(nima)
    address = f"/plans/{draft.pk}/edit/"
    fields = typed(draft, title_fa="عنوان تازه", why=" ")
    page = client.post(address, {**fields, "do": "save"})
    assert page.status_code == 422
    assert 'value="عنوان تازه"' in page.content.decode()
    stale = client.post(address, {**fields, "why": "چرا", "seen": "2020-01-01T00:00:00+00:00", "do": "save"})
    assert stale.status_code == 409
    assert 'value="عنوان تازه"' in stale.content.decode()
    assert (
        client.post(address, {**fields, "seen": "never", "rest": "{", "n_rows": "x 1", "do": "save"}).status_code == 422
    )


def test_mistakes_are_told_while_typing(sign_in: SignIn, nima: Actor, draft: PlanVersion) -> None:
    client = sign_in(nima)
    right = client.post(f"/plans/{draft.pk}/check/", typed(draft)).content.decode()
    assert "ایرادی ندارد" in right
    wrong = client.post(f"/plans/{draft.pk}/check/", typed(draft, **{"n1-weight": "250"})).content.decode()
    assert "۹۵۰" in wrong
    assert 'href="#n0"' in wrong
    text = client.post(f"/plans/{draft.pk}/text/check/", {"text": "points = "}).content.decode()
    assert "TOML" in text


def test_a_draft_is_changed_as_text(sign_in: SignIn, nima: Actor, draft: PlanVersion) -> None:
    client = sign_in(nima)
    address = f"/plans/{draft.pk}/text/"
    assert "service desk" in client.get(address).content.decode()
    fields = {"text": "nonsense [", "why": "x", "seen": draft.changed_at.isoformat(), "do": "save"}
    page = client.post(address, fields)
    assert page.status_code == 422
    assert "nonsense [" in page.content.decode()
    longer = TEXT.replace("decimals = 2", "decimals = 3").replace("\n", "\r\n")
    assert client.post(address, {**fields, "text": longer}).status_code == 302
    draft.refresh_from_db()
    assert toml(draft.text)["rank"] == {"decimals": 3}


def test_versions_are_made_ready_followed_and_compared(sign_in: SignIn, nima: Actor, draft: PlanVersion) -> None:
    client = sign_in(nima)
    client.post(f"/plans/{draft.pk}/ready/", {"seen": draft.changed_at.isoformat()})
    draft.refresh_from_db()
    assert draft.state == PlanState.READY
    assert client.get(f"/plans/{draft.pk}/edit/").status_code == 302
    assert client.post(f"/plans/{draft.pk}/edit/", {**typed(draft), "do": "save"}).status_code == 409
    client.post(f"/plans/{draft.pk}/next/", {"why": "نوآوری مهم‌تر است"})
    second = PlanVersion.objects.get(number=2)
    again = client.post(f"/plans/{draft.pk}/next/", {"why": "باز"})
    assert again.status_code == 409
    changes = {"n3-weight": "200", "n1-weight": "250", "n3-sum": "", "n1-sum": ""}
    client.post(f"/plans/{second.pk}/edit/", {**typed(second, **changes), "do": "save"})
    body = client.get(f"/plans/{second.pk}/compare/{draft.pk}/").content.decode()
    assert "<del>۱۵۰</del>" in body
    assert "<ins>۲۰۰</ins>" in body
    assert client.get(f"/plans/{second.pk}/").status_code == 200
    client.post(f"/plans/{draft.pk}/retire/")
    draft.refresh_from_db()
    assert draft.state == PlanState.RETIRED


def test_a_plan_with_mistakes_is_not_made_ready(sign_in: SignIn, nima: Actor, draft: PlanVersion) -> None:
    client = sign_in(nima)
    client.post(f"/plans/{draft.pk}/edit/", {**typed(draft, **{"r0-weight": "1"}), "do": "save"})
    draft.refresh_from_db()
    page = client.post(f"/plans/{draft.pk}/ready/", {"seen": draft.changed_at.isoformat()})
    assert page.status_code == 422
    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT


def test_the_file_of_a_plan_is_one_that_the_engine_takes(
    sign_in: SignIn, nima: Actor, draft: PlanVersion, tara: Actor
) -> None:
    client = sign_in(nima)
    sent = client.get(f"/plans/{draft.pk}/plan.toml")
    assert sent["Content-Disposition"] == 'attachment; filename="service_competition-1.toml"'
    assert len(plan_of_text(sent.content.decode()).indicators) == 12


def test_the_list_asks_as_much_for_many_plans_as_for_one(
    sign_in: SignIn, draft: PlanVersion, nima: Actor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(nima)
    client.get("/plans/")
    for _number in range(5):
        begin_plan(text=TEXT, why="x", path=ALBORZ, by=nima, now=now)
    with django_assert_max_num_queries(8):
        client.get("/plans/")


@pytest.mark.parametrize(("lang", "word"), [("fa", "وزن"), ("en", "Weight")])
def test_what_changed_between_versions_is_told_in_words(
    sign_in: SignIn, draft: PlanVersion, nima: Actor, lang: str, word: str
) -> None:
    content = toml(TEXT)
    content["indicator"][0]["weight"] = 77
    values = {one.name: getattr(draft, one.attname) for one in PlanVersion._meta.fields if one.name != "id"}
    other = PlanVersion.objects.create(**{**values, "number": 2, "text": text_of(content)})
    client = sign_in(nima)
    client.cookies["language"] = lang
    page = client.get(f"/plans/{other.pk}/compare/{draft.pk}/").content.decode()
    assert f'{word} <code class="muted">weight</code>' in page


def test_a_mistake_is_told_in_the_words_of_its_field(sign_in: SignIn, nima: Actor, draft: PlanVersion) -> None:
    page = sign_in(nima).post(f"/plans/{draft.pk}/check/", typed(draft, **{"r0-weight": "سیصد"})).content.decode()
    assert "«وزن» باید عدد باشد" in page
    assert "«weight»" not in page
    # A code is set apart, and the part of the plan is named once.
    assert "«\u2066" in page
    assert "شاخص</span> <a" not in page
