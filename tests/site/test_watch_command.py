"""`takrim watch`: what was found, for people and for programs, in both languages."""

from __future__ import annotations

import json

import pytest

from takrim.site.cli import main
from tests.domain.evaluation.watch.made import DAY, HOUR, START
from tests.matters import answered, judged
from tests.people import MakeCase


@pytest.fixture
def burst(make_case: MakeCase) -> None:
    for number in range(7):
        judged(answered(make_case(at=START + DAY), START + 2 * DAY), 5, START + 3 * DAY + number * HOUR / 60)


@pytest.mark.usefixtures("burst")
def test_findings_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "--under", "ir/alborz", "--period", "1405-h1", "--lang", "en"]) == 0
    text = capsys.readouterr().out
    assert "First half of 1405: 1 findings" in text
    assert "Office of Nazarabad — Surveys as if from one device (1.2 times the limit)" in text
    assert "7 of 7 questionnaires" in text
    assert main(["watch", "--under", "ir/qom/", "--period", "1405-h1", "--lang", "fa"]) == 0
    assert capsys.readouterr().out == "شش‌ماهه نخست ۱۴۰۵: چیزی نامعمول دیده نشد.\n"


@pytest.mark.usefixtures("burst")
def test_findings_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "--period", "1405-h1", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (one,) = told["findings"]
    assert (told["under"], told["period"], one["watch"], one["unit"]) == (
        "ir/", "1405-h1", "one_device", "ir/alborz/nazarabad/",
    )  # fmt: skip
    assert (one["unusual"], one["limits"], len(one["cases"])) == ("7/6", {"minutes": 10, "least": 6}, 7)


@pytest.mark.usefixtures("units")
def test_an_unknown_office_or_period_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "--under", "ir/mars/", "--period", "1405-h1", "--lang", "en"]) == 1
    assert capsys.readouterr().err == "There is no office at ir/mars/.\n"
    assert main(["watch", "--period", "last year", "--lang", "en"]) == 1
    assert "Write the period as 1405-07" in capsys.readouterr().err
