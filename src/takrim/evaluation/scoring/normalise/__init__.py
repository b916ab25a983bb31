"""Ways from a measured value to a score: one file a normalisation."""
