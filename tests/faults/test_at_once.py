"""The same thing at the same moment, on the database as it is in use: it happens once, and everybody is answered."""

from __future__ import annotations

import json

import pytest

from tests.site.conftest import House

pytestmark = pytest.mark.slow

TURNS, HANDS = 8, 4
TOGETHER = """
import json, threading
from dataclasses import replace
from datetime import UTC, date, datetime
from django.db import connection
from takrim.base.errors import Refusal
from takrim.cases.actions_answer import Words, answer_at_once, approve, deliver, draft, submit
from takrim.cases.actions_intake import Place, receive
from takrim.cases.actions_web import file_draft
from takrim.cases.models import Answer, Case
from takrim.channels.actions_draft import start
from takrim.channels.channel import Intake, Sender
from takrim.channels.models import Draft
from takrim.journal.models import Entry
from takrim.journal.verify import verify
from takrim.orgs.actor import holder
from takrim.orgs.models import Holding, Person, Post, Unit
from takrim.orgs.seats import actor_at

TURNS, HANDS = int(sys.argv[1]), int(sys.argv[2])
NOW = datetime.now(UTC)
OFFICE = Unit.objects.get(path="ir/alborz/nazarabad/")
WORDS = Words(outcome="upheld", text="وصول شد.", reason="بازرسی شد.", next_step="تا ده روز.")

def said(turn):
    return replace(WORDS, text=f"وصول شد: {turn}")

def hire(name, role):
    person = Person.objects.create(username=f"at-once-{name}", name=name, password="!")
    post = Post.objects.create(unit=OFFICE, role=role, title_fa=role, title_en=role)
    return actor_at(Holding.objects.create(person=person, post=post, since=date(2024, 3, 20)))

def together(*deeds):
    came, barrier = [], threading.Barrier(len(deeds))
    def run(deed):
        try:
            connection.ensure_connection()
            barrier.wait(10)
            came.append(str(deed() or "done"))
        except Refusal as refusal:
            came.append(refusal.code)
        except Exception as error:
            came.append(type(error).__name__)
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads: thread.start()
    for thread in threads: thread.join(60)
    return came

def intake(key):
    return Intake(key=key, channel="web", kind="complaint", text="حق بیمه‌ام واریز نشده است.",
                  sender=Sender(name="زهرا اکبری", mobile="09121234567"))

def received(key):
    return receive(intake=intake(key), place=Place(unit=OFFICE), by=holder(), now=NOW).code

def filed(pk):
    mine, place = Draft.objects.get(pk=pk), Place(unit=OFFICE)
    return file_draft(draft=mine, intake=intake(mine.key), place=place, files=[], by=holder(), now=NOW).code

def once(come):
    return sorted(set(map(len, map(set, come))))

found = {}
found["keys"] = once([together(*[lambda: received(f"at-once-{turn}")] * HANDS) for turn in range(TURNS)])
drafts = [start(by=holder(), now=NOW, fields={}).pk for turn in range(TURNS)]
found["drafts"] = once([together(*[lambda: filed(pk)] * HANDS) for pk in drafts])
found["cases"] = Case.objects.count()
found["events"] = Entry.objects.filter(verb="case.received").count()

reza, sima, mina = hire("reza", "head"), hire("sima", "head"), hire("mina", "expert")
come = {"answer": set(), "approve": set(), "deliver": set()}
for turn in range(TURNS):
    case = Case.objects.get(code=received(f"answer-{turn}"))
    one, two = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    come["answer"].add(tuple(sorted(together(
        lambda: answer_at_once(case=one, words=said(turn), how="phone", by=reza, now=NOW) and None,
        lambda: answer_at_once(case=two, words=said(turn), how="phone", by=sima, now=NOW) and None,
    ))))
    case = Case.objects.get(code=received(f"approve-{turn}"))
    asked = submit(answer=draft(case=case, words=said(turn), by=mina, now=NOW), by=mina, now=NOW)
    both = [Answer.objects.select_related("case").get(pk=asked.pk) for _ in range(2)]
    come["approve"].add(tuple(sorted(together(
        lambda: approve(answer=both[0], by=reza, now=NOW) and None,
        lambda: approve(answer=both[1], by=sima, now=NOW) and None,
    ))))
    both = [Answer.objects.select_related("case").get(pk=asked.pk) for _ in range(2)]
    come["deliver"].add(tuple(sorted(together(
        lambda: deliver(answer=both[0], how="in_person", by=reza, now=NOW) and None,
        lambda: deliver(answer=both[1], how="phone", by=sima, now=NOW) and None,
    ))))
found["come"] = {name: sorted(map(list, ways)) for name, ways in come.items()}
found["answered"] = Entry.objects.filter(verb="case.answered").count()
found["broken"] = [report.chain for report in verify() if report.broken_at is not None]
print(json.dumps(found))
"""


def test_what_comes_at_once_happens_once(house: House) -> None:
    found = json.loads(house.ask(TOGETHER, str(TURNS), str(HANDS)).splitlines()[-1])
    assert (found["keys"], found["drafts"]) == ([1], [1]), "everybody was given the same case"
    assert (found["cases"], found["events"]) == (2 * TURNS, 2 * TURNS)
    for deed, ways in found["come"].items():
        assert all("done" in way and way.count("done") == 1 for way in ways), (deed, ways)
        told = {code for way in ways for code in way if code != "done"}
        assert told == {"case_moved_meanwhile"}, (deed, told)
    assert found["answered"] == 2 * TURNS
    assert found["broken"] == []
