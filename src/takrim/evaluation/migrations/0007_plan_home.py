"""The office below which a plan may be changed; those that are there belong to the whole country.

On SQLite Django would make the table anew and lose the triggers of 0005 with the old one; so the column is added.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

import takrim.orgs.paths


def add(apps: Any, schema_editor: Any) -> None:
    field = takrim.orgs.paths.PathField(db_default="ir/")
    connection = schema_editor.connection
    kind = field.db_type(connection)
    if connection.vendor == "postgresql":
        kind += f' COLLATE "{field.db_parameters(connection)["collation"]}"'
    schema_editor.execute(f"ALTER TABLE evaluation_planversion ADD COLUMN path {kind} DEFAULT 'ir/' NOT NULL")


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0006_trials")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add, migrations.RunPython.noop)],
            state_operations=[
                migrations.AddField("planversion", "path", takrim.orgs.paths.PathField(db_default="ir/"))
            ],
        )
    ]
