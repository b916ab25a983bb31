from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_share_open_by_office")]

    operations = [
        migrations.AddIndex(
            model_name="share",
            index=models.Index(
                fields=["unit_path", "body", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="share_from_outside",
            ),
        ),
    ]
