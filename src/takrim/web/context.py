"""What every page's frame needs to know: cheap, without a query of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from takrim.web.desk import Desk
from takrim.web.desk_council import MemberDesk


def page(request: HttpRequest) -> dict[str, Any]:
    """The desk when the page is behind the staff gate, the chosen theme."""
    desk = getattr(request, "desk", None)
    theme = request.COOKIES.get("theme", "")
    return {
        "desk": desk if isinstance(desk, Desk | MemberDesk) else None,
        "theme": theme if theme in {"light", "dark"} else "",
    }
