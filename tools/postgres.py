"""Runs a command beside a private PostgreSQL that lives in a temporary folder and dies with it.

    python -m tools.postgres -- pytest tests

The server listens on a socket in that folder only and is told not to care about power cuts. The command finds it in
TAKRIM_DATABASE_URL. Exit code: the command's own; 3 where no PostgreSQL is installed.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NOT_INSTALLED = 3
# Nothing here must survive a crash, so nothing waits for the disk.
CONFIG = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
shared_buffers = 128MB
log_min_messages = warning
"""


def binaries() -> Path | None:
    """The folder with the programs of a PostgreSQL server here, or None."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve()] if on_path else []
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found += sorted(versions, key=lambda path: int(path.parts[-3].split(".")[0]), reverse=True)
    whole = [path.parent for path in found if all((path.parent / name).exists() for name in ("pg_ctl", "createdb"))]
    return whole[0] if whole else None


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise SystemExit("PostgreSQL does not run as root and there is no user postgres or nobody.")


@contextlib.contextmanager
def running(config: str = CONFIG) -> Iterator[str]:
    """A fresh server for the length of the block; gives its TAKRIM_DATABASE_URL."""
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed (no initdb found)")
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="takrim-pg-"))
    data = folder / "data"
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )

    try:
        call("initdb", "-D", str(data), "-U", "takrim", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        with (data / "postgresql.conf").open("a") as file:
            file.write(config.format(folder=folder))
        call("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "start")
        call("createdb", "-h", str(folder), "-U", "takrim", "takrim")
        yield f"postgresql://takrim@/takrim?host={folder}"
    finally:
        if (data / "postmaster.pid").exists():
            call("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _interrupted(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    """Run the command after `--` beside a private server."""
    command = arguments[arguments.index("--") + 1 :] if "--" in arguments else arguments
    if not command:
        print(__doc__)
        return 2
    if binaries() is None:
        print("PostgreSQL is not installed: no initdb found.", file=sys.stderr)
        return NOT_INSTALLED
    # Being told to stop must still take the server down.
    signal.signal(signal.SIGTERM, _interrupted)
    with running() as url:
        return subprocess.run(command, check=False, env={**os.environ, "TAKRIM_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
