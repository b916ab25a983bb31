"""The suite that judges everything else can itself fail, and says what it did not run."""

from __future__ import annotations

import sys

import pytest

from tools.verify import STEPS, Outcome, Step, report, run


def step(code: str, needs: str = "") -> Step:
    return Step("a check", (sys.executable, "-c", code), needs)


def test_tests_are_counted_from_the_last_line() -> None:
    outcome = run(step("print('x'); print('2 failed, 31 passed, 1 error in 3.21s'); raise SystemExit(1)"))
    assert (outcome.passed, outcome.failed, outcome.word) == (31, 3, "FAILED")


def test_no_tests_are_no_failure() -> None:
    assert run(step("raise SystemExit(5)")).word == "ok"


def test_a_check_that_fails_without_tests_counts_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    passed, broken = run(step("print('4 passed in 1s')")), run(step("raise SystemExit(1)"))
    assert report([passed, broken], []) == 1
    assert capsys.readouterr().out.endswith("4 passed, 1 failed\n")


def test_what_cannot_run_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    missing = run(step("", needs="no-such-program"))
    assert missing == Outcome(step("", needs="no-such-program"), None)
    monkeypatch.delenv("CI", raising=False)
    assert report([missing], []) == 0
    assert "NOT RUN: a check, because no-such-program is not installed" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    assert report([missing], []) == 1


def test_the_whole_suite_holds_the_everyday_one_and_both_databases() -> None:
    titles = {name: [step.title for step in steps] for name, steps in STEPS.items()}
    assert set(titles["check"]) <= set(titles["test"])
    assert {"tests on PostgreSQL", "stories in a browser"} <= set(titles["test"])
