import django.db.models.deletion
import takrim.orgs.paths
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0003_agenda"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                ("added_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="councils.agendaitem"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_path", takrim.orgs.paths.PathField()),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.TextField()),
                ("shown_at", models.DateTimeField(null=True)),
                ("sealed_at", models.DateTimeField(null=True)),
                ("content", models.JSONField(default=dict)),
                ("hash", models.TextField(blank=True, default="")),
                ("number", models.TextField(blank=True, default="")),
                ("year", models.IntegerField(null=True)),
                ("serial", models.IntegerField(null=True)),
                ("issued_at", models.DateTimeField(null=True)),
                ("issued_by", models.TextField(blank=True, default="")),
                ("issued_name", models.TextField(blank=True, default="")),
                ("unsigned_why", models.TextField(blank=True, default="")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="councils.meeting"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="draftdecision",
            name="minutes",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="councils.minutes"
            ),
        ),
        migrations.CreateModel(
            name="MinutesBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_path", takrim.orgs.paths.PathField()),
                ("year", models.IntegerField()),
                ("last", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit_path", "year"), name="minutes_book_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="MinutesTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_path", takrim.orgs.paths.PathField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.storedfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("text", models.TextField(blank=True, default="")),
                ("version", models.IntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True, default="")),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="councils.minutes"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OtherText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="others", to="councils.passage"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="minutes",
            index=models.Index(
                condition=models.Q(("hash", ""), _negated=True), fields=["hash"], name="minutes_by_their_hash"
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hash", ""), ("sealed_at", None)),
                    models.Q(
                        ("sealed_at__isnull", False),
                        models.Q(("hash", ""), _negated=True),
                        models.Q(("number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="minutes_sealed_have_hash_and_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_at", None), ("issued_by", "")),
                    models.Q(
                        ("issued_at__isnull", False),
                        ("sealed_at__isnull", False),
                        models.Q(("issued_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="minutes_issued_are_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), ("serial", None), ("year", None)),
                    models.Q(
                        ("serial__isnull", False), ("year__isnull", False), models.Q(("number", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="minutes_number_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("unit_path", "year", "serial"),
                name="minutes_numbered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftdecision",
            constraint=models.UniqueConstraint(fields=("minutes", "place"), name="draft_decision_has_its_place"),
        ),
        migrations.AddConstraint(
            model_name="minutestemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("unit_path",), name="minutes_template_one_an_office"
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(fields=("minutes", "name"), name="passage_once_in_its_minutes"),
        ),
        migrations.AddIndex(
            model_name="othertext",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["passage"], name="other_texts_to_be_settled"
            ),
        ),
    ]
