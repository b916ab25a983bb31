"""A decision knows under which item of the agenda it was taken."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0006_dealt_place"),
        ("decisions", "0002_reports_and_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issued",
                to="councils.agendaitem",
            ),
        ),
    ]
