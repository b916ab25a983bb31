"""Runs the checks of the house one after another and ends with what passed, what failed and what was not run.

    python -m tools.verify check    the everyday suite: SQLite, no browser
    python -m tools.verify test     everything, after installing from Debian what is missing and may be installed

All checks run even when an early one fails. Where PostgreSQL or the browser is missing and cannot be installed, the end
says so; with CI set that counts as a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
NO_TESTS = 5  # pytest's word for "nothing was collected"
# pytest's last line: "12 passed, 1 failed in 3.21s"
_COUNT = re.compile(r"(\d+) (passed|failed|errors?)\b")


@dataclass(frozen=True)
class Step:
    """One check: its title, its command, and what must be installed for it."""

    title: str
    command: tuple[str, ...]
    needs: str = ""


@dataclass
class Outcome:
    """What came of a step: its exit code (None: not run), its seconds, its tests."""

    step: Step
    code: int | None
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0

    @property
    def word(self) -> str:
        """The outcome in a word."""
        return {None: "NOT RUN", 0: "ok"}.get(self.code, "FAILED")


def _tests(title: str, *options: str, needs: str = "", wrapper: tuple[str, ...] = ()) -> Step:
    return Step(title, (*wrapper, str(BIN / "pytest"), *options), needs)


LINT = (
    Step("ruff: lint", (str(BIN / "ruff"), "check", "--quiet", ".")),
    Step("ruff: form", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
    Step("mypy: types", (str(BIN / "mypy"),)),
    Step("import-linter: layers", (str(BIN / "lint-imports"), "--no-logo")),
    Step("djlint: templates", (str(BIN / "djlint"), "src/takrim", "--lint", "--quiet")),
)
BESIDE_POSTGRES = (sys.executable, "-m", "tools.postgres", "--")
STEPS = {
    "check": (*LINT, _tests("tests on SQLite", "-n", "2", "--dist", "loadgroup", "-m", "not browser and not slow")),
    "test": (
        *LINT,
        _tests("tests on SQLite", "-n", "2", "--dist", "loadgroup", "-m", "not browser"),
        _tests(
            "tests on PostgreSQL",
            *("-n", "2", "--dist", "loadgroup", "-m", "not browser", "--ignore=tests/guards", "--ignore=tests/base"),
            needs="postgresql",
            wrapper=BESIDE_POSTGRES,
        ),
        _tests("stories in a browser", "-m", "browser", needs="chromium"),
    ),
}


# What tests use where it is there; without it they say so and are left out, except in CI.
LIBRARIES = {"libpangoft2-1.0-0": "pangoft2-1.0"}


def is_installed(package: str) -> bool:
    """True where the programs or the library of this Debian package are found."""
    if package in LIBRARIES:
        return bool(find_library(LIBRARIES[package]))
    return bool(postgres.binaries()) if package == "postgresql" else bool(shutil.which(package))


def _may_sudo() -> bool:
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def install(packages: list[str]) -> None:
    """Install from Debian if that is possible without asking anybody."""
    apt = shutil.which("apt-get")
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not packages or not apt or (prefix and not _may_sudo()):
        return
    print(f"== installing from Debian: {', '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, apt, "update", "-qq"], env=quiet, check=False)
    command = [*prefix, apt, "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)


def run(step: Step) -> Outcome:
    """Run one step, showing its output as it comes."""
    if step.needs and not is_installed(step.needs):
        return Outcome(step, None)
    print(f"== {step.title}", flush=True)
    started, last = time.monotonic(), ""
    pipe, merged = subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(step.command, cwd=ROOT, text=True, stdout=pipe, stderr=merged) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line if line.strip() else last
    counts = {word.rstrip("s"): int(number) for number, word in _COUNT.findall(last)}
    code = 0 if process.returncode == NO_TESTS else process.returncode
    seconds = time.monotonic() - started
    return Outcome(step, code, seconds, counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0))


def report(outcomes: list[Outcome], lacking: list[str]) -> int:
    """Print the table and the sum of the tests; 0 when all is well. `lacking`: libraries that tests went without."""
    print("\n== in short")
    for outcome in outcomes:
        print(f"{outcome.word:8} {outcome.seconds:7.1f} s  {outcome.step.title}")
    missing = [(outcome.step.title, outcome.step.needs) for outcome in outcomes if outcome.code is None]
    missing += [("tests of what it draws", package) for package in lacking]
    for what, package in missing:
        print(f"NOT RUN: {what}, because {package} is not installed (as root: apt-get install {package})")
    failed = [outcome for outcome in outcomes if outcome.code]
    # A broken lint is one failure, so that the last line never says 0 where something is wrong.
    broken = sum(outcome.failed or 1 for outcome in failed) + (len(missing) if os.environ.get("CI") else 0)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {broken} failed")
    return 1 if broken else 0


def main(arguments: list[str]) -> int:
    """Run the suite of that name."""
    if len(arguments) != 1 or arguments[0] not in STEPS:
        print(__doc__)
        return 2
    steps = STEPS[arguments[0]]
    wanted = [step.needs for step in steps if step.needs] + [*LIBRARIES] * (arguments[0] == "test")
    install([package for package in wanted if not is_installed(package)])
    return report([run(step) for step in steps], [package for package in LIBRARIES if not is_installed(package)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
