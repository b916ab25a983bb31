"""Clocks on every duty. What is owed already keeps the one time it was given."""

import django.db.models.deletion
from django.db import migrations, models


def give_clocks(apps, schema_editor):
    duties = apps.get_model("duties", "Duty").objects
    owed = duties.filter(settled_at=None, due_at__isnull=False).order_by("pk")
    for duty in owed.iterator(chunk_size=2000):
        clock = {"regime": "promise" if duty.kind == "final_answer" else "task", "length": duty.length}
        clock["due"] = duty.due_at.isoformat()
        if duty.answered_at is not None:
            clock["stopped"] = duty.answered_at.isoformat()
        duties.filter(pk=duty.pk).update(clocks=[clock])


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0006_shields"),
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TimeNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("why", models.TextField()),
                ("by", models.TextField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="duty",
            name="clocks",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="duty",
            name="rung_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(give_clocks, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("rung_at__isnull", False), ("settled_at", None)),
                fields=["rung_at"],
                name="duty_to_tell_of",
            ),
        ),
        migrations.AddField(
            model_name="timenote",
            name="duty",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="time_notes", to="duties.duty"
            ),
        ),
        migrations.AddConstraint(
            model_name="timenote",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["pause", "extension"])), name="time_note_is_of_a_known_deed"
            ),
        ),
        migrations.AddConstraint(
            model_name="timenote",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="time_note_says_why"
            ),
        ),
    ]
