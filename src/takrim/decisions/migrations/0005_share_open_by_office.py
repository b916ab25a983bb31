from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_organisation")]

    operations = [
        migrations.AddIndex(
            model_name="share",
            index=models.Index(
                fields=["unit_path", "body", "state", "duty"],
                condition=models.Q(settled_at=None),
                name="share_open_by_office",
            ),
        ),
    ]
