"""A letter or a form on paper, entered by the secretariat."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("Paper"), icon="envelope-paper")
