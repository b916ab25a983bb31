"""Places in the tree of offices, spelled as text: `ir/alborz/nazarabad/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

ROOT = "ir/"


if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class PathField(_Text):
    """A path, compared byte by byte on every database so that a prefix is a range of an index."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def after(path: str) -> str:
    """The first text that sorts behind everything below `path` ('0' is the character behind '/')."""
    return path[:-1] + "0"


def under(path: str, field: str = "unit_path") -> Q:
    """Rows at `path` or below it, as a range that an index can serve. `path` ends with a slash."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": after(path)})


def is_under(path: str, above: str) -> bool:
    """Whether `path` is `above` or lies below it."""
    return path.startswith(above)


def province_of(path: str) -> str:
    """The chain a path belongs to: its province (`ir/alborz/`), or the ministry itself (`ir/`)."""
    parts = path.split("/")
    return f"{parts[0]}/{parts[1]}/" if len(parts) > 2 else path


def lineage(path: str) -> list[str]:
    """The path and all above it, topmost first: ir/, ir/alborz/, ir/alborz/nazarabad/."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def parent_of(path: str) -> str:
    """The path directly above, or "" above the root."""
    return "".join(lineage(path)[-2:-1])
