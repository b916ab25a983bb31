"""A file of another system, read by the import command."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("Import"), icon="box-arrow-in-down", needs_clerk=False, offered=False)
