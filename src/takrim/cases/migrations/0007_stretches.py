"""On PostgreSQL each searchable text says in which stretch of the index it stands: the newest are looked at first."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# As `cases/search.py` writes them from now on.
SAY = "UPDATE cases_searchdoc SET words = words || array_to_tsvector(ARRAY['zzt' || (id / 16384)])"


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(SAY)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_shielded")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
