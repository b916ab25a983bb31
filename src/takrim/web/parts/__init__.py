"""The parts pages are made of: template tags, form fields, the list of scripts and styles."""
