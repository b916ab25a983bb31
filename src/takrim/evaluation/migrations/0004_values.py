"""What is said of each office in each indicator of a round, how it changed, and objections."""

import django.db.models.deletion
import takrim.evaluation.models_values
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0011_counted_elsewhere"),
        ("evaluation", "0003_entrants"),
        ("proofs", "0002_judging"),
    ]

    operations = [
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.TextField()),
                ("automatic", models.TextField(blank=True, default="")),
                ("cases", models.BigIntegerField(null=True)),
                ("low", models.TextField(blank=True, default="")),
                ("high", models.TextField(blank=True, default="")),
                ("declared", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("assessed", models.TextField(blank=True, default="")),
                ("why", models.TextField(blank=True, default="")),
                ("second", models.TextField(blank=True, default="")),
                ("second_why", models.TextField(blank=True, default="")),
                ("final", models.TextField(blank=True, default="")),
                (
                    "entrant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="evaluation.entrant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("text", models.TextField()),
                ("asked", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("outcome", models.TextField(blank=True, default=takrim.evaluation.models_values.Outcome["WAITING"])),
                ("given", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.TextField(blank=True, default="")),
                ("decided_name", models.TextField(blank=True, default="")),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="duties.duty"
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="evaluation.value"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ValueChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("column", models.TextField()),
                ("was", models.TextField(blank=True, default="")),
                ("became", models.TextField(blank=True, default="")),
                ("why", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True, default="")),
                (
                    "objection",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="evaluation.objection",
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="evaluation.value",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ValueProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="proofs.action",
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="evaluation.value",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("indicator", models.TextField()),
                ("text", models.TextField()),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="duties.duty"
                    ),
                ),
                (
                    "entrant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvements",
                        to="evaluation.entrant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="improvement_says_something"
                    ),
                    models.UniqueConstraint(fields=("entrant", "number"), name="improvement_once_a_number"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(fields=("entrant", "indicator"), name="value_once_an_indicator"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="objection_gives_its_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            takrim.evaluation.models_values.Outcome["WAITING"],
                            takrim.evaluation.models_values.Outcome["UPHELD"],
                            takrim.evaluation.models_values.Outcome["PARTLY"],
                            takrim.evaluation.models_values.Outcome["REFUSED"],
                        ],
                    )
                ),
                name="objection_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("outcome", ""), ("reason", "")),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="objection_decided_says_by_whom_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")), fields=("value",), name="objection_one_at_a_time_against_a_value"
            ),
        ),
        migrations.AddIndex(
            model_name="valuechange",
            index=models.Index(fields=["value", "id"], name="value_change_of_a_value"),
        ),
        migrations.AddConstraint(
            model_name="valuechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "column__in",
                        [
                            takrim.evaluation.models_values.Column["AUTOMATIC"],
                            takrim.evaluation.models_values.Column["DECLARED"],
                            takrim.evaluation.models_values.Column["ASSESSED"],
                            takrim.evaluation.models_values.Column["SECOND"],
                            takrim.evaluation.models_values.Column["FINAL"],
                        ],
                    )
                ),
                name="value_change_column_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="valueproof",
            constraint=models.UniqueConstraint(fields=("value", "action"), name="value_proven_once_by_an_action"),
        ),
    ]
