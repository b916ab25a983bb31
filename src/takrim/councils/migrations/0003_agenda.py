import django.db.models.deletion
import takrim.orgs.paths
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0002_meetings"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField(null=True)),
                ("title", models.TextField()),
                ("title_en", models.TextField(blank=True, default="")),
                ("text", models.TextField(blank=True, default="")),
                ("text_en", models.TextField(blank=True, default="")),
                ("length", models.IntegerField()),
                ("source", models.TextField(blank=True, default="")),
                ("about", models.TextField(blank=True, default="")),
                ("proposed_by", models.TextField()),
                ("proposed_name", models.TextField(blank=True, default="")),
                ("proposed_unit", takrim.orgs.paths.PathField(blank=True, default="")),
                ("proposed_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("declined_why", models.TextField(blank=True, default="")),
                ("carried_why", models.TextField(blank=True, default="")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="councils.body"
                    ),
                ),
                (
                    "carried_from",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="councils.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="councils.meeting",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=models.Index(fields=["meeting", "place"], name="agenda_in_its_order"),
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=models.Index(condition=models.Q(("meeting", None)), fields=["body"], name="agenda_items_that_wait"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at", None), ("place", None)),
                    models.Q(
                        ("accepted_at__isnull", False),
                        ("declined_at", None),
                        ("meeting__isnull", False),
                        ("place__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="agenda_item_accepted_has_meeting_and_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at", None), ("declined_why", "")),
                    models.Q(("declined_at__isnull", False), models.Q(("declined_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="agenda_item_declined_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("length__gte", 1), ("length__lte", 480)), name="agenda_item_takes_some_minutes"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), models.Q(("about", ""), _negated=True), _connector="OR"),
                name="agenda_item_risen_is_about_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True),
                fields=("meeting", "about"),
                name="agenda_item_rises_once_at_a_meeting",
            ),
        ),
    ]
