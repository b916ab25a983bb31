"""What a province learns from its own cases, and from which it never does."""

from __future__ import annotations

from datetime import datetime

import pytest

from takrim.cases import learning
from takrim.cases.actions_learn import keep_learned
from takrim.cases.actions_work import refer
from takrim.cases.learning import guess, how_often_right, learn, learn_again, learn_all
from takrim.cases.models import Case
from takrim.cases.models_learned import Learned, What
from takrim.channels.channel import Sender
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, holder, system
from takrim.orgs.models import Unit
from tests.people import MakeCase

ALBORZ = "ir/alborz/"
WAGES, LOANS = "حقوق ماه {n} پرداخت نشده و کارفرما مزد نمی‌دهد", "وام و تسهیلات خوداشتغالی برای کارگاه {n} می‌خواهم"


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "LEAST", 10)


@pytest.fixture
def history(make_case: MakeCase) -> list[Case]:
    """Wages come to Nazarabad, loans to Karaj."""
    places = [("nazarabad", WAGES), ("karaj", LOANS)]
    return [make_case(unit=unit, text=text.format(n=n)) for n in range(8) for unit, text in places]


def test_a_province_learns_which_office_a_matter_belongs_to(history: list[Case], now: datetime) -> None:
    assert learn(ALBORZ, now) == 1
    learned = Learned.objects.get()
    assert (learned.what, learned.texts, learned.tested) == (What.UNIT, 16, 3)
    assert (learned.first, learned.among_three) == (3, 3)
    assert guess("سه ماه است حقوق نگرفته‌ام", province=ALBORZ, what=What.UNIT)[0] == "ir/alborz/nazarabad/"
    assert guess("تسهیلات و وام", province=ALBORZ, what=What.UNIT)[0] == "ir/alborz/karaj/"
    assert guess("تسهیلات و وام", province="ir/qom/", what=What.UNIT) == []
    assert guess("تسهیلات و وام", province=ALBORZ, what=What.CARD) == []
    told = Entry.objects.get(verb="suggestions.learned")
    assert (told.facts["texts"], told.facts["right_first"]) == (16, 3)


def test_what_was_asked_of_whom_is_learned_too(
    history: list[Case], units: dict[str, Unit], nima: Actor, now: datetime
) -> None:
    for case in history:
        to = units["karaj"] if case.unit_path.endswith("nazarabad/") else units["nazarabad"]
        refer(case=case, to=to, task="نظر بدهید", length=None, by=nima, now=now)
    learn(ALBORZ, now)
    assert guess("حقوق پرداخت نشده", province=ALBORZ, what=What.REFERRAL)[0] == "ir/alborz/karaj/"


def test_nothing_is_learned_from_secret_or_nameless_cases(
    history: list[Case], make_case: MakeCase, now: datetime
) -> None:
    hidden = [make_case(unit="karaj", text="گزارش محرمانهٔ رشوه") for _ in range(5)]
    Case.objects.filter(pk__in=[case.pk for case in hidden]).update(shielded=True)
    for _ in range(5):
        make_case(unit="karaj", text="گزارش بی‌نام", sender=Sender())
        make_case(unit="karaj", text="از سامانهٔ دیگر", channel="imported")
    Case.objects.filter(text="گزارش بی‌نام").update(party=None)
    learn(ALBORZ, now)
    assert Learned.objects.get().texts == len(history)


def test_too_little_is_forgotten(history: list[Case], now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    learn(ALBORZ, now)
    monkeypatch.setattr(learning, "LEAST", 1000)
    assert learn(ALBORZ, now) == 0
    assert not Learned.objects.exists()
    assert guess("وام", province=ALBORZ, what=What.UNIT) == []
    assert Entry.objects.filter(verb="suggestions.forgotten").count() == 1


def test_what_is_right_too_seldom_is_not_shown(history: list[Case], now: datetime) -> None:
    learn(ALBORZ, now)
    row = Learned.objects.get()
    row.first, row.among_three = 0, 1
    keep_learned(learned=row, by=system("test"), now=now)
    assert not row.useful
    assert guess("وام", province=ALBORZ, what=What.UNIT) == []
    assert how_often_right(ALBORZ, What.UNIT) is None


def test_learning_again_takes_the_place_of_before(history: list[Case], now: datetime) -> None:
    assert learn_all(now) == learn_again.call(now=now) == 1
    assert Learned.objects.count() == 1


def test_only_the_system_keeps_what_was_learned(history: list[Case], now: datetime) -> None:
    learn(ALBORZ, now)
    with pytest.raises(NotAllowed):
        keep_learned(learned=Learned.objects.get(), by=holder(), now=now)
