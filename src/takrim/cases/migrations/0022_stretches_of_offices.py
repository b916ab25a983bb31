"""On PostgreSQL each searchable text says for each of its offices in which stretches of the index it stands."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# As `cases/search.py` writes them from now on; the word for the stretch alone goes.
PLACED = """
CREATE FUNCTION pg_temp.placed(words tsvector, number bigint) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT ts_delete(words, 'zzt' || number / 16384) || array_to_tsvector(ARRAY(
        SELECT word || mark || number / length
        FROM unnest(tsvector_to_array(words)) AS word, (VALUES ('a', 4096), ('b', 131072)) AS stretch (mark, length)
        WHERE word ~ '^zzu[0-9]+$'))
$$
"""
# The whole table is written anew in the order of its numbers, and its indexes with it: all of it, or nothing.
SAY = "ALTER TABLE cases_searchdoc ALTER COLUMN words TYPE tsvector USING pg_temp.placed(words, id)"


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PLACED)
        schema_editor.execute(SAY)
        schema_editor.execute("DROP FUNCTION pg_temp.placed(tsvector, bigint)")


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_kinds_of_duties")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
