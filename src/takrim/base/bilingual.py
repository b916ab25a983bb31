"""A text in both languages, as catalogues hold it: `{ fa = "…", en = "…" }`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text in both languages."""

    fa: str
    en: str

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.fa

    @classmethod
    def read(cls, value: Mapping[str, str]) -> Text:
        """From a table of a TOML file. Raises KeyError where a language is missing."""
        return cls(value["fa"], value["en"])
