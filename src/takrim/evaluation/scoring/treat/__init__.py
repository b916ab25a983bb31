"""What may be done to a column before it is normalised: one file a treatment."""
