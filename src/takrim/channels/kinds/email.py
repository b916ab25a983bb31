"""An e-mail: the office reads it and enters it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("E-mail"), icon="mail")
