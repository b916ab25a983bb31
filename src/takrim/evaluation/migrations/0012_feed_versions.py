"""What a file took the place of, and what a province alone has handed over."""

import django.db.models.deletion
import takrim.orgs.paths
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0011_feed_refusals"),
    ]

    operations = [
        migrations.AddField(
            model_name="feed",
            name="held",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="feed",
            name="received_name",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.CreateModel(
            name="FeedReplaced",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.TextField()),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="evaluation.feed"
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replaced", to="evaluation.feed"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandedMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", takrim.orgs.paths.PathField()),
                ("month", models.TextField()),
                ("digest", models.TextField()),
                ("file", models.TextField()),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("path", "month"), name="handed_month_once")],
            },
        ),
    ]
