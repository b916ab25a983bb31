"""The questions before filing: every path of the house's own leads to an end; what would lead nowhere is refused."""

from __future__ import annotations

from datetime import datetime

import pytest

from takrim.cards.seed import catalogue
from takrim.cases.kind import KINDS
from takrim.channels.actions_questions import Known, QuestionsWrong, SheetMovedOn, faults, write_questions
from takrim.channels.models import QuestionSheet
from takrim.channels.questions import Question, default_text, first_questions, parse
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed

KNOWN = Known(cards={file.code for file in catalogue()}, kinds=set(KINDS.items))
WAYS = list(parse(default_text()).paths())


def test_nothing_is_wrong_with_those_of_the_house() -> None:
    assert faults(default_text(), KNOWN) == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(question.code for question in way))
def test_every_path_ends_in_a_service_an_explanation_or_a_report(way: tuple[Question, ...]) -> None:
    last = way[-1]
    assert len({question.code for question in way}) == len(way)
    assert not last.asks
    assert last.urgent or last.here or not last.heading
    assert all(question.asks for question in way[:-1])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"other"]', '"nowhere"]', "nowhere"),
        ('"cooperative-found", "cooperative-complaint"', '"cooperative"', "دور"),
        ('card = "decile-objection"', 'card = "no-card"', "no-card"),
        ('kind = "objection"', 'kind = "no-kind"', "no-kind"),
        ('phones = ["115", "125"]', "phones = []", "danger"),
        ('en = "I need help or advice"', 'en = ""', "decile"),
        ('here = { fa = "کمک یا راهنمایی می‌خواهم", en = "I need help or advice" }\n', "", "decile"),
        (
            'card = "decile-objection"',
            'card = "decile-objection"\nsystem = { name = { fa = "الف", en = "A" }, url = "http://example.ir" }',
            "https://",
        ),
        ('code = "decile"', 'kode = "decile"', "code"),
        ("[[question]]", "[[question", "خوانده نمی‌شود"),
        ('often = ["', 'often = "', ""),
        ('"danger", "other"]', '"danger"]', "other"),
    ],
)
def test_what_leads_nowhere_is_said(old: str, new: str, said: str) -> None:
    assert old in default_text()
    found = faults(default_text().replace(old, new), KNOWN)
    assert found
    assert any(said in fault for fault in found)


def test_a_province_asks_by_its_own(db: None, nima: Actor, mina: Actor, now: datetime) -> None:
    own = default_text().replace("دهک یا یارانه", "دهک و یارانه خانوار")
    with pytest.raises(NotAllowed):
        write_questions(text=own, after=0, known=KNOWN, by=mina, now=now)
    sheet = write_questions(text=own, after=0, known=KNOWN, by=nima, now=now)
    assert (sheet.path, sheet.number) == ("ir/alborz/", 1)
    assert first_questions("ir/alborz/nazarabad/").questions["decile"].title.fa == "دهک و یارانه خانوار"
    assert first_questions("ir/qom/").questions["decile"].title.fa == "دهک یا یارانه"
    assert first_questions().questions["decile"].title.fa == "دهک یا یارانه"
    assert Entry.objects.get(verb="questions.written").facts["number"] == 1


def test_nothing_wrong_is_kept_and_nobody_is_overwritten(db: None, nima: Actor, now: datetime) -> None:
    with pytest.raises(QuestionsWrong):
        write_questions(text="first = []", after=0, known=KNOWN, by=nima, now=now)
    assert not QuestionSheet.objects.exists()
    write_questions(text=default_text(), after=0, known=KNOWN, by=nima, now=now)
    with pytest.raises(SheetMovedOn):
        write_questions(text=default_text(), after=0, known=KNOWN, by=nima, now=now)
