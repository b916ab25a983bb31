"""Writes the locked requirements from pyproject.toml: a hash for each file, no address, any platform.

The developers' lock holds everything and is made first; the others take their versions from it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# With the extras kept, pip takes a package that another wants "with extras" at its locked version, not at the newest.
COMMON = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-strip-extras", "--quiet")
DEVELOPERS = "requirements-dev.lock"
LOCKS = {
    DEVELOPERS: ("--upgrade", "--all-extras", "--group", "build", "--group", "dev"),
    "requirements.lock": ("--group", "build", "--extra", "postgres"),
    "requirements-s3.lock": ("--group", "build", "--extra", "postgres", "--extra", "s3"),
}


def main() -> None:
    """Compile each lock."""
    for name, options in LOCKS.items():
        constraint = () if name == DEVELOPERS else ("--constraint", DEVELOPERS)
        command = ["uv", "pip", "compile", "pyproject.toml", *COMMON, *options, *constraint, "--output-file", name]
        subprocess.run([Path(sys.executable).parent / command[0], *command[1:]], cwd=ROOT, check=True)
        path = ROOT / name
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.endswith(f"-c {DEVELOPERS}\n")))


if __name__ == "__main__":
    main()
