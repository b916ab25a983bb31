"""A directive is taken in, registered, changed; who may do it, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from takrim.directives import actions
from takrim.directives.actions import To, keep_clause, register
from takrim.directives.actions_issue import NotReady, issue
from takrim.directives.models import Addressee, ClauseKind, Directive, How, State, Whom
from takrim.directives.search import with_words
from takrim.journal.tell import timeline
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from tests.directives import MakeDirective, once, words
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_what_came_without_its_text_is_taken_in_and_registered_with_it(leila: Actor) -> None:
    directive = register(words=words(text=""), by=leila, now=NOW)
    assert (directive.state, directive.unit_path) == (State.RECEIVED, "ir/alborz/")
    actions.change(directive=directive, words=words(), seen=1, why="", by=leila, now=NOW)
    assert (directive.state, directive.version) == (State.REGISTERED, 2)
    assert [version.number for version in directive.versions.order_by("number")] == [1, 2]
    assert [line.verb for line in timeline(directive.code)] == ["directive.received", "directive.changed"]


def test_the_same_number_of_an_issuer_is_registered_once(leila: Actor, omid: Actor) -> None:
    register(words=words(), by=leila, now=NOW)
    with pytest.raises(actions.NumberTaken, match="۱۲۳۴/ص"):
        register(words=words(), by=leila, now=NOW)
    assert register(words=words(issuer="استانداری"), by=leila, now=NOW).pk


def test_only_who_issues_directives_registers_one(mina: Actor) -> None:
    with pytest.raises(NotAllowed):
        register(words=words(), by=mina, now=NOW)


def test_a_date_ahead_is_refused(leila: Actor) -> None:
    with pytest.raises(actions.DatedAhead):
        register(words=words(dated=date(2026, 12, 1)), by=leila, now=NOW)


def test_of_two_who_change_it_one_is_told(leila: Actor) -> None:
    directive = register(words=words(), by=leila, now=NOW)
    again = Directive.objects.get(pk=directive.pk)
    actions.change(directive=directive, words=words(subject="یک"), seen=1, why="", by=leila, now=NOW)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change(directive=again, words=words(subject="دو"), seen=1, why="", by=leila, now=NOW)


def test_another_house_cannot_change_it(leila: Actor, tara: Actor) -> None:
    directive = register(words=words(), by=leila, now=NOW)
    with pytest.raises(actions.NotYourDirective):
        actions.change(directive=directive, words=words(), seen=1, why="", by=tara, now=NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"length": ""}, actions.DueUnclear),
        ({"due_on": date(2026, 12, 20)}, actions.DueUnclear),
        ({"length": "", "due_on": date(2026, 11, 1)}, actions.DueBefore),
        ({"length": "", "kind": ClauseKind.PERIODIC}, actions.NoPeriod),
        ({"length": "", "kind": ClauseKind.PERIODIC, "every": "month", "days_after": 90}, actions.DaysOutOfRange),
    ],
)
def test_a_clause_says_clearly_by_when(
    make_directive: MakeDirective, leila: Actor, units: dict[str, Unit], changes: dict[str, object], refusal: type
) -> None:
    directive = make_directive(issued=False)
    with pytest.raises(refusal):
        keep_clause(
            directive=directive,
            clause=None,
            terms=once(**changes),
            whom=[To(Whom.UNIT, units["karaj"])],
            by=leila,
            now=NOW,
        )


def test_a_clause_goes_only_to_offices_of_the_house(
    make_directive: MakeDirective, leila: Actor, units: dict[str, Unit]
) -> None:
    directive = make_directive(issued=False)
    for whom, refusal in (([To(Whom.UNIT, units["kahak"])], actions.OutOfHouse), ([], actions.NobodyAddressed)):
        with pytest.raises(refusal):
            keep_clause(directive=directive, clause=None, terms=once(), whom=whom, by=leila, now=NOW)


def test_a_clause_is_changed_and_taken_out_until_it_is_issued(
    make_directive: MakeDirective, leila: Actor, units: dict[str, Unit]
) -> None:
    directive = make_directive(once(text="یک"), once(text="دو"), issued=False)
    first, second = directive.clauses.order_by("number")
    to = [To(Whom.UNIT, units["karaj"])]
    keep_clause(directive=directive, clause=second, terms=once(text="سه"), whom=to, by=leila, now=NOW)
    actions.drop_clause(clause=first, by=leila, now=NOW)
    only = directive.clauses.get()
    assert (only.number, only.text) == (1, "سه")
    assert Addressee.objects.get(clause=only).unit == units["karaj"]
    issue(directive=directive, by=leila, now=NOW)
    with pytest.raises(actions.IssuedAlready):
        actions.drop_clause(clause=only, by=leila, now=NOW)


def test_without_clauses_nothing_is_issued(leila: Actor) -> None:
    with pytest.raises(NotReady):
        issue(directive=register(words=words(), by=leila, now=NOW), by=leila, now=NOW)


def test_it_relates_only_to_one_that_was_issued(make_directive: MakeDirective, leila: Actor) -> None:
    draft = make_directive(issued=False, number="1")
    newer = make_directive(issued=False, number="2")
    for older in (draft, newer):
        with pytest.raises(actions.NotEarlier):
            actions.relate(directive=newer, older=older, how=How.AMENDS, by=leila, now=NOW)
    issued = make_directive(number="3")
    relation = actions.relate(directive=newer, older=issued, how=How.AMENDS, by=leila, now=NOW)
    with pytest.raises(actions.RelatedAlready):
        actions.relate(directive=newer, older=issued, how=How.SUPERSEDES, by=leila, now=NOW)
    actions.unrelate(relation=relation, by=leila, now=NOW + timedelta(minutes=1))
    assert not newer.earlier.exists()


@pytest.mark.parametrize("query", ["راهنماي مراجعان", "۱۲۳۴", "1234", "نصب در محل دید", "وزارت كشور"])
def test_it_is_found_however_persian_is_typed(make_directive: MakeDirective, query: str) -> None:
    directive = make_directive()
    assert list(with_words(Directive.objects.all(), query)) == [directive]


def test_what_it_does_not_say_is_not_found(make_directive: MakeDirective) -> None:
    make_directive()
    assert not with_words(Directive.objects.all(), "نصب دوربین")
    assert with_words(Directive.objects.all(), "«»").count() == 1
