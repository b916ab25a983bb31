"""A part of a decision may be carried out by an organisation from outside."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_partners"),
        ("decisions", "0003_agenda_item"),
    ]

    operations = [
        migrations.AddField(
            model_name="share",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.partner",
            ),
        ),
    ]
