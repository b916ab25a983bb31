"""Log lines without personal data: no addresses of pages, no messages of errors; kind and place are enough to mend."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

_Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Formatter(logging.Formatter):
    """Writes an error as its class and its frames. A message may quote a row, an address, what somebody typed."""

    def formatException(self, ei: _Error) -> str:
        kind, error, frames = ei
        if kind is None or error is None:
            return ""
        lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(frames)]
        cause = error.__cause__
        because = f" (because of {type(cause).__module__}.{type(cause).__qualname__})" if cause else ""
        return "\n".join([*lines, f"{kind.__module__}.{kind.__qualname__}{because}"])


class WithoutAddress(logging.Filter):
    """Replaces the address of a request, which may hold a code, by the name of its page."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.msg, record.args = "%s: %s", (record.levelname.lower(), match.view_name if match else "no page")
        return True
