"""The full-text index: an FTS5 table on SQLite, a tsvector column with a GIN index on PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# Contentless: the words are not stored a second time. detail=none: only which document, not where in it.
SQLITE = ["CREATE VIRTUAL TABLE cases_search USING fts5(words, content='', detail=none, tokenize=\"unicode61\")"]
POSTGRESQL = [
    "ALTER TABLE cases_searchdoc ADD COLUMN words tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX cases_search_words ON cases_searchdoc USING gin (words)",
]


def make(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
