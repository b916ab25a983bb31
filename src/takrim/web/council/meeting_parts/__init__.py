"""Parts of the page of a meeting, one file each."""
