"""A report by somebody who stays unknown: nothing leads back to them but the receipt in their own hands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("Anonymous report"), icon="anonymous", needs_clerk=False, offered=False)
