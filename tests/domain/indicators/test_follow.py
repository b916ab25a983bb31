"""The figures follow the journal: each step charges its month, and reading all again gives the same rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from takrim.base.period import Period
from takrim.cards.models import CardVersion
from takrim.cases.actions_end import close, mark_duplicate, object_to, refuse, withdraw
from takrim.cases.actions_transfer import transfer
from takrim.cases.models import Case
from takrim.indicators.figures import Figures, breakdown, card_times, figures, standing_now, trend
from takrim.indicators.follow import READER, rebuild
from takrim.indicators.histogram import MEDIAN
from takrim.indicators.increments import Count
from takrim.indicators.models import Awaited, CardDay, Owed, Piece, Tally
from takrim.indicators.sums import DAYS_KEPT, Sums
from takrim.journal.follow import catch_up
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from tests.matters import answered, judged
from tests.people import MakeCase

# 10 Mehr, 10 Aban and 10 Azar 1405, ten o'clock in Tehran.
MEHR, ABAN, AZAR = (datetime(2026, month, day, 6, 30, tzinfo=UTC) for month, day in ((10, 2), (11, 1), (12, 1)))
NAZARABAD, KARAJ, ALBORZ, QOM, ALL = "ir/alborz/nazarabad/", "ir/alborz/karaj/", "ir/alborz/", "ir/qom/", "ir/"


def of(path: str, period: str, now: datetime = AZAR) -> Figures:
    catch_up(READER)
    return figures([path], Period.parse(period), now)[path]


def counts(found: Figures) -> dict[str, int]:
    return {name: number for name, number in found.counts.items() if number}


def test_a_receipt_counts_for_the_office_and_all_above_it(make_case: MakeCase) -> None:
    make_case(unit="nazarabad", at=MEHR)
    make_case(unit="karaj", at=MEHR)
    make_case(unit="kahak", at=ABAN)
    for path, mehr, aban in ((NAZARABAD, 1, 0), (KARAJ, 1, 0), (ALBORZ, 2, 0), (QOM, 0, 1), (ALL, 2, 1)):
        assert of(path, "1405-07")[Count.RECEIVED] == mehr
        assert of(path, "1405-08")[Count.RECEIVED] == aban
        assert of(path, "1405-s3")[Count.RECEIVED] == of(path, "1405-h2")[Count.RECEIVED] == mehr + aban
        assert of(path, "1405")[Count.RECEIVED] == mehr + aban


def test_an_answer_charges_its_own_month_and_a_due_date_the_months_it_falls_in(make_case: MakeCase) -> None:
    # A complaint is owed for 15 working days: due on 27 Mehr, a little before the end of the month.
    answered(make_case(at=MEHR), ABAN)
    assert counts(of(NAZARABAD, "1405-07")) == {"received": 1, "fell_due": 1, "missed": 1}
    assert counts(of(NAZARABAD, "1405-08")) == {"answered": 1, "late": 1}
    assert of(NAZARABAD, "1405-08").hours.quantile(MEDIAN) == pytest.approx(30 * 24, rel=1 / 64)


def test_an_answer_in_time_is_not_missed(make_case: MakeCase) -> None:
    answered(make_case(at=MEHR), MEHR + timedelta(minutes=40))
    assert counts(of(NAZARABAD, "1405-07")) == {"received": 1, "fell_due": 1, "answered": 1, "on_time": 1}
    assert of(NAZARABAD, "1405-07").hours.quantile(MEDIAN) == Fraction(40, 60)


def test_a_refusal_is_an_answer_but_what_was_dropped_is_not(make_case: MakeCase) -> None:
    first, repeat, given_up = make_case(at=MEHR), make_case(at=MEHR), make_case(at=MEHR)
    refuse(case=first, reason="خارج از وظایف", by=system("test"), now=MEHR)
    mark_duplicate(case=repeat, original=first, by=system("test"), now=MEHR)
    withdraw(case=given_up, reason="", by=system("test"), now=ABAN)
    mehr, aban = of(NAZARABAD, "1405-07"), of(NAZARABAD, "1405-08")
    assert counts(mehr) == {"received": 3, "fell_due": 3, "missed": 1, "refused": 1, "on_time": 1, "dropped": 1}
    assert counts(aban) == {"dropped": 1, "dropped_late": 1}
    assert (mehr.hours.count, aban.hours.count) == (1, 0)


def test_an_objection_owes_anew(make_case: MakeCase) -> None:
    case = answered(make_case(at=MEHR), MEHR + timedelta(hours=2))
    object_to(case=case, text="قبول ندارم", by=system("test"), now=MEHR + timedelta(days=2))
    assert of(NAZARABAD, "1405", MEHR).standing.open == 1
    case.refresh_from_db()
    answered(case, ABAN)
    close(case=case, by=system("test"), now=AZAR)
    assert counts(of(NAZARABAD, "1405")) == {
        "received": 1, "answered": 2, "reopened": 1, "on_time": 1, "late": 1, "fell_due": 2, "missed": 1, "closed": 1,
    }  # fmt: skip
    assert of(NAZARABAD, "1405").standing.open == 0


def test_what_is_owed_is_open_then_soon_then_overdue(make_case: MakeCase) -> None:
    case = make_case(at=MEHR)
    catch_up(READER)
    due = Entry.objects.get(verb="case.received").facts["due"]
    moment = datetime.fromisoformat(due)
    assert case.unit_path == NAZARABAD
    for now, soon, overdue in (
        (MEHR, 0, 0),
        (moment - timedelta(days=3), 1, 0),
        (moment - timedelta(minutes=1), 1, 0),
        (moment, 0, 1),
        (moment + timedelta(days=400), 0, 1),
    ):
        for path in (NAZARABAD, ALBORZ, ALL):
            standing = standing_now([path], now)[path]
            assert (standing.open, standing.soon, standing.overdue) == (1, soon, overdue)


def test_what_was_overdue_at_the_end_of_a_past_period_is_known(make_case: MakeCase) -> None:
    late, later = make_case(at=MEHR), make_case(at=MEHR)
    make_case(at=ABAN)
    answered(late, ABAN)
    answered(later, AZAR)
    for period, opened, overdue in (("1405-07", 2, 2), ("1405-08", 2, 1), ("1405-06", 0, 0), ("1405-h1", 0, 0)):
        standing = of(NAZARABAD, period, AZAR).standing
        assert (standing.open, standing.overdue) == (opened, overdue), period


def test_the_sum_over_past_months_is_what_the_due_moments_say(make_case: MakeCase) -> None:
    for hours in range(0, 400, 7):
        case = make_case(at=MEHR + timedelta(hours=hours))
        if hours % 3:
            answered(case, MEHR + timedelta(hours=hours * 2 + 1))
    end = Period.parse("1405-08").bounds()[1]
    past = of(ALBORZ, "1405-08", AZAR).standing
    now = standing_now([ALBORZ], end)[ALBORZ]
    assert past.open == now.open > 0
    assert past.overdue == now.overdue > 0


def test_a_matter_without_a_due_date_is_open_and_never_overdue(make_case: MakeCase) -> None:
    sums = Sums()
    sums.add("case.received", {"kind": "request", "channel": "web", "card": "", "unit": NAZARABAD}, MEHR, NAZARABAD)
    sums.write()
    standing = standing_now([ALBORZ], MEHR + timedelta(days=5000))[ALBORZ]
    assert (standing.open, standing.overdue) == (1, 0)


def test_kinds_channels_and_cards_have_their_own_figures(make_case: MakeCase, card: CardVersion) -> None:
    answered(make_case(at=MEHR, kind="request", channel="phone", card=card), MEHR + timedelta(hours=1))
    make_case(at=ABAN, kind="request")
    make_case(at=ABAN)
    catch_up(READER)
    year = Period.parse("1405")
    assert {kind: found[Count.RECEIVED] for kind, found in breakdown(ALBORZ, "kind", year).items()} == {
        "request": 2,
        "complaint": 1,
    }
    channels = breakdown(ALBORZ, "channel", year)
    assert channels["phone"].hours.quantile(MEDIAN) == 1
    assert channels["web"].hours.quantile(MEDIAN) is None
    assert breakdown(ALBORZ, "card", Period.parse("1405-07"))["unemployment-insurance"].given == 1


def test_a_card_is_told_of_by_exactly_ninety_days(make_case: MakeCase, card: CardVersion) -> None:
    for at in (MEHR, MEHR + timedelta(days=1), ABAN):
        answered(make_case(at=at, card=card), at + timedelta(hours=1))
    catch_up(READER)

    def counted(after: timedelta) -> int:
        times = card_times(ALL, MEHR + after)
        assert times == card_times(ALL, MEHR + after, "unemployment-insurance")
        return sum(one.count for one in times.values())

    assert counted(timedelta(days=1)) == 1, "today is not over"
    assert counted(timedelta(days=90)) == 3
    assert counted(timedelta(days=91)) == 2
    assert counted(timedelta(days=92)) == 1
    assert card_times(ALL, MEHR + timedelta(days=90), "another") == {}
    before = set(CardDay.objects.values_list("path", "day", "card", "hours"))
    rebuild()
    assert set(CardDay.objects.values_list("path", "day", "card", "hours")) == before


def test_days_that_are_past_telling_are_forgotten(make_case: MakeCase, card: CardVersion) -> None:
    answered(make_case(at=MEHR, card=card), MEHR + timedelta(hours=1))
    catch_up(READER)
    late = MEHR + DAYS_KEPT + timedelta(days=1)
    answered(make_case(at=late, card=card), late + timedelta(hours=1))
    catch_up(READER)
    assert set(CardDay.objects.values_list("day", flat=True)) == {late.date()}
    rebuild()
    assert set(CardDay.objects.values_list("day", flat=True)) == {late.date()}


def test_a_survey_charges_the_month_of_the_answer_it_judges(make_case: MakeCase) -> None:
    judged(answered(make_case(at=MEHR), MEHR), 4, ABAN, steps_known=2)
    judged(answered(make_case(at=MEHR), MEHR), 3, ABAN)
    found = of(NAZARABAD, "1405-07")
    assert (found[Count.RESPONSES], found[Count.SATISFIED]) == (2, 1)
    assert found.scores["overall"].mean == 3.5
    assert of(ALL, "1405").scores == found.scores
    assert of(NAZARABAD, "1405-08")[Count.RESPONSES] == 0


def test_a_trend_has_every_month_even_an_empty_one(make_case: MakeCase) -> None:
    make_case(at=MEHR)
    make_case(at=AZAR)
    catch_up(READER)
    months = [Period.parse(code) for code in ("1405-06", "1405-07", "1405-08", "1405-09")]
    assert [one[Count.RECEIVED] for one in trend(ALBORZ, months)] == [0, 1, 0, 1]


def _rows() -> list[Any]:
    tables = (
        Tally.objects.order_by("path", "period", "by", "value"),
        Owed.objects.order_by("path", "grain", "slot"),
        Piece.objects.order_by("path", "period", "code", "value"),
        Awaited.objects.order_by("path", "code", "day"),
    )
    return [row[1:] for table in tables for row in table.values_list()]


@pytest.fixture
def busy(make_case: MakeCase, card: CardVersion, units: dict[str, Unit], mina: Actor) -> list[Case]:
    """A few dozen matters in all stages, some of them followed as they happened."""
    made = []
    for number in range(36):
        unit = ("nazarabad", "karaj", "kahak", "qom")[number % 4]
        at = MEHR + timedelta(hours=number * 31)
        case = make_case(unit=unit, at=at, kind=("request", "complaint")[number % 2], card=card if number % 3 else None)
        if number % 8 == 0:
            transfer(case=case, to=units["karaj"], reason="مربوط به کرج است.", by=mina, now=at + timedelta(hours=1))
            case.refresh_from_db()
        elif number % 5:
            answered(case, at + timedelta(hours=number * 17 % 600))
        if number % 5 == 2:
            judged(case, number % 5 + 1, at + timedelta(days=30), steps_known=number % 4 + 1)
        if number % 7 == 0:
            catch_up(READER, limit=3)
        made.append(case)
    return made


def test_reading_the_journal_again_gives_the_same_rows(busy: list[Case]) -> None:
    catch_up(READER)
    before = _rows()
    assert rebuild() == Entry.objects.count()
    assert _rows() == before
    assert len(before) > 100


def test_bulk_loading_by_increments_gives_the_same_rows(busy: list[Case]) -> None:
    catch_up(READER)
    followed = _rows()
    for table in (Tally, Owed, Piece, Awaited):
        table._default_manager.all().delete()
    sums = Sums()
    for verb, facts, at, unit_path in Entry.objects.values_list("verb", "facts", "at", "unit_path"):
        sums.add(verb, facts, at, unit_path)
    sums.write()
    assert _rows() == followed


def test_reading_on_when_nothing_is_new_changes_nothing(busy: list[Case]) -> None:
    catch_up(READER)
    before = _rows()
    assert catch_up(READER) == 0
    assert _rows() == before


def test_reading_figures_asks_the_same_number_of_questions_for_two_offices_and_for_six(
    busy: list[Case], django_assert_num_queries: Callable[..., Any]
) -> None:
    catch_up(READER)
    for paths in ([ALBORZ, QOM], [ALBORZ, QOM, NAZARABAD, KARAJ, ALL, "ir/qom/kahak/"]):
        for period in ("1405-h2", "1405-07"):
            with django_assert_num_queries(2):
                figures(paths, Period.parse(period), AZAR)
