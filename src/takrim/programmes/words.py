"""How the kinds of planned actions are called."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.programmes.models import Kind

KINDS: Final[dict[Kind, str | Promise]] = {
    Kind.CULTURAL: _("Cultural"),
    Kind.SPORT: _("Sport"),
    Kind.SOCIAL: _("Social"),
    Kind.SERVICE: _("Service to the people"),
}
