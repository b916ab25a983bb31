"""Django's settings, all of them; what differs between installations comes from TAKRIM_* variables."""

from __future__ import annotations

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from takrim.base.kept import kept
from takrim.site import databases, environment

ENV = environment.read()
SETTINGS_SEEN = environment.seen()
HERE = Path(__file__).resolve().parent.parent
DATA: Path = ENV["DATA"].resolve()
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = ENV["SECRET_KEY"] or kept(DATA / "secret.key", lambda: secrets.token_urlsafe(50))
# Rankings are signed with this one, so that others can check them; made when the first is.
SIGNING_KEY, SIGNING_KEY_FILE = ENV["SIGNING_KEY"], DATA / "signing.key"
DEBUG = ENV["DEBUG"]
ALLOWED_HOSTS = ENV["HOSTS"]
ADDRESS = ENV["ADDRESS"] or f"http://{ENV['HOST']}:{ENV['PORT']}"
SECURE = ADDRESS.startswith("https://")
SOURCE = ENV["SOURCE"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "takrim.tasks",
    "takrim.orgs",
    "takrim.journal",
    "takrim.evidence",
    "takrim.duties",
    "takrim.cards",
    "takrim.checklists",
    "takrim.surveys",
    "takrim.letters",
    "takrim.channels",
    "takrim.cases",
    "takrim.proofs",
    "takrim.directives",
    "takrim.councils",
    "takrim.decisions",
    "takrim.programmes",
    "takrim.indicators",
    "takrim.evaluation",
    "takrim.reports",
    "takrim.jobs",
    "takrim.web",
    "takrim.web.citizen",
    "takrim.web.staff",
    "takrim.web.council",
    "takrim.web.figures",
    "takrim.web.rounds",
    "takrim.web.plans",
    "takrim.web.operator",
    "takrim.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "takrim.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "takrim.web.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [("takrim.web.parts.flat.Loader", ["django.template.loaders.app_directories.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "takrim.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "takrim.web.parts.templatetags.takrim",
                "takrim.web.parts.templatetags.settled",
            ],
        },
    }
]

ROOT_URLCONF = "takrim.site.urls"
WSGI_APPLICATION = "takrim.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": databases.postgresql(ENV["DATABASE_URL"])
    if ENV["DATABASE_URL"]
    else databases.sqlite(DATA / "takrim.sqlite3", ENV["SQLITE_SYNC"])
}
# Shared by all processes, so that counted sign-in failures are counted once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        # More than anybody can try from many addresses at once: counters of failures must not push one another out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "base" / "locale", HERE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tehran"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
FILES_ROOT = DATA / "files"
UPLOAD_BYTES = ENV["UPLOAD_MB"] * 1024 * 1024
UPLOAD_FILES = ENV["UPLOAD_FILES"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The page itself says in the person's language that there are too many files; this bound only guards memory.
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_HANDLERS = [
    "takrim.web.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "takrim.web.uploads.KeptUploads",
]
S3_BUCKET, S3_ENDPOINT = ENV["S3_BUCKET"], ENV["S3_ENDPOINT"]

AUTH_USER_MODEL = "orgs.Person"
# The usual one, but what the demonstration's shared password opens is bound to its data folder.
AUTHENTICATION_BACKENDS = ["takrim.site.demo.gate.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "takrim.web.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "takrim.web.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/15m/ip,20/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "takrim.web.second_step.Activate",
    "authenticate": "takrim.web.second_step.Authenticate",
    "reauthenticate": "takrim.web.second_step.Reauthenticate",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

SESSION_ENGINE = "takrim.web.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "takrim.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ADDRESS]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

SMTP_HOST, SMS_TEMPLATE = ENV["SMTP_HOST"], ENV["SMS_TEMPLATE"]
SMS_SECRET, SMS_REPLY_SECRET = ENV["SMS_SECRET"], ENV["SMS_REPLY_SECRET"]
EMAIL_HOST, EMAIL_PORT = ENV["SMTP_HOST"] or "localhost", ENV["SMTP_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS = ENV["SMTP_USER"], ENV["SMTP_PASSWORD"], ENV["SMTP_TLS"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL, MAIL_BOUNCES = ENV["MAIL_FROM"], ENV["MAIL_BOUNCES"]
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_address": {"()": "takrim.web.logs.WithoutAddress"}},
    "formatters": {
        "line": {
            "()": "logging.Formatter" if DEBUG else "takrim.web.logs.Formatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_address"]}},
    "root": {"handlers": ["console"], "level": ENV["LOG_LEVEL"]},
    # Addresses of requests may hold codes: they are never logged.
    "loggers": {"django.request": {"level": "ERROR"}, "django.server": {"level": "ERROR"}},
}
