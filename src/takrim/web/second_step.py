"""The second step of signing in: its code is also taken as a Persian keyboard types it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django import forms

from takrim.base.persian import ascii_digits


class CodeField(forms.CharField):
    """Digits of any keyboard, with or without the gap that authenticator apps show between them."""

    def to_python(self, value: Any) -> str:
        return "".join(ascii_digits(super().to_python(value) or "").split())


def _ours(form: Any) -> Any:
    """allauth's form with this field in the place of its own; made, not written, because allauth has no types."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "ltr"}
    code = CodeField(label=form.base_fields["code"].label, widget=forms.TextInput(attrs=attrs))
    return type(form)(form.__name__, (form,), {"code": code, "__module__": __name__})


Activate = _ours(totp.ActivateTOTPForm)
Authenticate = _ours(base.AuthenticateForm)
Reauthenticate = _ours(base.ReauthenticateForm)
