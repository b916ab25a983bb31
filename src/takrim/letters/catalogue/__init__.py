"""Kinds of letters that are about letters themselves, one file each; those about cases are in `cases/letters/`."""
