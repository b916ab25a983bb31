"""The log says what broke and where, and nothing about people."""

from __future__ import annotations

import logging
import sys

from django.http import HttpResponseServerError
from django.test import RequestFactory
from django.urls import resolve
from django.utils.log import log_response

from takrim.web.logs import Formatter, WithoutAddress


class Keeping(logging.Handler):
    """Keeps what is written."""

    def __init__(self, kept: list[logging.LogRecord]) -> None:
        super().__init__()
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record)


def _record(error: Exception) -> logging.LogRecord:
    try:
        try:
            raise LookupError("Zahra")
        except LookupError as cause:
            raise error from cause
    except Exception:
        return logging.LogRecord("takrim", logging.ERROR, __file__, 1, "A page failed.", None, sys.exc_info())


def test_an_error_is_written_by_its_kind_and_place() -> None:
    line = Formatter("{levelname} {message}", style="{").format(_record(ValueError("mobile=09121234567")))
    assert "test_logs.py" in line
    assert "builtins.ValueError (because of builtins.LookupError)" in line
    assert "0912" not in line
    assert "Zahra" not in line


def test_a_request_is_written_by_the_name_of_its_page() -> None:
    request = RequestFactory().get("/healthz?secret=1234")
    request.resolver_match = resolve("/healthz")
    kept: list[logging.LogRecord] = []
    handler = Keeping(kept)
    handler.addFilter(WithoutAddress())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        log_response(
            "%s: %s", "Internal Server Error", request.path, response=HttpResponseServerError(), request=request
        )
    finally:
        logger.removeHandler(handler)
    assert kept[0].getMessage() == "error: operator:healthz"
