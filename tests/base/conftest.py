"""Sentences need a language even where nothing else of Django is there."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    settings.configure(LANGUAGE_CODE="en", USE_I18N=True)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
