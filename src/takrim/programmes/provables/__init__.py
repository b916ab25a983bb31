"""What actions may prove among what programmes know: one file each."""
