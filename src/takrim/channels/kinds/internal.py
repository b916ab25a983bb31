"""A matter that another authority passed on, or an office found itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("Another authority"), icon="office")
