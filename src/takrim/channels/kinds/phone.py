"""The telephone: an officer writes what the caller says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("Telephone"), icon="telephone")
