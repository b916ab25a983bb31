"""Bodies are set up, changed and ended; their subjects are named and given to secretaries."""

from __future__ import annotations

from datetime import date

import pytest

from takrim.councils.actions_bodies import (
    BodyChangedMeanwhile,
    BodyClosed,
    BodyNameTaken,
    BodyUnclear,
    MeetingsAhead,
    NotASecretary,
    SubjectNameTaken,
    Terms,
    change_body,
    end_body,
    end_subject,
    found_body,
    give_subject,
    name_subject,
)
from takrim.councils.kind import FOLDER, BadKind, kinds, read
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_meetings import Meeting
from takrim.councils.queries import NotYourBody
from takrim.journal.models import Entry
from takrim.orgs.actions_posts import OutsideYourOffice
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from tests.people import NOW, Hire

TODAY = date(2026, 11, 24)


def terms(**more: object) -> Terms:
    return Terms.of_kind("council", name_fa="شورای هماهنگی", **more)


def test_a_body_takes_over_the_terms_of_its_kind(units: dict[str, Unit], nima: Actor) -> None:
    body = found_body(unit=units["alborz"], terms=terms(), since=TODAY, by=nima, now=NOW)
    assert (body.quorum, body.quorum_chair, body.rhythm_period, body.votes) == ("two_thirds", True, "month", True)
    assert Entry.objects.get(verb="body.founded").subject == body.subject
    assert len(body.code) == 11


def test_what_is_said_holds_against_the_kind(units: dict[str, Unit], nima: Actor) -> None:
    said = terms(quorum="number", quorum_number=5, rhythm_period="season", rhythm_by_day=15)
    body = found_body(unit=units["alborz"], terms=said, since=TODAY, by=nima, now=NOW)
    assert (body.quorum_number, body.rhythm_period, body.rhythm_by_day) == (5, "season", 15)


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [
        ({"name_fa": "  "}, "name_fa"),
        ({"kind": "party"}, "kind"),
        ({"quorum": "number", "quorum_number": 0}, "quorum_number"),
        ({"rhythm_period": "month", "rhythm_by_day": 32}, "rhythm_by_day"),
        ({"rhythm_period": "month", "rhythm_times": 0}, "rhythm_times"),
    ],
)
def test_what_is_wrong_stands_beside_its_term(
    units: dict[str, Unit], nima: Actor, wrong: dict[str, object], beside: str
) -> None:
    said = Terms(**{"kind": "council", "name_fa": "شورا", **wrong})  # type: ignore[arg-type]  # meant to be wrong
    with pytest.raises(BodyUnclear) as refused:
        found_body(unit=units["alborz"], terms=said, since=TODAY, by=nima, now=NOW)
    assert set(refused.value.found) == {beside}


def test_an_office_has_no_two_bodies_of_one_name(units: dict[str, Unit], nima: Actor) -> None:
    found_body(unit=units["alborz"], terms=terms(), since=TODAY, by=nima, now=NOW)
    with pytest.raises(BodyNameTaken):
        found_body(unit=units["alborz"], terms=terms(), since=TODAY, by=nima, now=NOW)
    found_body(unit=units["karaj"], terms=terms(), since=TODAY, by=nima, now=NOW)


def test_a_body_is_set_up_by_who_may_and_in_ones_own_offices(units: dict[str, Unit], reza: Actor, nima: Actor) -> None:
    with pytest.raises(NotAllowed):
        found_body(unit=units["nazarabad"], terms=terms(), since=TODAY, by=reza, now=NOW)
    with pytest.raises(OutsideYourOffice):
        found_body(unit=units["qom"], terms=terms(), since=TODAY, by=nima, now=NOW)


def test_its_terms_change_with_a_new_version(committee: Body, laleh: Actor) -> None:
    said = Terms(kind="committee", name_fa="کمیته تکریم", place="سالن کوچک")
    changed = change_body(body=committee, terms=said, seen=1, by=laleh, now=NOW)
    assert (changed.name_fa, changed.place, changed.version) == ("کمیته تکریم", "سالن کوچک", 2)
    with pytest.raises(BodyChangedMeanwhile):
        change_body(body=committee, terms=said, seen=1, by=laleh, now=NOW)


def test_a_secretary_of_another_province_changes_nothing(committee: Body, hire: Hire) -> None:
    stranger = hire("shirin", "شیرین باقری", "secretary", "qom")
    with pytest.raises(NotYourBody):
        change_body(body=committee, terms=terms(), seen=1, by=stranger, now=NOW)


def test_a_body_ends_once_nothing_lies_ahead(committee: Body, invited: Meeting, laleh: Actor) -> None:
    with pytest.raises(MeetingsAhead):
        end_body(body=committee, last_day=TODAY, by=laleh, now=NOW)
    Meeting.objects.filter(pk=invited.pk).update(starts_at=NOW, ends_at=None)
    ended = end_body(body=committee, last_day=TODAY, by=laleh, now=NOW)
    assert ended.closed_on == date(2026, 11, 25)
    assert not Body.objects.at_work(date(2026, 11, 25)).exists()
    with pytest.raises(BodyClosed):
        change_body(body=ended, terms=terms(), seen=ended.version, by=laleh, now=NOW)


def test_subjects_are_named_given_and_ended(committee: Body, laleh: Actor) -> None:
    secretary = Membership.objects.get(body=committee, role=Role.SECRETARY)
    rights = name_subject(body=committee, name_fa=" حقوق  شهروندی ", secretary=secretary, by=laleh, now=NOW)
    assert (rights.name_fa, rights.secretary) == ("حقوق شهروندی", secretary)
    with pytest.raises(SubjectNameTaken):
        name_subject(body=committee, name_fa="حقوق شهروندی", by=laleh, now=NOW)
    assert give_subject(subject=rights, secretary=None, by=laleh, now=NOW).secretary is None
    end_subject(subject=rights, by=laleh, now=NOW)
    name_subject(body=committee, name_fa="حقوق شهروندی", by=laleh, now=NOW)
    member = Membership.objects.filter(body=committee, role=Role.MEMBER).first()
    with pytest.raises(NotASecretary):
        name_subject(body=committee, name_fa="تکریم", secretary=member, by=laleh, now=NOW)


def test_every_kind_can_be_read_and_says_itself_in_both_languages() -> None:
    assert set(kinds()) == {path.stem for path in FOLDER.glob("*.toml")}
    assert all(kind.title.fa and kind.title.en and kind.about.fa and kind.about.en for kind in kinds().values())


def test_a_file_that_is_no_kind_is_refused_by_name(tmp_path: object) -> None:
    path = FOLDER.__class__(str(tmp_path)) / "odd.toml"
    path.write_text('title = { fa = "عجیب" }\n')
    with pytest.raises(BadKind, match=r"odd\.toml"):
        read(path)
