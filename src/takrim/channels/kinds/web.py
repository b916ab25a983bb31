"""The public pages: the person writes it themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("Web"), icon="globe", needs_clerk=False, offered=False)
