"""Files with figures that were refused: what came, when, by whom, and why."""

import takrim.orgs.paths
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0010_feeds_whole"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", takrim.orgs.paths.PathField(blank=True)),
                ("name", models.TextField(blank=True)),
                ("size", models.BigIntegerField()),
                ("hash", models.TextField(blank=True)),
                ("code", models.TextField()),
                ("why", models.JSONField(default=dict)),
                ("advice", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["hash"], name="feed_refusal_by_hash")],
            },
        ),
    ]
