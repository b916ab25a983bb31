"""What actions may prove among what indicators know: one file each."""
