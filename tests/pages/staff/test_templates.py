"""Keeping templates of answers, and beginning a draft with one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.test import Client

from takrim.cases.actions_templates import TemplateWords, keep_template
from takrim.cases.models import Case
from takrim.cases.models_templates import AnswerTemplate
from takrim.cases.templates_for import newest_version
from takrim.orgs.actor import Actor

FIELDS = {
    "unit": "ir/alborz/nazarabad/",
    "title": "پرداخت حق بیمه",
    "outcome": "upheld",
    "kind": "",
    "card": "",
    "text": "{نام متقاضی} گرامی، {یافته}. کارفرما تا {تاریخ} می‌پردازد.",
    "reason": "در بازدید روشن شد که {یافته}.",
    "legal_ground": "",
    "next_step": "سابقه خود را پس از {تاریخ} ببینید.",
}


def test_it_is_tried_before_it_is_kept(as_reza: Client) -> None:
    page = as_reza.post("/staff/templates/new/", {**FIELDS, "keep": "1"})
    assert page.status_code == 200, "kept only after a trial"
    assert "زهرا اکبری گرامی" in page.content.decode()
    stamp = page.context["stamp"]
    changed = as_reza.post("/staff/templates/new/", {**FIELDS, "title": "دیگر", "keep": "1", "tried": stamp})
    assert changed.context["stamp"] != stamp, "what was changed since is tried again"
    assert not AnswerTemplate.objects.exists()
    assert as_reza.post("/staff/templates/new/", {**FIELDS, "keep": "1", "tried": stamp}).status_code == 302
    assert "پرداخت حق بیمه" in as_reza.get("/staff/templates/").content.decode()


def test_an_unknown_field_is_said_beside_its_part_and_nothing_is_lost(as_reza: Client) -> None:
    page = as_reza.post("/staff/templates/new/", {**FIELDS, "reason": "چون {نام گربه} گفت"})
    assert page.status_code == 422
    assert "نام گربه" in str(page.context["form"].errors["reason"])
    assert "چون {نام گربه} گفت" in page.content.decode()


def kept(by: Actor, now: datetime, **fields: str) -> AnswerTemplate:
    words: dict[str, Any] = {name: value for name, value in FIELDS.items() if name != "unit"} | fields
    return keep_template(unit_path=by.unit_path, words=TemplateWords(**words), by=by, now=now)


def test_a_change_is_a_new_version(as_reza: Client, reza: Actor, now: datetime) -> None:
    template = kept(reza, now)
    address = f"/staff/templates/{template.pk}/"
    sent = {**FIELDS, "legal_ground": "ماده ۱۴۸", "version": "1"}
    stamp = as_reza.post(address, sent).context["stamp"]
    assert as_reza.post(address, {**sent, "keep": "1", "tried": stamp}).status_code == 302
    assert "نسخه ۲" in as_reza.get(address).content.decode()
    assert as_reza.post(address, {**sent, "keep": "1", "tried": stamp}).status_code == 409
    assert as_reza.post(f"{address}end/").status_code == 302
    assert as_reza.get(address).status_code == 404


def test_others_templates_are_not_there(as_omid: Client, as_mina: Client, reza: Actor, now: datetime) -> None:
    template = kept(reza, now)
    assert as_omid.get(f"/staff/templates/{template.pk}/").status_code == 404
    assert as_omid.post(f"/staff/templates/{template.pk}/end/").status_code == 404
    assert as_mina.get("/staff/templates/").status_code == 403
    assert template.title not in as_omid.get("/staff/templates/").content.decode()


def test_a_draft_begins_with_one(as_mina: Client, nima: Actor, omid: Actor, case: Case, now: datetime) -> None:
    template, strange = kept(nima, now), kept(omid, now, title="قم")
    page = as_mina.get(f"/staff/cases/{case.code}/?do=draft").content.decode()
    assert template.title in page
    assert f"template={strange.pk}" not in page
    form = as_mina.get(f"/staff/cases/{case.code}/?do=draft&template={template.pk}").context["opened"].form
    assert form.initial["text"] == "زهرا اکبری گرامی، {یافته}. کارفرما تا {تاریخ} می‌پردازد."
    assert form.initial["outcome"] == "upheld"
    assert f'name="begun_with" value="{newest_version(template).pk}"' in str(form["begun_with"])
    assert as_mina.get(f"/staff/cases/{case.code}/?do=draft&template={strange.pk}").context["opened"].form.initial == {}
    typed = {"version": "0", "hand_in": "1", **{name: form.initial[name] for name in form.initial}}
    refused = as_mina.post(f"/staff/cases/{case.code}/draft/", typed)
    assert refused.status_code == 422
    assert "فیلدی از الگو" in refused.content.decode()


def test_templates_are_offered_by_the_result(as_mina: Client, reza: Actor, case: Case, now: datetime) -> None:
    kept(reza, now), kept(reza, now, title="رد با دلیل", outcome="denied", legal_ground="ماده ۱۴۸")
    address = f"/staff/cases/{case.code}/?do=draft"

    def offered(outcome: str | None, **headers: str) -> list[str]:
        page = as_mina.get(address if outcome is None else f"{address}&outcome={outcome}", headers=headers)
        return [one.title for _title, rows in page.context["begin_with"].groups for one, _office in rows]

    assert offered(None) == offered("") == ["پرداخت حق بیمه", "رد با دلیل"]
    assert offered("denied") == ["رد با دلیل"]
    assert offered("served") == []
    page = as_mina.get(f"{address}&outcome=denied", headers={"HX-Request": "true", "HX-Target": "begin_with"})
    assert "<form" not in page.content.decode(), "only the list is fetched: what was typed stays"
    assert "پرداخت حق بیمه" not in page.content.decode()


def test_the_page_of_the_case_names_the_template_of_a_version(
    as_mina: Client, reza: Actor, case: Case, now: datetime
) -> None:
    template = kept(reza, now)
    form = as_mina.get(f"/staff/cases/{case.code}/?do=draft&template={template.pk}").context["opened"].form
    typed = {**form.initial, "text": "حق بیمه شما پرداخت شد.", "version": "0"}
    assert as_mina.post(f"/staff/cases/{case.code}/draft/", typed).status_code == 302
    assert "آغازشده با الگوی" in as_mina.get(f"/staff/cases/{case.code}/").content.decode()
    again = as_mina.get(f"/staff/cases/{case.code}/?do=draft").context["opened"].form
    assert again.initial["begun_with"] == newest_version(template).pk
