"""What the product costs in time and memory, beside a bare Django view on the same machine in the same minute."""
