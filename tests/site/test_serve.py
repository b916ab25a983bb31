"""One process tree: it starts quickly, heals itself, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.site.conftest import House, Within

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


class Tree:
    """A running `takrim serve`."""

    def __init__(self, house: House, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.process = house.popen(sys.executable, "-m", "takrim", "serve", "--port", str(port))

    def end(self) -> str:
        """Whatever happened, nothing of it stays; what it said."""
        if self.process.poll() is None:
            self.process.kill()
        return self.process.communicate(timeout=60)[0]

    def answers(self, path: str = "/healthz") -> bool:
        try:
            with urllib.request.urlopen(self.address + path, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def children(self, name: str) -> set[int]:
        """Process ids of the living children of that name."""
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
                same = (folder / "comm").read_text().strip() == name
            except OSError:
                continue
            if same and int(parent) == self.process.pid and state != "Z":
                found.add(int(folder.name))
        return found

    def everybody(self) -> set[int]:
        return {self.process.pid, *self.children("takrim-web"), *self.children("takrim-worker")}

    def megabytes(self) -> float:
        """Memory of all its processes. They are forked: a page that they share is there once and counts once."""
        lines = (Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() for pid in self.everybody())
        return sum(int(line.split()[1]) for some in lines for line in some if line.startswith("Pss:")) / 1024


@pytest.fixture
def tree(house: House, free_port: int, within: Within) -> Iterator[Tree]:
    running = Tree(house, free_port)
    try:
        # How quickly it starts is measured by the bench; here others use the same processors.
        within(30, running.answers)
        within(10, lambda: running.answers("/readyz"))
        yield running
    finally:
        running.end()


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_it_serves_and_says_where(house: House, tree: Tree) -> None:
    assert len(tree.children("takrim-web")) == 2
    assert len(tree.children("takrim-worker")) == 1
    assert tree.megabytes() < 300
    tree.process.send_signal(signal.SIGTERM)
    assert tree.process.wait(timeout=5) == 0
    said = tree.end()
    assert f"Takrim is ready at {tree.address}" in said
    assert "rror" not in said


def test_a_killed_worker_is_back_within_a_second_twenty_times(tree: Tree, within: Within) -> None:
    for _ in range(20):
        (before,) = tree.children("takrim-worker")
        os.kill(before, signal.SIGKILL)
        within(1, lambda before=before: tree.children("takrim-worker") - {before})
    within(2, lambda: tree.answers("/readyz"))


def test_killed_web_processes_are_back_within_a_second(tree: Tree, within: Within) -> None:
    for _ in range(5):
        before = tree.children("takrim-web")
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        within(1, lambda before=before: len(tree.children("takrim-web") - before) == 2)
        within(1, tree.answers)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_stops_within_three_seconds_and_leaves_nobody(tree: Tree, stop: signal.Signals) -> None:
    everybody = tree.everybody()
    began = monotonic()
    tree.process.send_signal(stop)
    code, took = tree.process.wait(timeout=5), monotonic() - began
    assert (code, took < 3) == (0, True), tree.end()
    assert all(_is_gone(pid) for pid in everybody)


def test_nobody_outlives_a_killed_parent(tree: Tree, within: Within) -> None:
    everybody = tree.everybody()
    tree.process.kill()
    tree.process.wait()
    within(3, lambda: all(_is_gone(pid) for pid in everybody))


def test_a_taken_port_is_refused_with_a_sentence(house: House, tree: Tree) -> None:
    done = house.takrim("serve", "--port", tree.address.rpartition(":")[2])
    assert done.returncode == 1
    assert "is taken by another program" in done.stderr


def test_an_empty_house_is_refused_with_a_sentence(house: House, tmp_path: Path, free_port: int) -> None:
    if "TAKRIM_DATABASE_URL" in house.env:
        pytest.skip("its database is the one that has been migrated")
    empty = House(tmp_path, {**house.env, "TAKRIM_DATA": str(tmp_path)})
    done = empty.takrim("serve", "--lang", "fa", "--port", str(free_port))
    assert done.returncode == 1
    assert "takrim migrate" in done.stderr


def test_setting_up_again_changes_nothing(house: House) -> None:
    done = house.takrim("migrate")
    assert done.returncode == 0
    assert "0 starting rows" in done.stdout
