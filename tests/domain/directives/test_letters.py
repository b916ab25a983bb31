"""Heads are written to when a directive comes and when clauses fall due; bodies hear of what lapses."""

from __future__ import annotations

from datetime import timedelta

from takrim.councils.source import Asking
from takrim.directives.actions_issue import cancel
from takrim.directives.letters.clause_due import drafts
from takrim.jobs.catalogue.remind_clauses import run
from takrim.journal.follow import catch_up
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.site.sources.lapsing_directives import find
from tests.directives import MakeDirective, once, owed
from tests.people import NOW


def reached(actor: Actor) -> Actor:
    """Give somebody an address."""
    Person.objects.filter(pk=actor.person_id).update(email=f"p{actor.person_id}@example.ir")
    return actor


def test_the_head_is_written_to_once_when_a_directive_comes(
    make_directive: MakeDirective, reza: Actor, mina: Actor
) -> None:
    reached(reza)
    reached(mina)
    directive = make_directive()
    for _twice in range(2):
        catch_up("letters")
    letter = Letter.objects.get(kind="directive_arrived")
    assert letter.to == f"p{reza.person_id}@example.ir"
    assert directive.subject in letter.title
    assert f"/council/directives/{directive.pk}/" in letter.body


def test_of_one_that_was_cancelled_meanwhile_nobody_is_told(
    make_directive: MakeDirective, reza: Actor, leila: Actor
) -> None:
    reached(reza)
    cancel(directive=make_directive(), why="اشتباه", by=leila, now=NOW)
    catch_up("letters")
    assert not Letter.objects.filter(kind="directive_arrived").exists()


def test_a_head_gets_one_letter_about_all_that_falls_due(make_directive: MakeDirective, reza: Actor) -> None:
    reached(reza)
    directive = make_directive(once(), once(text="دفتر ثبت شود"), once(length="60 working days"))
    due = owed(directive, "nazarabad").duty.due_at
    assert due is not None
    morning = due - timedelta(days=2)
    assert drafts(NOW) == []
    assert run(morning) == 1
    run(morning + timedelta(hours=1))
    letter = Letter.objects.get(kind="clause_due")
    assert "دفتر ثبت شود" in letter.body
    assert letter.body.count("۱۲۳۴/ص") == 2


def test_a_body_hears_of_directives_that_lapse(make_directive: MakeDirective, leila: Actor) -> None:
    make_directive(once(length="60 working days"), number="1")
    directive = make_directive(once(), once(), number="2")
    asking = Asking(body=1, meeting=1, unit_path="ir/alborz/", at=NOW + timedelta(days=1))
    (one,) = find(asking, NOW)
    assert one.key == directive.code
    assert one.note.fa.startswith("۲ اداره هنوز گزارش نداده است؛ نخستین مهلت:")
    assert find(Asking(body=1, meeting=1, unit_path="ir/qom/", at=NOW), NOW) == []
    (late,) = find(asking, NOW + timedelta(days=40))[:1]
    assert "گذشت" in late.note.fa
