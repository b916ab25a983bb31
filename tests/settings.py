"""The product's own settings on a data folder that is thrown away: what every test runs under."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "TAKRIM_DATA" not in os.environ:
    # Workers of a parallel run inherit the folder; only the process that made it removes it.
    os.environ["TAKRIM_DATA"] = tempfile.mkdtemp(prefix="takrim-tests-")
    atexit.register(shutil.rmtree, os.environ["TAKRIM_DATA"], ignore_errors=True)
os.environ.setdefault("TAKRIM_SECRET_KEY", "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ.setdefault("TAKRIM_LOG_LEVEL", "WARNING")

from takrim.site.settings import *  # noqa: F403 - the environment above comes first; settings are a star by nature

# A slow hash protects passwords from thieves; here it would only slow the tests down.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files under their plain names: no manifest has to be collected before a page can be shown.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
