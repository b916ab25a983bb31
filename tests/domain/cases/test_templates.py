"""Templates of answers: tried before they are kept, filled from the case, open where only an officer knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from takrim.cards.models import CardVersion
from takrim.cases import blanks
from takrim.cases.actions_answer import Words, answer_at_once, draft, let_through, submit
from takrim.cases.actions_templates import (
    ChangedMeanwhile,
    NotYourTemplate,
    TemplateFails,
    TemplateWords,
    TitleTaken,
    change_template,
    end_template,
    keep_template,
    tried,
)
from takrim.cases.gate import TooEmpty
from takrim.cases.models import Case
from takrim.cases.models_templates import TemplateVersion
from takrim.cases.substance import Fault
from takrim.cases.templates_for import filled, newest_version, offered
from takrim.channels.channel import Sender
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from tests.people import MakeCase

TEMPLATE = TemplateWords(
    title="پرداخت حق بیمه",
    outcome="upheld",
    text="{نام متقاضی} گرامی، درباره «{موضوع}» بازرسی شد: {یافته}. کارفرما تا {تاریخ} مبلغ {مبلغ} را می‌پردازد.",
    reason="در بازدید {تاریخ} روشن شد که {یافته}.",
    legal_ground="ماده ۱۴۸ قانون کار",
    next_step="سابقه خود را پس از {تاریخ} ببینید؛ تا {مهلت اعتراض} روز می‌توانید اعتراض کنید.",
)
HERE = "ir/alborz/nazarabad/"


def test_what_the_case_knows_is_put_in_and_the_rest_stays_open(
    make_case: MakeCase, reza: Actor, now: datetime, card: CardVersion
) -> None:
    case = make_case(card=card)
    template = keep_template(unit_path=HERE, words=TEMPLATE, by=reza, now=now)
    parts = filled(template, case, now)
    assert parts["text"].startswith("زهرا اکبری گرامی، درباره «بیمه بیکاری» بازرسی شد: {یافته}.")
    assert "{مبلغ}" in parts["text"]
    assert "تا ۱۰ روز" in parts["next_step"]
    assert parts["outcome"] == "upheld"


def test_a_nameless_person_leaves_the_name_open(make_case: MakeCase, reza: Actor, now: datetime) -> None:
    case = make_case(sender=Sender())
    template = keep_template(unit_path=HERE, words=TEMPLATE, by=reza, now=now)
    assert "{نام متقاضی}" in filled(template, case, now)["text"]


def test_what_was_put_in_is_not_read_again(make_case: MakeCase, now: datetime) -> None:
    case = make_case(sender=Sender(name="{مبلغ} ${x} {{code}} {0.__class__}"))
    assert blanks.on_case("{نام متقاضی}", case, now) == "{مبلغ} ${x} {{code}} {0.__class__}"


def test_english_names_and_ways_of_typing_mean_the_same_field(case: Case, now: datetime) -> None:
    for name in ("{applicant}", "{ Applicant }", "{نام متقاضي}", "{نام‌متقاضی}"):
        assert blanks.on_case(name, case, now) == "زهرا اکبری"


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        ("text", "سلام {نام گربه}", "نام گربه"),
        ("text", "سلام {نام متقاضی", "آکولادی"),
        ("text", "سلام نام متقاضی}", "آکولادی"),
        ("reason", "چون {}", "آکولاد خالی"),
        ("reason", "بررسی شد", "عبارت"),
        ("text", "مربوط به این اداره نیست.", "دیگری"),
        ("next_step", " ", "گام"),
    ],
)
def test_what_is_wrong_is_said_beside_its_part_and_not_kept(
    part: str, text: str, said: str, reza: Actor, now: datetime
) -> None:
    words = replace(TEMPLATE, **{part: text}) if part != "text" else replace(TEMPLATE, text=text, next_step="همین.")
    found = tried(words, "fa").faults
    assert list(found) == [part]
    with pytest.raises(TemplateFails) as refused:
        keep_template(unit_path=HERE, words=words, by=reza, now=now)
    assert refused.value.found == found


def test_the_trial_shows_the_example_in_both_languages() -> None:
    assert "زهرا اکبری گرامی" in tried(TEMPLATE, "fa").parts["text"]
    assert "Zahra Akbari" in tried(TEMPLATE, "en").parts["text"]


def test_versions_are_kept_and_two_at_once_are_told(reza: Actor, nima: Actor, now: datetime) -> None:
    template = keep_template(unit_path=HERE, words=TEMPLATE, by=reza, now=now)
    newer = replace(TEMPLATE, legal_ground="ماده ۳۶ قانون تأمین اجتماعی")
    change_template(template=template, words=newer, seen=1, by=nima, now=now)
    with pytest.raises(ChangedMeanwhile):
        change_template(template=template, words=TEMPLATE, seen=1, by=reza, now=now)
    kept = list(TemplateVersion.objects.order_by("number").values_list("number", "words__legal_ground", "by_name"))
    assert kept == [(1, "ماده ۱۴۸ قانون کار", reza.name), (2, "ماده ۳۶ قانون تأمین اجتماعی", nima.name)]
    assert Entry.objects.filter(verb="template.kept").count() == 2


def test_it_is_offered_where_kind_card_and_office_fit(
    make_case: MakeCase, reza: Actor, nima: Actor, omid: Actor, now: datetime, card: CardVersion
) -> None:
    def keep(path: str, by: Actor, **fields: str) -> str:
        words = replace(TEMPLATE, **fields)
        return keep_template(unit_path=path, words=words, by=by, now=now).title

    own = keep(HERE, reza, title="خودمان")
    above = keep("ir/alborz/", nima, title="استان")
    carded = keep("ir/alborz/", nima, title="بیمه", card="unemployment-insurance")
    keep("ir/qom/", omid, title="قم")
    keep(HERE, reza, title="درخواست", kind="request")
    keep("ir/alborz/karaj/", nima, title="کرج")
    assert [one.title for one in offered(make_case())] == [own, above]
    assert [one.title for one in offered(make_case(card=card))] == [own, carded, above]


def test_only_ones_own_offices_templates_are_changed(
    reza: Actor, omid: Actor, mina: Actor, make_case: MakeCase, now: datetime
) -> None:
    template = keep_template(unit_path=HERE, words=TEMPLATE, by=reza, now=now)
    with pytest.raises(NotYourTemplate):
        end_template(template=template, by=omid, now=now)
    with pytest.raises(NotAllowed):
        keep_template(unit_path=HERE, words=TEMPLATE, by=mina, now=now)
    with pytest.raises(TitleTaken):
        keep_template(unit_path=HERE, words=TEMPLATE, by=reza, now=now)
    end_template(template=template, by=reza, now=now)
    assert offered(make_case()) == []
    keep_template(unit_path=HERE, words=TEMPLATE, by=reza, now=now)


def test_a_version_of_an_answer_names_the_version_of_the_template_it_began_with(
    case: Case, mina: Actor, reza: Actor, omid: Actor, now: datetime
) -> None:
    template = keep_template(unit_path=HERE, words=TEMPLATE, by=reza, now=now)
    strange = newest_version(keep_template(unit_path="ir/qom/", words=TEMPLATE, by=omid, now=now))
    began = newest_version(template)
    words = Words(outcome="upheld", text="حق بیمه وصول شد.", reason="بازرسی روز سوم.", begun_with=began.pk)
    assert draft(case=case, words=words, by=mina, now=now).begun_with == began
    changed = change_template(template=template, words=replace(TEMPLATE, title="دیگر"), seen=1, by=reza, now=now)
    assert newest_version(changed).number == 2
    end_template(template=template, by=reza, now=now)
    assert draft(case=case, words=words, by=mina, now=now).begun_with == began, "what was begun stays told"
    assert draft(case=case, words=replace(words, begun_with=strange.pk), by=mina, now=now).begun_with is None


@pytest.mark.parametrize("part", ["text", "reason", "next_step", "legal_ground"])
def test_an_open_field_is_handed_in_by_nobody(part: str, case: Case, mina: Actor, reza: Actor, now: datetime) -> None:
    words = Words(outcome="upheld", text="حق بیمه وصول شد.", reason="بازرسی روز سوم.", next_step="تا ده روز دیگر.")
    opened: dict[str, Any] = {part: "در تاریخ {تاریخ} پرداخت می‌شود و در سابقه شما می‌آید."}
    words = replace(words, **opened)
    answer = draft(case=case, words=words, by=mina, now=now)
    with pytest.raises(TooEmpty) as refused:
        submit(answer=answer, by=mina, now=now)
    assert Fault.OPEN_FIELD in refused.value.faults
    with pytest.raises(TooEmpty):
        let_through(answer=answer, why="همین درست است", by=reza, now=now)
    with pytest.raises(TooEmpty):
        answer_at_once(case=case, words=words, how="phone", by=reza, now=now, anyway="همین درست است")
