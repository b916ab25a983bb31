"""`python -m takrim` is the same as the `takrim` command."""

import sys

from takrim.site.cli import main

sys.exit(main())
