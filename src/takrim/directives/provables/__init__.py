"""What of directives can be proven; one file each."""
