"""A province that runs alone, in a folder of its own: its matters, and the commands by which it hands its figures over.

python -m tests.stories.alone PATH      with the environment of that installation
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.stories.product import ROOT, Product

# By language and width of the story: each window has a province of its own.
PROVINCES: Final = {
    "fa-1366": "ir/ilam/",
    "fa-390": "ir/lorestan/",
    "en-1366": "ir/zanjan/",
    "en-390": "ir/ardabil/",
}
MATTERS: Final = 32


@dataclass(frozen=True)
class Installation:
    """Its folder, and the database if it is not in there."""

    data: Path
    database_url: str = ""

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command, as whoever runs the installation types it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TAKRIM_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        env = {**kept, "TAKRIM_DATA": str(self.data), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "LC_ALL": "C.UTF-8"}
        if self.database_url:
            env["TAKRIM_DATABASE_URL"] = self.database_url
        command = [sys.executable, "-m", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False, timeout=120)

    def does(self, *arguments: str) -> str:
        """`takrim …`, which must succeed; what it printed."""
        done = self.run("takrim", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def nation(product: Product) -> Installation:
    return Installation(product.data, product.database_url)


def alone(empty: Path, folder: Path, path: str) -> Installation:
    """A copy of an empty installation in which a province begins to work."""
    shutil.copytree(empty, folder)
    made = Installation(folder)
    done = made.run("tests.stories.alone", path)
    assert done.returncode == 0, done.stderr
    return made


def main() -> None:
    """Matters of the last month but one, answered within days and judged."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "takrim.site.settings")
    django.setup()
    from takrim.base import clock
    from takrim.base.period import Period, PeriodKind
    from takrim.cases.actions_intake import Place, receive
    from takrim.channels.channel import Intake, Sender
    from takrim.orgs.actor import holder
    from takrim.orgs.models import Unit
    from tests.matters import answered, judged

    path = sys.argv[1]
    month = Period.containing(clock.local_date(clock.now()), PeriodKind.MONTH).previous().previous()
    at, place = month.bounds()[0] + timedelta(days=1, hours=6), Place(unit=Unit.objects.get(path=path), card=None)
    sender = Sender(name="زهرا اکبری", mobile="09121234567")
    for number in range(MATTERS):
        words = "پرداخت حقوق سه ماه من عقب افتاده و پاسخی نگرفته‌ام."
        intake = Intake(key=f"alone-{number}", channel="web", kind="complaint", text=words, sender=sender)
        case = receive(intake=intake, place=place, by=holder(), now=at + timedelta(hours=number % 6))
        judged(answered(case, at + timedelta(days=1 + number % 5)), 4 + number % 2, at + timedelta(days=8))


if __name__ == "__main__":
    main()
