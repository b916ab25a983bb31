"""Letters about proofs; one file each."""
