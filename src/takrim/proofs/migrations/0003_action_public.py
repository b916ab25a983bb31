from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proofs", "0002_judging")]

    operations = [
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                fields=["-done_on", "-id", "unit_path"],
                condition=models.Q(public_at__isnull=False),
                name="action_public",
            ),
        ),
    ]
