"""SAMAD: the nation's telephone 111 and its website; an officer takes over what it sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("SAMAD (111)"), icon="telephone")
