"""Rounds of evaluation, and the versions of plans they go by."""

import django.db.models.deletion
import takrim.evaluation.models_plans
import takrim.evaluation.models_rounds
import takrim.orgs.paths
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0006_dealt_place"),
        ("evaluation", "0001_findings"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("number", models.IntegerField()),
                ("title_fa", models.TextField()),
                ("title_en", models.TextField(blank=True, default="")),
                ("of", models.TextField()),
                ("text", models.TextField()),
                ("why", models.TextField(blank=True, default="")),
                ("state", models.TextField(default=takrim.evaluation.models_plans.PlanState["DRAFT"])),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("code", ""), _negated=True), ("number__gte", 1)),
                        name="plan_version_has_code_and_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title_fa", ""), _negated=True), name="plan_version_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    takrim.evaluation.models_plans.PlanState["DRAFT"],
                                    takrim.evaluation.models_plans.PlanState["READY"],
                                    takrim.evaluation.models_plans.PlanState["RETIRED"],
                                ],
                            )
                        ),
                        name="plan_version_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("code", "number"), name="plan_version_once_a_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("title_fa", models.TextField()),
                ("title_en", models.TextField(blank=True, default="")),
                ("path", takrim.orgs.paths.PathField()),
                ("of", models.TextField()),
                ("period", models.TextField()),
                ("declare_from", models.DateField()),
                ("declare_until", models.DateField()),
                ("assess_until", models.DateField()),
                ("preliminary_on", models.DateField()),
                ("object_until", models.DateField()),
                ("final_on", models.DateField()),
                ("second_percent", models.IntegerField(default=20)),
                ("seed", models.BigIntegerField()),
                ("stage", models.TextField(default=takrim.evaluation.models_rounds.Stage["DEFINED"])),
                ("defined_at", models.DateTimeField()),
                ("defined_by", models.TextField()),
                ("defined_name", models.TextField(blank=True, default="")),
                ("opened_at", models.DateTimeField(null=True)),
                ("frozen_at", models.DateTimeField(null=True)),
                ("preliminary_at", models.DateTimeField(null=True)),
                ("final_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_why", models.TextField(blank=True, default="")),
                ("positions", models.JSONField(default=dict)),
                ("plan_text", models.TextField(blank=True, default="")),
                ("frozen_hash", models.TextField(blank=True, default="")),
                ("preliminary_hash", models.TextField(blank=True, default="")),
                ("final_hash", models.TextField(blank=True, default="")),
                (
                    "committee",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.body"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="evaluation.planversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.TextField()),
                ("asked_name", models.TextField(blank=True, default="")),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                ("failure", models.TextField(blank=True, default="")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="evaluation.round"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["path", "-id"], name="round_by_office"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("title_fa", ""), _negated=True), name="round_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            takrim.evaluation.models_rounds.Stage["DEFINED"],
                            takrim.evaluation.models_rounds.Stage["DECLARING"],
                            takrim.evaluation.models_rounds.Stage["ASSESSING"],
                            takrim.evaluation.models_rounds.Stage["PRELIMINARY"],
                            takrim.evaluation.models_rounds.Stage["FINAL"],
                            takrim.evaluation.models_rounds.Stage["CANCELLED"],
                        ],
                    )
                ),
                name="round_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assess_until__gte", models.F("declare_until")),
                    ("declare_until__gte", models.F("declare_from")),
                    ("final_on__gte", models.F("object_until")),
                    ("object_until__gte", models.F("preliminary_on")),
                    ("preliminary_on__gte", models.F("assess_until")),
                ),
                name="round_days_follow_one_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_percent__gte", 0), ("second_percent__lte", 100)),
                name="round_second_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage", takrim.evaluation.models_rounds.Stage["CANCELLED"]),
                    models.Q(
                        models.Q(
                            models.Q(("opened_at", None), ("stage", takrim.evaluation.models_rounds.Stage["DEFINED"])),
                            models.Q(
                                models.Q(("stage", takrim.evaluation.models_rounds.Stage["DEFINED"]), _negated=True),
                                ("opened_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(
                                ("frozen_at", None),
                                (
                                    "stage__in",
                                    [
                                        takrim.evaluation.models_rounds.Stage["DEFINED"],
                                        takrim.evaluation.models_rounds.Stage["DECLARING"],
                                    ],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "stage__in",
                                        [
                                            takrim.evaluation.models_rounds.Stage["DEFINED"],
                                            takrim.evaluation.models_rounds.Stage["DECLARING"],
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                ("frozen_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(
                                ("preliminary_at__isnull", False),
                                (
                                    "stage__in",
                                    [
                                        takrim.evaluation.models_rounds.Stage["PRELIMINARY"],
                                        takrim.evaluation.models_rounds.Stage["FINAL"],
                                    ],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "stage__in",
                                        [
                                            takrim.evaluation.models_rounds.Stage["PRELIMINARY"],
                                            takrim.evaluation.models_rounds.Stage["FINAL"],
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                ("preliminary_at", None),
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(
                                ("final_at__isnull", False), ("stage", takrim.evaluation.models_rounds.Stage["FINAL"])
                            ),
                            models.Q(
                                models.Q(("stage", takrim.evaluation.models_rounds.Stage["FINAL"]), _negated=True),
                                ("final_at", None),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="round_stage_and_its_times_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cancelled_at", None),
                        models.Q(("stage", takrim.evaluation.models_rounds.Stage["CANCELLED"]), _negated=True),
                    ),
                    models.Q(
                        ("cancelled_at__isnull", False),
                        ("stage", takrim.evaluation.models_rounds.Stage["CANCELLED"]),
                        models.Q(("cancelled_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="round_cancelled_says_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("frozen_at", None), ("frozen_hash", ""), ("plan_text", "")),
                    models.Q(
                        ("frozen_at__isnull", False),
                        models.Q(("frozen_hash", ""), _negated=True),
                        models.Q(("plan_text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="round_frozen_has_its_hash_and_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("preliminary_at", None), ("preliminary_hash", "")),
                        models.Q(("preliminary_hash", ""), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("final_at", None), ("final_hash", "")),
                        models.Q(("final_hash", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="round_result_has_its_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            takrim.evaluation.models_rounds.Step["FREEZE"],
                            takrim.evaluation.models_rounds.Step["PRELIMINARY"],
                            takrim.evaluation.models_rounds.Step["FINAL"],
                        ],
                    )
                ),
                name="run_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("failure", ""), ("finished_at__isnull", False), _connector="OR"),
                name="run_that_failed_is_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)), fields=("round",), name="run_one_at_a_time"
            ),
        ),
    ]
