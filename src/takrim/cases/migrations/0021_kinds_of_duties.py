"""What is owed about a case knows the case's kind."""

from django.db import migrations

GIVE = """
UPDATE duties_duty SET about_kind = (SELECT kind FROM cases_case WHERE code = about)
WHERE EXISTS (SELECT 1 FROM cases_case WHERE code = about)
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_begun_with"), ("duties", "0012_about_kind")]

    operations = [migrations.RunSQL(GIVE, migrations.RunSQL.noop)]
