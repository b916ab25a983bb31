import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0004_minutes"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dissent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.invitation"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissents",
                        to="councils.draftdecision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Erratum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                ("wrong", models.TextField()),
                ("right", models.TextField()),
                ("why", models.TextField()),
                ("hash", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("signed_at", models.DateTimeField(null=True)),
                ("signed_by", models.TextField(blank=True, default="")),
                ("signed_name", models.TextField(blank=True, default="")),
                ("signed_post", models.TextField(blank=True, default="")),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="errata", to="councils.minutes"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("by_name", models.TextField(blank=True, default="")),
                ("by_post", models.TextField(blank=True, default="")),
                ("reply", models.TextField(blank=True, default="")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.agendaitem",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="councils.minutes"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MinutesSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.TextField()),
                ("by", models.TextField()),
                ("name", models.TextField()),
                ("title", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("void_at", models.DateTimeField(null=True)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.invitation"
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="councils.minutes"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("choice", models.TextField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="councils.draftdecision"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.invitation"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="dissent",
            constraint=models.UniqueConstraint(fields=("decision", "invitation"), name="dissent_once_on_a_decision"),
        ),
        migrations.AddConstraint(
            model_name="erratum",
            constraint=models.UniqueConstraint(fields=("minutes", "place"), name="erratum_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="erratum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at", None), ("signed_by", "")),
                    models.Q(("signed_at__isnull", False), models.Q(("signed_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="erratum_signed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reply", ""), ("settled_at", None)),
                    models.Q(("settled_at__isnull", False), models.Q(("reply", ""), _negated=True)),
                    _connector="OR",
                ),
                name="comment_settled_has_its_reply",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutessignature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void_at", None)),
                fields=("minutes", "invitation"),
                name="minutes_signed_once_by_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(fields=("decision", "invitation"), name="vote_once_on_a_decision"),
        ),
    ]
