"""The service desk: the person is here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.channels.channel import Channel

PLUGIN = Channel(title=_("Service desk"), icon="person-workspace", in_person=True)
