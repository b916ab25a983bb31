"""A bundle downloaded in a browser, computed again as on another computer, and found out once it was changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.stories.product import ROOT
from tests.stories.visitor import Visitor


def downloads(anybody: Visitor, folder: Path) -> Path:
    with anybody.page.expect_download() as begun:
        anybody.thing("Download the signed bundle").click()
    file = folder / begun.value.suggested_filename
    begun.value.save_as(file)
    return file


def verifies(file: Path, units: str) -> None:
    """Nothing of the installation is at hand, only the file and the command."""
    done = _run(file)
    assert done.returncode == 0, done.stderr
    assert f"{units} units" in done.stdout
    content = file.read_bytes()
    place = content.find(b"table.csv") + 400
    file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    assert _run(file).returncode == 1
    # Broken off on the way.
    file.write_bytes(content[: len(content) // 2])
    assert "not a readable zip file" in _run(file).stderr


def _run(file: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "takrim", "rank", "--bundle", str(file), "--verify", "--lang", "en"]
    return subprocess.run(command, cwd=file.parent, env=env, text=True, capture_output=True, check=False, timeout=120)
