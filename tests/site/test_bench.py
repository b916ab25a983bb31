"""The bare view beside which the bench measures: it loads whatever the product's apps need of each other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def test_the_bare_view_loads(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("TAKRIM_", "DJANGO_"))}
    env |= {"TAKRIM_DATA": str(tmp_path), "BARE_ROWS": "1"}
    command = [sys.executable, "-c", "from bench.bare.wsgi import application, row; print(row.__name__)"]
    done = subprocess.run(command, cwd=_ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "row"), done.stderr
