"""FAVAD: the line 128 for administrative emergencies, where hours count."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("FAVAD (128)"), icon="telephone")
