"""A small table of requests as another system would write it, and its map."""

from __future__ import annotations

from pathlib import Path

import pytest

TABLE = """\
number,came,until,ended,office,about,how,state,said,done
A-1,03/01/2026 09:00:00 AM,03/05/2026 09:00:00 AM,03/02/2026 10:00:00 AM,Water,Leak,Phone,Closed,A pipe leaks,Mended
A-2,03/01/2026 11:00:00 AM,03/02/2026 11:00:00 AM,03/04/2026 10:00:00 AM,Water,Leak,Web,Closed,Another leak,
A-3,03/02/2026 08:30:00 AM,03/03/2026 08:30:00 AM,,Roads,Hole,Pigeon,New,"A hole,
deep",
A-4,03/02/2026 08:30:00 AM,,,Roads,Hole,Phone,New,No due date,
"""

MAP = """\
[file]
source = "town"
timezone = "America/New_York"
[columns]
external_id = "number"
opened = "came"
due = "until"
closed = "ended"
unit = "office"
subject = "about"
channel = "how"
status = "state"
text = ["about", "said"]
answer = "done"
[formats]
datetime = ["%m/%d/%Y %I:%M:%S %p"]
[values.channel]
Phone = "phone"
Web = "web"
"*" = "imported"
[values.status]
New = "open"
"*" = "closed"
[units]
under = "ir/town/"
create = true
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "requests.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "town.toml"
    path.write_text(MAP, encoding="utf-8")
    return path
