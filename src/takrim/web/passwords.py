"""What a password must be, said with the digits of the page."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from takrim.base import words


class LongEnough(MinimumLengthValidator):
    """Django's rule in our words."""

    def _number(self) -> str:
        return words.number(self.min_length, get_language() or "fa")

    def get_error_message(self) -> str:
        return _("This password is too short: at least %(many)s characters are needed.") % {"many": self._number()}

    def get_help_text(self) -> str:
        return _("At least %(many)s characters.") % {"many": self._number()}
