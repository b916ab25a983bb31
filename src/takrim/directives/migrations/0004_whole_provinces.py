"""A clause may be addressed to all offices of a province."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0003_proofs"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="addressee",
            name="addressee_kind_is_known",
        ),
        migrations.AddConstraint(
            model_name="addressee",
            constraint=models.CheckConstraint(
                condition=models.Q(("whom__in", ["unit", "post", "counties", "directorates", "province"])),
                name="addressee_kind_is_known",
            ),
        ),
    ]
