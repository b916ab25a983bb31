"""Letters of the same wording find one another, whatever name stands in them and however they come in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.cases.actions_wordings import SEASON, group_new
from takrim.cases.models_together import Campaign, Wording, WordingBand
from takrim.orgs.actor import system
from tests.people import MakeCase

LETTER = (
    "اینجانب {name} کارگر کارخانهٔ نساجی هستم و از شما می‌خواهم دربارهٔ تعطیلی ناگهانی کارخانه و پرداخت نشدن حقوق شش "
    "ماه گذشتهٔ همهٔ کارگران رسیدگی کنید و نتیجه را به ما اعلام نمایید."
)
OTHER = "برای صدور مجوز تأسیس تعاونی مسکن در شهرستان چه مدارکی لازم است و هزینهٔ آن چقدر می‌شود و چند روز طول می‌کشد؟"


def group(now: datetime, limit: int = 100) -> int:
    return group_new(by=system("test"), now=now, limit=limit)


def members() -> list[set[int]]:
    groups: dict[int, set[int]] = {}
    for case, campaign in Wording.objects.exclude(campaign=None).values_list("pk", "campaign_id"):
        groups.setdefault(campaign, set()).add(case)
    return list(groups.values())


@pytest.mark.parametrize("limit", [100, 1])
def test_the_same_letter_under_other_names_is_one_group(make_case: MakeCase, now: datetime, limit: int) -> None:
    alike = {make_case(text=LETTER.format(name=name)).pk for name in ("رضا کریمی", "مریم احمدی", "علی نوری")}
    make_case(text=OTHER)
    while group(now, limit):
        pass
    assert members() == [alike]
    assert Campaign.objects.get().members == 3


def test_each_letter_is_read_once_and_a_group_grows(make_case: MakeCase, now: datetime) -> None:
    make_case(text=LETTER.format(name="یک"))
    assert (group(now), group(now)) == (1, 0)
    assert members() == []
    make_case(text=LETTER.format(name="دو"))
    group(now)
    make_case(text=LETTER.format(name="سه"))
    group(now)
    assert [len(found) for found in members()] == [3]


def test_short_texts_and_other_provinces_make_no_group(make_case: MakeCase, now: datetime) -> None:
    make_case(text="سلام، لطفاً رسیدگی کنید.")
    make_case(text="سلام، لطفاً رسیدگی کنید.")
    make_case(text=LETTER.format(name="یک"))
    make_case(text=LETTER.format(name="دو"), unit="qom")
    group(now)
    assert members() == []


def test_what_is_long_ago_is_forgotten(make_case: MakeCase, now: datetime) -> None:
    make_case(text=LETTER.format(name="یک"))
    group(now)
    assert WordingBand.objects.exists()
    later = now + SEASON + timedelta(days=1)
    make_case(text=LETTER.format(name="دو"), at=later)
    group(later)
    assert members() == []


def test_a_great_campaign_is_held_against_its_first_letter_only(make_case: MakeCase, now: datetime) -> None:
    for number in range(8):
        make_case(text=LETTER.format(name=f"کارگر {number}"))
    group(now)
    assert WordingBand.objects.values("case").distinct().count() == 1
