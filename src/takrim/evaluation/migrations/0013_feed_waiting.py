"""Long files with figures wait for the worker."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0012_feed_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedWaiting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField(blank=True)),
                ("content", models.BinaryField()),
                ("hash", models.TextField(unique=True)),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True)),
            ],
        ),
    ]
