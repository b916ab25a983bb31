"""What every process keeps in memory: nothing that only a document now and then needs."""

from __future__ import annotations

import sys

import pytest

from tests.site.conftest import House

SELDOM = "docx docxtpl jinja2 icalendar xlsxwriter weasyprint imagehash scipy holidays"


@pytest.mark.slow
def test_what_writes_documents_is_not_read_at_the_start(house: House) -> None:
    """Django and the pages are there, so that nothing would be found missing by having looked too early."""
    look = f"""
import django, sys
django.setup()
from takrim.site.serve import preload
preload()
assert "takrim.reports.forms.docx" in sys.modules and "takrim.councils.ical" in sys.modules
print(*[name for name in "{SELDOM}".split() if name in sys.modules])
"""
    told = house.popen(sys.executable, "-c", look).communicate(timeout=60)[0]
    assert told.split() == []
