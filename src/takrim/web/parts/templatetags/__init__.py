"""Template tags and filters; `takrim` is a builtin, so no template has to load it."""
