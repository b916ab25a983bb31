"""The offices in a round, who assesses them, and their results."""

import django.db.models.deletion
import takrim.evaluation.models_entrants
import takrim.orgs.paths
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0002_rounds"),
        ("orgs", "0003_weeks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_path", takrim.orgs.paths.PathField()),
                ("name", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessors",
                        to="evaluation.round",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_path", takrim.orgs.paths.PathField()),
                ("name_fa", models.TextField()),
                ("name_en", models.TextField()),
                ("group", models.TextField(blank=True, default="")),
                ("sizes", models.JSONField(default=dict)),
                ("declared_at", models.DateTimeField(null=True)),
                ("declared_by", models.TextField(blank=True, default="")),
                ("declared_name", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("second", models.BooleanField(default=False)),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entrants",
                        to="evaluation.round",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("blind", models.BooleanField(default=False)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="evaluation.assessor",
                    ),
                ),
                (
                    "entrant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="evaluation.entrant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Referee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_path", takrim.orgs.paths.PathField()),
                ("name", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referees",
                        to="evaluation.round",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("which", models.TextField()),
                ("place", models.IntegerField()),
                ("score", models.TextField(blank=True, default="")),
                ("rounded", models.TextField(blank=True, default="")),
                ("rank", models.DecimalField(decimal_places=1, max_digits=7, null=True)),
                ("group", models.TextField(blank=True, default="")),
                ("why", models.TextField(blank=True, default="")),
                ("low", models.TextField(blank=True, default="")),
                ("high", models.TextField(blank=True, default="")),
                ("best", models.IntegerField(null=True)),
                ("worst", models.IntegerField(null=True)),
                ("band_from", models.IntegerField(null=True)),
                ("band_to", models.IntegerField(null=True)),
                ("points", models.JSONField(default=list)),
                (
                    "entrant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="evaluation.entrant",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="assessor",
            constraint=models.UniqueConstraint(fields=("round", "person"), name="assessor_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="entrant",
            constraint=models.UniqueConstraint(fields=("round", "unit"), name="entrant_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="entrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declared_at", None), ("declared_by", "")),
                    models.Q(("declared_at__isnull", False), models.Q(("declared_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="entrant_declared_and_by_whom_come_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("entrant", "blind"), name="assessment_one_first_and_one_second"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("entrant", "assessor"), name="assessment_by_different_people"),
        ),
        migrations.AddConstraint(
            model_name="referee",
            constraint=models.UniqueConstraint(fields=("round", "person"), name="referee_once_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.UniqueConstraint(fields=("entrant", "which"), name="result_one_of_each"),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "which__in",
                        [
                            takrim.evaluation.models_entrants.ResultOf["PRELIMINARY"],
                            takrim.evaluation.models_entrants.ResultOf["FINAL"],
                        ],
                    )
                ),
                name="result_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rank", None), models.Q(("why", ""), _negated=True)),
                    models.Q(("rank__isnull", False), ("why", ""), models.Q(("rounded", ""), _negated=True)),
                    _connector="OR",
                ),
                name="result_is_ranked_or_says_why_not",
            ),
        ),
    ]
