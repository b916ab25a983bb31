"""What of a month stands in no sum, and offices that were late when a round was frozen.

On SQLite Django would make the table of offices anew, which the triggers of 0005 name; so the column is added.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def add(apps: Any, schema_editor: Any) -> None:
    kind = models.TextField().db_type(schema_editor.connection)
    schema_editor.execute(f"ALTER TABLE evaluation_entrant ADD COLUMN stale {kind} DEFAULT '' NOT NULL")


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0009_reported")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add, migrations.RunPython.noop)],
            state_operations=[
                migrations.AddField("entrant", "stale", models.TextField(blank=True, db_default="", default=""))
            ],
        ),
        migrations.AddField("feedmonth", "values", models.JSONField(default=dict)),
    ]
